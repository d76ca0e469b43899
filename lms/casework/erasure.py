"""Erase a case: its text, files, versions, drafts, comments. What is left is a tombstone.

Deleted bytes must not stay in the database file either. On SQLite ``secure_delete`` (see the settings) writes zeros
over what a statement frees, and the write-ahead log, which still holds older pages, is emptied after the commit.
PostgreSQL's dead rows are reused by its autovacuum; its volume is to be encrypted (docs/deploy.md).
"""

import logging

from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from wagtail.log_actions import log

from assessments.submissions.erasure import erase_submission
from lms.casework import rules
from lms.casework.actions import is_director
from lms.casework.events import CaseErased
from lms.casework.models import Case, Consent, ServiceTime, Tombstone
from lms.events import publish

logger = logging.getLogger(__name__)


@transaction.atomic
def erase(case, *, by, reason, now):
    """Remove everything that was written about a child. Codes, dates, grade, hashes and minutes stay.

    Raises Refused for anybody but a director, without a reason, and under a legal hold.
    """
    case = Case.objects.select_for_update().get(pk=case.pk)
    rules.may_erase(
        is_director=is_director(by, case, now),
        reason=reason,
        held_until=case.hold_until,
        today=timezone.localdate(now),
        already=Tombstone.objects.filter(code=case.code).exists(),
    ).require()
    record = erase_submission(case.submission, by, reason, now) if case.submission_id else {}
    case.consents.update(words="", reason="")
    case.service_times.update(refused_reason="")
    case.closed_at = case.closed_at or now
    case.hold_reason, case.hold_until = "", None
    case.save(update_fields=["closed_at", "hold_reason", "hold_until"])
    tombstone = Tombstone.objects.create(
        code=case.code, erased_at=now, erased_by=by, reason=reason, facts=_facts(case) | record
    )
    log(case, "casework.erase", user=by)
    publish(CaseErased(case.pk))
    transaction.on_commit(empty_write_ahead_log)
    return tombstone


def _facts(case):
    """What may be kept: when, how old about, how many; nothing that was written."""
    return {
        "opened_at": case.opened_at.isoformat(),
        "closed_at": case.closed_at.isoformat(),
        "age_band": case.age_band,
        "consents": Consent.objects.filter(case=case).count(),
        "minutes": sum(ServiceTime.objects.filter(case=case).confirmed().values_list("minutes", flat=True)),
    }


def empty_write_ahead_log():
    """Copy SQLite's log into the file and cut it to nothing. Others who read just now can prevent it: the worker tries
    again within the hour. Returns whether it is empty."""
    if connection.vendor != "sqlite":
        return True
    try:
        with connection.cursor() as cursor:
            busy, _pages, _copied = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except DatabaseError:
        logger.exception("the write-ahead log could not be emptied")
        return False
    return not busy
