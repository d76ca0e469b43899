"""Closing and erasing: consent was withdrawn, or the law wants the text gone. Layers above decide when."""

from django.db import transaction

from assessments.grading.models import Grade, GradeItem, GradeRemark
from assessments.submissions.files import purpose
from assessments.submissions.models import Submission, SubmissionFile
from media import actions as media_actions
from media import uploads
from media.models import PrivateFile, Upload


@transaction.atomic
def close_text(submission, now):
    """Close the text at once and for good, drafts, versions and files. State and grade stay: accepted still counts."""
    Submission.objects.filter(pk=submission.pk, closed_at=None).update(closed_at=now)
    submission.refresh_from_db()


@transaction.atomic
def erase_submission(submission, by, reason, now):
    """Remove draft, versions' contents, files, uploads on their way and the markers' words; return what may be kept.

    The facts hold receipt numbers, dates, hashes and grades, no text and no name. ``by`` and ``reason`` are recorded by
    the layer that keeps the tombstone.
    """
    held = Submission.objects.select_for_update().get(pk=submission.pk)
    facts = _facts(held)
    _erase_files(held, now)
    _erase_words(held)
    held.draft, held.revisions, held.draft_saved_at = {}, {}, None
    held.closed_at = held.closed_at or now
    if held.state != Submission.State.DRAFT or facts["versions"]:
        held.state = Submission.State.ERASED
    held.save(update_fields=["draft", "revisions", "draft_saved_at", "closed_at", "state"])
    submission.refresh_from_db()
    return facts


def _facts(held):
    grades = Grade.objects.released().filter(version__submission=held).order_by("released_at")
    return {
        "submission": held.number,
        "state": held.state,
        "versions": [
            {
                "receipt": version.receipt,
                "submitted_at": version.submitted_at.isoformat(),
                "sha256": version.sha256,
                "files": sorted(version.files.values_list("file__sha256", flat=True)),
            }
            for version in held.versions.all()
        ],
        "grades": [
            {"outcome": grade.outcome, "total": grade.total, "released_at": grade.released_at.isoformat()}
            for grade in grades
        ],
    }


def _erase_files(held, now):
    rows = SubmissionFile.objects.filter(submission=held)
    for file in PrivateFile.objects.kept().filter(pk__in=rows.values("file")):
        media_actions.erase_file(file, now)
    for upload in Upload.objects.filter(purpose=purpose.key, subject__startswith=f"{held.uuid}:"):
        uploads.give_up(upload)


def _erase_words(held):
    held.versions.update(content={}, findings=[])
    grades = Grade.objects.filter(version__submission=held)
    GradeItem.objects.filter(grade__in=grades).update(comment="")
    GradeRemark.objects.filter(grade__in=grades).delete()
    grades.update(comment="")
