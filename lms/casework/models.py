"""Cases of children, known by code only; consent per purpose; service time. What makes a submission a case record."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessments.models import Submission
from lms.enrolment.models import Enrolment, Supervision


class CaseQuerySet(models.QuerySet):
    def visible_to(self, user, now):
        """The learner's own, and those of enrolments one supervises now."""
        supervised = Supervision.objects.active(now).filter(supervisor=user).values("enrolment")
        return self.filter(Q(enrolment__learner=user) | Q(enrolment__in=supervised))


class Case(models.Model):
    """A child a learner works with. No name, no address, no birth date: a code, an age band, a few facts."""

    class AgeBand(models.TextChoices):
        UNDER_6 = "0-5", "0–5"
        UNDER_9 = "6-8", "6–8"
        UNDER_14 = "9-13", "9–13"
        UNDER_18 = "14-17", "14–17"

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="cases")
    code = models.CharField(_("case code"), max_length=20, unique=True)
    age_band = models.CharField(_("age band"), max_length=10, choices=AgeBand)
    simulated = models.BooleanField(_("simulated case"), default=False)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True, help_text="consent withdrawn or erased")
    submission = models.OneToOneField(
        Submission, null=True, blank=True, on_delete=models.PROTECT, related_name="case", help_text="its case record"
    )

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment"], condition=Q(simulated=True, closed_at=None), name="one_simulated_case"
            )
        ]
        verbose_name = _("case")
        verbose_name_plural = _("cases")

    def __str__(self):
        return self.code


class Consent(models.Model):
    """Somebody agreed that a case is used for one purpose: who, related how, when, to which text; until withdrawn."""

    class Purpose(models.TextChoices):
        SERVICE = "service", _("service and record")
        TRAINING = "training", _("training and supervision")
        EVALUATION = "evaluation", _("evaluation")
        PUBLICATION = "publication", _("publication")

    class Giver(models.TextChoices):
        GUARDIAN = "guardian", _("guardian")
        CHILD = "child", _("child")

    class Basis(models.TextChoices):
        CONSENT = "consent", _("consent")
        DUTY = "duty", _("legal duty, guardian suspected of harm; decided by the supervisor")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="consents")
    purpose = models.CharField(_("purpose"), max_length=20, choices=Purpose)
    giver = models.CharField(_("given by"), max_length=20, choices=Giver)
    relation = models.CharField(_("relation to the child"), max_length=30, blank=True)
    basis = models.CharField(_("basis"), max_length=20, choices=Basis, default=Basis.CONSENT)
    given_on = models.DateField(_("date"))
    text_version = models.CharField(_("version of the consent text"), max_length=20)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.CharField(_("withdrawn by"), max_length=30, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "purpose", "giver"], condition=Q(withdrawn_at=None), name="one_valid_consent_each"
            )
        ]
        verbose_name = _("consent")
        verbose_name_plural = _("consents")


class ServiceTime(models.Model):
    """Minutes of service on a day, of one kind; counts when confirmed."""

    class Kind(models.TextChoices):
        VISIT = "visit", _("home visit")
        INTERVIEW = "interview", _("interview")
        GROUP = "group", _("group")
        PHONE = "phone", _("phone call")
        RECORD = "record", _("writing records")
        RESOURCE = "resource", _("linking resources")
        MEETING = "meeting", _("meeting")

    DIRECT = [Kind.VISIT, Kind.INTERVIEW, Kind.GROUP, Kind.PHONE]

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="service_times")
    case = models.ForeignKey(Case, null=True, blank=True, on_delete=models.PROTECT, related_name="service_times")
    date = models.DateField(_("date"))
    minutes = models.PositiveIntegerField(_("minutes"))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    entered_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    refused_reason = models.CharField(_("reason for refusing"), max_length=200, blank=True)

    class Meta:
        ordering = ["-date", "-pk"]
        constraints = [models.CheckConstraint(condition=Q(minutes__gte=5, minutes__lte=1440), name="minutes_of_a_day")]
        verbose_name = _("service time")
        verbose_name_plural = _("service times")


class Tombstone(models.Model):
    """What is left of an erased case: code, dates, grade, hashes. No text, no file."""

    code = models.CharField(max_length=20, unique=True)
    erased_at = models.DateTimeField()
    erased_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300)
    facts = models.JSONField(default=dict)
