"""Drafts that nobody comes back to: begun, never handed in, not touched for long. Their words and files have no reason
to stay. A draft that belongs to a case has: it goes with the case (``lms.casework.erasure``)."""

from django.db import transaction
from django.db.models import Q

from assessments.submissions import files
from assessments.submissions.models import Submission, SubmissionFile
from lms.retention import before
from media import actions as media_actions
from media import uploads
from media.models import Upload


def forget_abandoned(now):
    """Empty the drafts whose time is over; returns how many. Each can be begun again."""
    return sum(_forget(one.pk, now) for one in _abandoned(now))


def _abandoned(now):
    limit = before("SUBMISSION_DRAFTS", now)
    untouched = Q(draft_saved_at__lt=limit) | Q(draft_saved_at=None, created_at__lt=limit)
    drafts = Submission.objects.filter(untouched, state=Submission.State.DRAFT, key="", versions=None)
    return drafts.filter(~Q(draft={}) | Q(files__version=None, files__isnull=False)).distinct()


@transaction.atomic
def _forget(pk, now):
    """Asked once more under the lock: its author may have come back."""
    one = _abandoned(now).filter(pk=Submission.objects.select_for_update().get(pk=pk).pk).first()
    if one is None:
        return False
    rows = SubmissionFile.objects.filter(submission=one, version=None)
    for row in rows.select_related("file"):
        media_actions.erase_file(row.file, now)
    rows.delete()
    for upload in Upload.objects.filter(purpose=files.purpose.key, subject__startswith=f"{one.uuid}:"):
        uploads.give_up(upload)
    one.draft, one.revisions, one.draft_saved_at = {}, {}, None
    one.save(update_fields=["draft", "revisions", "draft_saved_at"])
    return True
