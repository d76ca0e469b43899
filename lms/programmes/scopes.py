"""Which intakes and courses a person's grants reach. The one place that turns a grant into rows one may see."""

from django.db.models import Q

from lms.programmes.models import Grant, Intake


def intakes_for(user, roles, now):
    """Intakes that this person's active grants in one of the roles cover: by programme, cohort or intake."""
    grants = Grant.objects.active(now).of(user, *roles)
    return Intake.objects.filter(
        Q(pk__in=grants.values("intake"))
        | Q(cohort__in=grants.values("cohort"))
        | Q(cohort__programme__in=grants.values("programme"))
    )


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
