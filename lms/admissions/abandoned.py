"""Applications that were never sent: a month after their last change, once no intake of theirs is open any more, they
are forgotten with all that was uploaded for them."""

from django.db import transaction
from django.db.models import Q

from lms.admissions.evidence import Evidence
from lms.admissions.models import Application
from lms.retention import before
from media import actions as media_actions
from media import uploads
from media.models import Upload


def forget_unsent(now):
    """Remove the drafts whose time is over; returns how many. What was sent, even once, is never touched."""
    return sum(_forget(one.pk, now) for one in _unsent(now))


def _unsent(now):
    limit = before("APPLICATION_DRAFTS", now)
    untouched = Q(saved_at__lt=limit) | Q(saved_at=None, created_at__lt=limit)
    drafts = Application.objects.filter(untouched, submitted_at=None, versions=None, baseline_attempt=None)
    return drafts.exclude(programme__cohorts__intakes__closes_at__gt=now)


@transaction.atomic
def _forget(pk, now):
    """Asked once more under the lock: the applicant may have come back."""
    one = _unsent(now).filter(pk=Application.objects.select_for_update().get(pk=pk).pk).first()
    if one is None:
        return False
    for row in one.files.select_related("file"):
        media_actions.erase_file(row.file, now)
    for upload in Upload.objects.filter(purpose=Evidence.key, subject=one.number):
        uploads.give_up(upload)
    one.files.all().delete()
    one.choices.all().delete()
    one.delete()
    return True
