"""A learner's place in an intake, who left and came back, and who supervises whom from when to when."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lms.programmes.models import Grant, Intake
from lms.programmes.scopes import intakes_for

STAFF_ROLES = [Grant.Role.STAFF, Grant.Role.DIRECTOR, Grant.Role.SIGNATORY]


class EnrolmentQuerySet(models.QuerySet):
    def active(self):
        return self.filter(state=Enrolment.State.ACTIVE)

    def visible_to(self, user, now):
        """One's own, those one supervises now, and those of the intakes one has been granted as staff."""
        supervised = Supervision.objects.active(now).filter(supervisor=user).values("enrolment")
        return self.filter(
            Q(learner=user) | Q(pk__in=supervised) | Q(intake__in=intakes_for(user, STAFF_ROLES, now).values("pk"))
        )


class Enrolment(models.Model):
    class State(models.TextChoices):
        ACTIVE = "active", _("learning")
        GRADUATED = "graduated", _("graduated")
        ENDED = "ended", _("ended without graduating")
        WITHDRAWN = "withdrawn", _("withdrawn")

    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="enrolments")
    intake = models.ForeignKey(Intake, on_delete=models.PROTECT, related_name="enrolments")
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.ACTIVE)
    enrolled_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["learner", "intake"], name="one_enrolment_per_intake")]
        verbose_name = _("enrolment")
        verbose_name_plural = _("enrolments")

    def __str__(self):
        return f"{self.learner} · {self.intake}"


class Change(models.Model):
    """A learner left the intake, or came back to it: when, by whose hand, why. Appended; the state follows."""

    class Kind(models.TextChoices):
        LEFT = "left", _("left")
        RETURNED = "returned", _("came back")

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="changes")
    kind = models.CharField(_("what"), max_length=20, choices=Kind)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("reason"), max_length=500, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("change of enrolment")
        verbose_name_plural = _("changes of enrolment")

    def __str__(self):
        return f"{self.enrolment} · {self.get_kind_display()}"


class SupervisionQuerySet(models.QuerySet):
    def active(self, now):
        return self.filter(starts_at__lte=now).filter(Q(until=None) | Q(until__gt=now))


class Supervision(models.Model):
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="supervisions")
    supervisor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="supervisions")
    assigned_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    starts_at = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    objects = SupervisionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "supervisor"], condition=Q(until=None), name="one_open_supervision_each"
            )
        ]
        verbose_name = _("supervision")
        verbose_name_plural = _("supervisions")

    def __str__(self):
        return f"{self.supervisor} · {self.enrolment}"
