"""Cases of children, known by code only; consent per purpose; service time. What makes a submission a case record."""

from django.conf import settings
from django.db import models
from django.db.models import Q, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments.models import Submission
from lms.enrolment.models import STAFF_ROLES, Enrolment, Supervision
from lms.programmes.scopes import intakes_for
from lms.retention import before
from media.fields import PrivateTextField


class CaseQuerySet(models.QuerySet):
    def visible_to(self, user, now):
        """The learner's own, and those of enrolments one supervises now."""
        supervised = Supervision.objects.active(now).filter(supervisor=user).values("enrolment")
        return self.filter(Q(enrolment__learner=user) | Q(enrolment__in=supervised))

    def registered_for(self, user, now, roles=STAFF_ROLES):
        """Those whose code, learner and state staff may list: never what was written about the child."""
        return self.filter(enrolment__intake__in=intakes_for(user, roles, now).values("pk"))

    def open(self):
        return self.filter(closed_at=None)

    def kept_long_enough(self, now):
        """Those whose text has outlived its purpose and that no legal hold keeps: a director erases them, or holds
        them. Simulated ones tell of no child."""
        ended = Q(enrolment__intake__cohort__ends_on__lte=timezone.localdate(before("CASE_TEXTS", now)))
        held = Q(hold_until__gte=timezone.localdate(now))
        written = Q(submission__isnull=False) & ~Q(submission__state=Submission.State.ERASED)
        return self.filter(ended, written, simulated=False).exclude(held)

    def with_minutes(self):
        """Annotate ``minutes``: what was served with this case and not refused, in minutes."""
        kept = Q(service_times__refused_at=None)
        return self.annotate(minutes=Coalesce(Sum("service_times__minutes", filter=kept), 0))


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
    hold_reason = models.CharField(_("reason for keeping it"), max_length=300, blank=True)
    hold_until = models.DateField(_("keep until"), null=True, blank=True, help_text="legal hold: not erased before")

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


class ConsentQuerySet(models.QuerySet):
    def valid(self):
        """Agreed, and not withdrawn since."""
        return self.filter(agreed=True, withdrawn_at=None)


class Consent(models.Model):
    """An answer about using a case for one purpose: whose, related how, when, to which text; an agreement is valid
    until it is withdrawn. The newest row of a purpose and giver is what stands now."""

    class Purpose(models.TextChoices):
        SERVICE = "service", _("service and record")
        TRAINING = "training", _("training and supervision")
        EVALUATION = "evaluation", _("feedback asked of family and child")
        PUBLICATION = "publication", _("entry into the case library")

    class Giver(models.TextChoices):
        GUARDIAN = "guardian", _("guardian")
        CHILD = "child", _("child")

    class Basis(models.TextChoices):
        CONSENT = "consent", _("consent")
        DUTY = "duty", _("legal duty, guardian suspected of harm; decided by the supervisor")

    class Relation(models.TextChoices):
        FATHER = "father", _("father")
        MOTHER = "mother", _("mother")
        GRANDPARENT = "grandparent", _("grandparent")
        RELATIVE = "relative", _("another relative who is guardian")
        BODY = "body", _("civil affairs or village or residents' committee as guardian")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="consents")
    purpose = models.CharField(_("purpose"), max_length=20, choices=Purpose)
    giver = models.CharField(_("given by"), max_length=20, choices=Giver)
    agreed = models.BooleanField(_("agreed"), default=True)
    relation = models.CharField(_("relation to the child"), max_length=30, choices=Relation, blank=True)
    basis = models.CharField(_("basis"), max_length=20, choices=Basis, default=Basis.CONSENT)
    words = PrivateTextField(_("the child's own words"), blank=True)
    reason = PrivateTextField(_("reason of the supervisor's decision"), blank=True)
    given_on = models.DateField(_("date"))
    text_version = models.CharField(_("version of the consent text"), max_length=20)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="who recorded it",
    )

    objects = ConsentQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "purpose", "giver"],
                condition=Q(agreed=True, withdrawn_at=None),
                name="one_valid_consent_each",
            )
        ]
        verbose_name = _("consent")
        verbose_name_plural = _("consents")

    def __str__(self):
        return f"{self.get_purpose_display()} · {self.get_giver_display()}"

    @property
    def is_valid(self):
        return self.agreed and self.withdrawn_at is None


