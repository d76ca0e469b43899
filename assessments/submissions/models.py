"""Submissions: a draft, every version that was handed in, its files, and who may mark it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from content.models import Activity
from media.fields import PrivateJSONField
from media.models import PrivateFile


class SubmissionQuerySet(models.QuerySet):
    def visible_to(self, user, now):
        """The author's own, and those that a Marker row assigns to this person until its end."""
        return self.filter(Q(author=user) | Q(pk__in=self.marked_by(user, now).values("pk")))

    def marked_by(self, user, now):
        """Handed in, and assigned to this person until the assignment's end."""
        marked = Marker.objects.active(now).filter(user=user).values("submission")
        return self.model.objects.handed_in().filter(pk__in=marked)

    def handed_in(self):
        return self.filter(state__in=Submission.HANDED_IN)

    def accepted(self):
        """Accepted, and those that were accepted before the law had them erased."""
        graded = self.model.versions.rel.related_model.objects.filter(
            submission=OuterRef("pk"), grades__outcome="accept", grades__released_at__isnull=False
        )
        erased = Q(state=Submission.State.ERASED) & Exists(graded)
        return self.filter(Q(state=Submission.State.ACCEPTED) | erased)

    def count_by_enrolment(self, enrolments, *, form=None):
        """How many of these submissions are booked to each enrolment: {enrolment id: count}. One query."""
        scopes = {f"enrolment:{enrolment.pk}": enrolment.pk for enrolment in enrolments}
        rows = self.filter(scope__in=scopes, **({"form": form} if form else {}))
        counts = rows.values_list("scope").annotate(models.Count("pk")).order_by()
        return {**dict.fromkeys(scopes.values(), 0), **{scopes[scope]: count for scope, count in counts}}


class Submission(models.Model):
    """A learner's work on an assignment. The draft is working state; versions are facts.

    ``key`` tells several of one learner and assignment apart (``case:7``). ``draft`` is {section: {field: value}} as
    typed, ``revisions`` {section: number of its last save}.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        SUBMITTED = "submitted", _("submitted")
        RETURNED = "returned", _("returned for revision")
        ACCEPTED = "accepted", _("accepted")
        REJECTED = "rejected", _("not accepted")
        ERASED = "erased", _("erased")

    HANDED_IN = [State.SUBMITTED, State.RETURNED, State.ACCEPTED, State.REJECTED, State.ERASED]
    EDITABLE = [State.DRAFT, State.RETURNED]

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="submissions")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="submissions")
    form = models.CharField(max_length=40)
    key = models.CharField(max_length=40, blank=True)
    scope = models.CharField(
        max_length=40, blank=True, db_index=True, help_text="what it is booked to, in the words of the layer above"
    )
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.DRAFT)
    draft = PrivateJSONField(default=dict, blank=True)
    revisions = models.JSONField(default=dict, blank=True)
    draft_saved_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True, help_text="the text never opens again")
    created_at = models.DateTimeField()

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["activity", "author", "key"], name="one_submission_per_key"),
        ]
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")

    def __str__(self):
        return self.number

    @property
    def number(self):
        """What staff call it in lists and logs: no name, no title."""
        return f"LX-{self.pk:04d}"

    @property
    def is_editable(self):
        return self.state in self.EDITABLE and not self.closed_at

    @property
    def is_closed(self):
        return self.closed_at is not None

    def revision_of(self, section_key):
        return self.revisions.get(section_key, 0)


class SubmissionVersion(models.Model):
    """What was handed in, once and for all, with the receipt the learner was given.

    ``findings``: what looked like a child's and the learner said is not: [{place, kind, text}].
    """

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    content = PrivateJSONField(default=dict)
    findings = PrivateJSONField(default=list, blank=True)
    submitted_at = models.DateTimeField()
    receipt = models.CharField(_("receipt number"), max_length=20, unique=True)
    sha256 = models.CharField(max_length=64, help_text="of the content and the hashes of its files")
    key = models.CharField(max_length=40, unique=True, help_text="a double click counts once")

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["submission", "number"], name="one_submission_version_number")]

    def __str__(self):
        return self.receipt


class SubmissionFile(models.Model):
    """A file of the draft (no version yet) or of a version."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="files")
    version = models.ForeignKey(
        SubmissionVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="files"
    )
    file = models.ForeignKey(PrivateFile, on_delete=models.PROTECT, related_name="+")
    field = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["submission", "version", "file"], name="one_row_per_file")]


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
