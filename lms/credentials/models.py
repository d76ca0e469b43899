"""Credentials: immutable records of what was awarded, numbered without gaps, verifiable by anyone."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lms.enrolment.models import STAFF_ROLES
from lms.graduation.models import Decision
from lms.programmes.models import in_language
from lms.programmes.scopes import intakes_for
from media.storage import private_storage


class Series(models.Model):
    """A run of numbers: programme and area, year, kind or track. Its row is locked while a number is taken."""

    code = models.CharField(max_length=30, unique=True, help_text="LX-NS-2025-P")
    last = models.PositiveIntegerField(default=0)

    def __str__(self):
        return self.code


class CredentialQuerySet(models.QuerySet):
    def visible_to(self, user, now):
        """One's own, and those of the intakes one has been granted as staff, director or signatory."""
        intakes = intakes_for(user, STAFF_ROLES, now).values("pk")
        return self.filter(Q(holder=user) | Q(decision__enrolment__intake__in=intakes))

    def unprinted(self):
        return self.filter(pdf="")


class Credential(models.Model):
    """What is printed, frozen. Revoked or replaced, it stays; its replacement names it."""

    class Kind(models.TextChoices):
        COMPLETION = "completion", _("certificate of completion")

    class State(models.TextChoices):
        VALID = "valid", _("valid")
        REVOKED = "revoked", _("revoked")
        REPLACED = "replaced", _("replaced")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.COMPLETION)
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="credentials")
    holder = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="credentials")
    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="credentials")
    number = models.CharField(_("number"), max_length=40, unique=True)
    code = models.CharField(max_length=43, unique=True, help_text="random, 256 bit, for the link and the QR")
    layout = models.CharField(max_length=40, default="certificate")
    values = models.JSONField(help_text="everything printed, as it was on the day")
    issued_at = models.DateTimeField()
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.VALID)
    replaces = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    end_reason = models.CharField(_("reason"), max_length=300, blank=True)
    pdf = models.FileField(storage=private_storage, upload_to="", blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    renderer = models.CharField(max_length=40, blank=True)

    objects = CredentialQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "kind"], condition=Q(state="valid"), name="one_valid_credential_per_decision"
            )
        ]
        verbose_name = _("credential")
        verbose_name_plural = _("credentials")

    def __str__(self):
        return self.number

    @property
    def is_valid(self):
        return self.state == self.State.VALID

    @property
    def track(self):
        """The track's name as it was on the day, in the reader's language."""
        return in_language(self.values["track_zh"], self.values.get("track_en", ""))

    @property
    def replacement(self):
        """The credential that took the place of this one, or None."""
        return getattr(self, "replaced_by", None)