class ServiceTimeQuerySet(models.QuerySet):
    def visible_to(self, user, now):
        """One's own, and those of enrolments one supervises now."""
        supervised = Supervision.objects.active(now).filter(supervisor=user).values("enrolment")
        return self.filter(Q(enrolment__learner=user) | Q(enrolment__in=supervised))

    def supervised_by(self, user, now):
        """Those this person may confirm or refuse: of learners they supervise now, never their own."""
        supervised = Supervision.objects.active(now).filter(supervisor=user).values("enrolment")
        return self.filter(enrolment__in=supervised).exclude(enrolment__learner=user)

    def waiting(self):
        return self.filter(confirmed_at=None, refused_at=None)

    def confirmed(self):
        return self.exclude(confirmed_at=None)

    def with_day_total(self):
        """Annotate ``day_total``: the learner's minutes on that day in this enrolment, refused ones left out."""
        same_day = (
            ServiceTime.objects.filter(enrolment=models.OuterRef("enrolment"), date=models.OuterRef("date"))
            .filter(refused_at=None)
            .order_by()
            .values("date")
            .annotate(total=Sum("minutes"))
            .values("total")
        )
        return self.annotate(day_total=Coalesce(models.Subquery(same_day), 0))

    def totals(self, enrolments):
        """``{enrolment id: {"direct", "indirect", "waiting"}}`` in minutes; the first two are confirmed. One query."""
        ids = [enrolment.pk for enrolment in enrolments]
        confirmed, direct = Q(confirmed_at__isnull=False), Q(kind__in=ServiceTime.DIRECT)
        rows = (
            self.filter(enrolment__in=ids)
            .order_by()
            .values("enrolment")
            .annotate(
                direct=Coalesce(Sum("minutes", filter=confirmed & direct), 0),
                indirect=Coalesce(Sum("minutes", filter=confirmed & ~direct), 0),
                waiting=Coalesce(Sum("minutes", filter=Q(confirmed_at=None, refused_at=None)), 0),
            )
        )
        found = {row.pop("enrolment"): row for row in rows}
        return {pk: found.get(pk, {"direct": 0, "indirect": 0, "waiting": 0}) for pk in ids}


class ServiceTime(models.Model):
    """Minutes of service on a day, of one kind; counts when confirmed. Waiting until confirmed or refused."""

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
    refused_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    refused_at = models.DateTimeField(null=True, blank=True)
    refused_reason = models.CharField(_("reason for refusing"), max_length=200, blank=True)

    objects = ServiceTimeQuerySet.as_manager()

    class Meta:
        ordering = ["-date", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(minutes__gte=5, minutes__lte=1440), name="minutes_of_a_day"),
            models.CheckConstraint(
                condition=Q(confirmed_at=None) | Q(refused_at=None), name="confirmed_or_refused_not_both"
            ),
        ]
        verbose_name = _("service time")
        verbose_name_plural = _("service times")

    def __str__(self):
        return f"{self.date} · {self.get_kind_display()}"

    @property
    def is_direct(self):
        return self.kind in self.DIRECT

    @property
    def is_waiting(self):
        return self.confirmed_at is None and self.refused_at is None


class Tombstone(models.Model):
    """What is left of an erased case: code, dates, grade, hashes. No text, no file."""

    code = models.CharField(max_length=20, unique=True)
    erased_at = models.DateTimeField()
    erased_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300)
    facts = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("tombstone")
        verbose_name_plural = _("tombstones")

    def __str__(self):
        return self.code
