"""Files of submissions: their purpose with ``media``. A subject is ``<uuid of the submission>:<key of the field>``."""

import uuid
from dataclasses import dataclass, field

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.submissions import submission_forms
from assessments.submissions.changing import may_change
from assessments.submissions.models import Marker, Submission, SubmissionFile
from lms.events import records
from lms.verdicts import YES, Verdict
from media.events import FileTakenBack
from media.purposes import DOCX, MEGABYTE, PDF, PICTURES, file_purposes


def subject_of(submission, field_key):
    return f"{submission.uuid}:{field_key}"


@dataclass(frozen=True)
class SubmissionFiles:
    """The author adds and removes while the draft may be changed; author and markers open until the text is closed."""

    key: str = "submission"
    label: str = gettext_lazy("Files handed in")
    types: dict = field(default_factory=lambda: {**PDF, **DOCX, **PICTURES})
    max_size: int = 20 * MEGABYTE
    max_count: int = 10
    quota: int = 500 * MEGABYTE

    def may_upload(self, user, subject, now):
        submission, field_key = _at(subject)
        if submission is None or submission.author_id != user.pk or not _takes_files(submission, field_key):
            return Verdict(False, _("No file is taken here."))
        return may_change(submission, now)

    def received(self, file, subject, user, now):
        """Asks once more under the lock: the work may have been handed in, closed or erased while bytes came in."""
        submission, field_key = _at(subject, Submission.objects.select_for_update())
        may_change(submission, now).require()
        SubmissionFile.objects.create(submission=submission, file=file, field=field_key)

    def may_open(self, user, file, now):
        rows = SubmissionFile.objects.filter(file=file, submission__closed_at=None)
        if rows.filter(submission__author=user).exists():
            return "author"
        marking = Marker.objects.active(now).filter(user=user, submission__state__in=Submission.HANDED_IN)
        marked = marking.filter(submission__in=rows.exclude(version=None).values("submission"))
        return marked.values_list("capacity", flat=True).first() or ""

    def may_remove(self, user, file, now):
        draft = SubmissionFile.objects.filter(file=file, version=None, submission__author=user)
        submission = Submission.objects.select_for_update().filter(files__in=draft).first()
        if submission is None:
            return Verdict(False, _("What was handed in stays."))
        verdict = may_change(submission, now)
        if not verdict:
            return verdict
        handed_in = SubmissionFile.objects.filter(file=file).exclude(version=None).exists()
        return Verdict(True, facts={"kept": True}) if handed_in else YES


@records(FileTakenBack)
def leave_draft(event):
    """A file that was taken back is no longer in the draft; versions that have it keep it."""
    SubmissionFile.objects.filter(Q(version=None), file=event.file_id).delete()


def _at(subject, rows=Submission.objects):
    """The submission (of these rows) and the field of a subject; (None, "") for one that is none."""
    code, _colon, field_key = subject.partition(":")
    try:
        return rows.filter(uuid=uuid.UUID(code)).first(), field_key
    except ValueError:
        return None, ""


def _takes_files(submission, field_key):
    form = submission_forms.get(submission.form)
    fields = [one for section in (form.sections() if form else ()) for one in section.fields]
    return any(one.key == field_key and one.kind == "files" for one in fields)


purpose = file_purposes.register(SubmissionFiles())
