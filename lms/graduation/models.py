"""Graduation: a track's policy as data, and decisions with the verdicts of their day."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

from lms.enrolment.models import Enrolment
from lms.programmes.models import Track


class Policy(ClusterableModel):
    """What a track asks for. An intake freezes it on its cohort's start date."""

    track = models.OneToOneField(Track, on_delete=models.PROTECT, related_name="policy")

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


class Decision(models.Model):
    """A proposal to graduate (or not), with that day's verdicts. Two different people sign. Never edited."""

    class Outcome(models.TextChoices):
        GRADUATE = "graduate", _("graduate")
        NOT_YET = "not_yet", _("not yet")

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

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment"], condition=Q(decided_at=None, refused_at=None), name="one_open_decision"
            )
        ]
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")


class Signature(models.Model):
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="signatures")
    signer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    capacity = models.CharField(max_length=40)
    signed_at = models.DateTimeField(help_text="real time")
    receipt = models.CharField(max_length=20, unique=True)

    class Meta:
        ordering = ["signed_at"]
        constraints = [models.UniqueConstraint(fields=["decision", "signer"], name="two_different_signers")]
