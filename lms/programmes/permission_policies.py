"""In the admin everybody sees the programmes that are theirs: Wagtail's permission says what, the grants say whose."""

from django.db.models import Q
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from content.models import CoursePage
from lms import clock
from lms.programmes.models import Cohort, Grant, Intake, Programme, Track
from lms.programmes.scopes import intakes_for, programmes_for

OFFICE = [Grant.Role.STAFF, Grant.Role.DIRECTOR]


def programmes_of(user):
    return programmes_for(user, OFFICE, clock.now())


def tracks_of(user):
    return Track.objects.filter(programme__in=programmes_of(user).values("pk"))


def cohorts_of(user):
    granted = Grant.objects.active(clock.now()).of(user, *OFFICE).values("cohort")
    return Cohort.objects.filter(Q(programme__in=programmes_of(user).values("pk")) | Q(pk__in=granted))


def intakes_of(user):
    return intakes_for(user, OFFICE, clock.now())


def grants_of(user):
    """Those for an intake of one's own, or for a course of one's programmes: staff read them, directors end them."""
    programmes, intakes = programmes_of(user).values("pk"), intakes_of(user).values("pk")
    courses = CoursePage.objects.filter(tracks__programme__in=programmes).values("pk")
    return Grant.objects.filter(
        Q(programme__in=programmes)
        | Q(cohort__in=cohorts_of(user).values("pk"))
        | Q(intake__in=intakes)
        | Q(course__in=courses)
    )


# which rows of a model are a person's; apps above add theirs by ``keep_within_reach``
REACH = {Programme: programmes_of, Track: tracks_of, Cohort: cohorts_of, Intake: intakes_of, Grant: grants_of}


def within_reach(model, user):
    """The rows of a model that are this person's; a superuser's are all."""
    return model._default_manager.all() if user.is_superuser else REACH[model](user)


def courses_of(user):
    """Courses that a track of theirs may have: those on the list, their own, and those that are in no track yet."""
    own = Q(tracks__programme__in=within_reach(Programme, user).values("pk"))
    return CoursePage.objects.filter(Q(listed=True) | Q(tracks=None) | own).distinct()


def keep_within_reach(model, rows):
    """In the admin show of this model what ``rows(user)`` gives; a superuser sees all. Called from wagtail_hooks."""
    REACH[model] = rows
    register_permission_policy(model, WithinReach(model))


class WithinReach(ModelPermissionPolicy):
    """Wagtail's model permissions, for the rows that one's grants reach."""

    def instances_user_has_any_permission_for(self, user, actions):
        if not self.user_has_any_permission(user, actions):
            return self.model._default_manager.none()
        return within_reach(self.model, user)

    def user_has_permission_for_instance(self, user, action, instance):
        return self.user_has_any_permission_for_instance(user, [action], instance)

    def user_has_any_permission_for_instance(self, user, actions, instance):
        return self.instances_user_has_any_permission_for(user, actions).filter(pk=instance.pk).exists()
