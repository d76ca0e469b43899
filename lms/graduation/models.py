"""Graduation: a track's policy as data, and decisions with the verdicts of their day."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

from lms.enrolment.models import STAFF_ROLES, Enrolment, Supervision
from lms.programmes.models import Grant, Track
from lms.programmes.scopes import intakes_for


class Policy(ClusterableModel):
    """What a track asks for. An intake freezes it on its cohort's start date."""

    track = models.OneToOneField(Track, verbose_name=_("track"), on_delete=models.PROTECT, related_name="policy")

    class Meta:
        verbose_name = _("graduation policy")
        verbose_name_plural = _("graduation policies")

    def __str__(self):
        return str(self.track)


class PolicyLine(Orderable):
    """One criterion of a policy: its key in the registry and its settings."""

    policy = ParentalKey(Policy, on_delete=models.CASCADE, related_name="lines")
    key = models.CharField(_("criterion"), max_length=60)
    settings = models.JSONField(default=dict, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("policy line")
        verbose_name_plural = _("policy lines")


class DecisionQuerySet(models.QuerySet):
    def visible_to(self, user, now):
        """One's own once decided, and those of the intakes one has been granted as staff, director or signatory."""
        mine = Q(enrolment__learner=user, decided_at__isnull=False)
        return self.filter(mine | Q(enrolment__intake__in=intakes_for(user, STAFF_ROLES, now).values("pk")))

    def open(self):
        return self.filter(decided_at=None, refused_at=None)

    def decided(self):
        return self.exclude(decided_at=None)

    def waiting_for(self, user, now):
        """Open ones that this person may sign: the signature of a role of theirs is missing, and nothing bars them."""
        signed = Signature.objects.filter(decision=models.OuterRef("pk"))
        missing = Q(pk__in=[])
        for capacity in Signature.Capacity:
            theirs = intakes_for(user, [capacity], now).values("pk")
            missing |= Q(enrolment__intake__in=theirs) & ~models.Exists(signed.filter(capacity=capacity))
        supervised = Supervision.objects.active(now).filter(supervisor=user).values("enrolment")
        return (
            self.open()
            .filter(missing, enrolment__state=Enrolment.State.ACTIVE)
            .exclude(models.Exists(signed.filter(signer=user)))
            .exclude(Q(proposed_by=user) | Q(enrolment__learner=user) | Q(enrolment__in=supervised))
        )


class Decision(models.Model):
    """A proposal to graduate (or not), with that day's verdicts. Two different people sign. Never edited."""

    class Outcome(models.TextChoices):
        GRADUATE = "graduate", _("graduate")
        NOT_YET = "not_yet", _("does not graduate yet")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="decisions")
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome)
    verdicts = models.JSONField(help_text="[{key, label, met, reason, facts}] of that day")
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True, help_text="of the second signature")
    refused_at = models.DateTimeField(null=True, blank=True)
    refused_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    refused_reason = models.CharField(max_length=500, blank=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment"], condition=Q(decided_at=None, refused_at=None), name="one_open_decision"
            )
        ]
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")

    def __str__(self):
        return f"{self.enrolment} · {self.get_outcome_display()}"

    @property
    def is_open(self):
        return self.decided_at is None and self.refused_at is None


class Signature(models.Model):
    """One of the two signatures: a director's and a host's. Two roles, two people."""

    class Capacity(models.TextChoices):
        DIRECTOR = Grant.Role.DIRECTOR.value, _("director")
        SIGNATORY = Grant.Role.SIGNATORY.value, _("signatory of a host")

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="signatures")
    signer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    capacity = models.CharField(max_length=40, choices=Capacity)
    signed_at = models.DateTimeField(help_text="real time")
    receipt = models.CharField(max_length=20, unique=True)

    class Meta:
        ordering = ["signed_at"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "signer"], name="two_different_signers"),
            models.UniqueConstraint(fields=["decision", "capacity"], name="one_signature_per_capacity"),
        ]
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")

    def __str__(self):
        return f"{self.signer} · {self.get_capacity_display()}"
