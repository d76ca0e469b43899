"""Submissions: a draft, every version that was handed in, its files, and who may mark it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from content.models import Activity
from media.fields import PrivateJSONField
from media.models import PrivateFile


class SubmissionQuerySet(models.QuerySet):
    def visible_to(self, user, now):
        """The author's own, and those that a Marker row assigns to this person until its end."""
        marked = Marker.objects.active(now).filter(user=user).values("submission")
        return self.filter(Q(author=user) | Q(pk__in=marked, state__in=Submission.HANDED_IN))

    def handed_in(self):
        return self.filter(state__in=Submission.HANDED_IN)

    def accepted(self):
        return self.filter(state=Submission.State.ACCEPTED)


class Submission(models.Model):
    """A learner's work on an assignment. The draft is working state; versions are facts."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        SUBMITTED = "submitted", _("submitted")
        RETURNED = "returned", _("returned for revision")
        ACCEPTED = "accepted", _("accepted")
        REJECTED = "rejected", _("not accepted")
        ERASED = "erased", _("erased")

    HANDED_IN = [State.SUBMITTED, State.RETURNED, State.ACCEPTED, State.REJECTED, State.ERASED]

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="submissions")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="submissions")
    form = models.CharField(max_length=40)
    scope = models.CharField(max_length=40, blank=True, help_text="what it is booked to, in the words of the layer above")
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.DRAFT)
    draft = PrivateJSONField(default=dict, blank=True)
    draft_revision = models.PositiveIntegerField(default=0)
    draft_saved_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True, help_text="consent withdrawn or erased: the text never opens")
    created_at = models.DateTimeField()

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")


class SubmissionVersion(models.Model):
    """What was handed in, once and for all, with the receipt the learner was given."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    content = PrivateJSONField(default=dict)
    submitted_at = models.DateTimeField()
    receipt = models.CharField(_("receipt number"), max_length=20, unique=True)
    sha256 = models.CharField(max_length=64, help_text="of the content and the hashes of its files")
    key = models.CharField(max_length=40, unique=True, help_text="the form's submission key: a double click counts once")

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["submission", "number"], name="one_submission_version_number")]


class SubmissionFile(models.Model):
    """A file of the draft (no version yet) or of a version."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="files")
    version = models.ForeignKey(SubmissionVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="files")
    file = models.ForeignKey(PrivateFile, on_delete=models.PROTECT, related_name="+")
    field = models.CharField(max_length=40, blank=True)


class MarkerQuerySet(models.QuerySet):
    def active(self, now):
        return self.filter(Q(until=None) | Q(until__gt=now))


class Marker(models.Model):
    """This person may open and grade this submission. The row is the approval that the law asks for."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="markers")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="marking")
    capacity = models.CharField(_("as"), max_length=40, help_text="supervisor, instructor …")
    allowed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    allowed_at = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    objects = MarkerQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["submission", "user"], name="one_marker_row_each")]
        verbose_name = _("marker")
        verbose_name_plural = _("markers")
