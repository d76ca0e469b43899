"""What a person's grants reach. The one place that turns a grant into rows one may see."""

from django.db.models import Q

from lms.programmes.models import Grant, Intake, Programme


def intakes_for(user, roles, now):
    """Intakes that this person's active grants in one of the roles cover: by programme, cohort or intake."""
    grants = Grant.objects.active(now).of(user, *roles)
    return Intake.objects.filter(
        Q(pk__in=grants.values("intake"))
        | Q(cohort__in=grants.values("cohort"))
        | Q(cohort__programme__in=grants.values("programme"))
    )


def programmes_for(user, roles, now):
    """Programmes that this person's active grants in one of the roles cover as a whole."""
    return Programme.objects.filter(pk__in=Grant.objects.active(now).of(user, *roles).values("programme"))


def has_role(user, roles, now, *, intake=None, course=None):
    """Whether an active grant in one of the roles covers the intake or the course (or anything, when neither)."""
    if not user.is_authenticated:
        return False
    grants = Grant.objects.active(now).of(user, *roles)
    if intake is not None:
        return grants.filter(
            Q(intake=intake) | Q(cohort=intake.cohort_id) | Q(programme=intake.cohort.programme_id)
        ).exists()
    if course is not None:
        return grants.filter(Q(course=course) | Q(programme__tracks__courses=course)).exists()
    return grants.exists()


def directs(user, scope, now):
    """Whether this person is director of what a grant is for: a programme, cohort, intake or course."""
    if user.is_superuser:
        return True
    grants = Grant.objects.active(now).of(user, Grant.Role.DIRECTOR)
    return grants.filter(_covering(scope)).exists()


def _covering(scope):
    """Grants that reach the whole of this scope, none that reach a part of it."""
    kind = scope._meta.model_name
    if kind == "programme":
        return Q(programme=scope)
    if kind == "cohort":
        return Q(cohort=scope) | Q(programme=scope.programme_id)
    if kind == "intake":
        return Q(intake=scope) | _covering(scope.cohort)
    return Q(programme__tracks__courses=scope)
