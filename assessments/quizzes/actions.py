"""What happens to attempts: start, save an answer, hand in. ``now`` is when the request arrived, by our clock.

An attempt is handed in once, so the attempt is its own submission key: a second tap, a second tab or a repeated request
gets the result of the first.
"""

import math
import random
import secrets
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from assessments.overrides import allowance
from assessments.quizzes import lookup, rules
from assessments.quizzes.attempts import Attempt, AttemptItem
from assessments.quizzes.marking import mark_items, result_of
from content.events import LearningEvent
from lms.events import publish
from lms.prepared import prepared
from lms.verdicts import Refused, Verdict


@dataclass(frozen=True)
class Saved:
    """What the server now holds: told to the browser, which believes only this."""

    revision: int
    saved_at: datetime
    remaining: int | None


class Stale(Refused):
    """Another window saved a newer answer. ``item`` holds what is stored."""

    def __init__(self, item):
        super().__init__(_("This answer was changed in another window."), Verdict(False))
        self.item = item


def start(activity, learner, *, scope="", now):
    """The learner's open attempt, a new one when there is none. Raises Refused, and QuizPage.DoesNotExist.

    ``scope`` is what attempts are counted under: an intake (``intake:3``), an application (``application:7``).
    """
    quiz = lookup.read(activity)
    mine = Attempt.objects.filter(activity=activity, learner=learner)
    close_overdue(mine, now=now, by="time")
    try:
        return _begin(quiz, learner, scope, now)
    except IntegrityError:
        return mine.open().get()


@transaction.atomic
def _begin(quiz, learner, scope, now):
    earlier = list(Attempt.objects.filter(activity=quiz.activity, learner=learner))
    opened = next((attempt for attempt in earlier if attempt.submitted_at is None), None)
    if opened is not None:
        return opened
    used = sum(attempt.scope == scope for attempt in earlier)
    passed = any(attempt.passed for attempt in earlier)
    granted = allowance(quiz.activity, learner)
    rules.may_start(quiz.rules, granted, used=used, passed=passed, now=now).require()
    attempt = _create(quiz, learner, scope, used + 1, granted, now)
    AttemptItem.objects.bulk_create(_items(quiz.rules, attempt))
    return attempt


def _create(quiz, learner, scope, number, granted, now):
    """The rules of this moment are kept with the attempt: editing the quiz moves nobody's goalposts."""
    closes_at = rules.closing(quiz.rules.closes_at, granted.due_at)
    return Attempt.objects.create(
        activity=quiz.activity,
        learner=learner,
        scope=scope,
        number=number,
        seed=secrets.randbits(48),
        started_at=now,
        due_at=rules.due_at(now, quiz.rules.time_limit, granted.minutes, closes_at),
        minutes=quiz.rules.time_limit,
        closes_at=quiz.rules.closes_at,
        pass_mark=quiz.rules.pass_mark,
        shuffled=quiz.rules.shuffle,
    )


def _items(page, attempt):
    """The newest version of every question that has one, in the order of the quiz or of the seed."""
    rows = list(page.items.exclude(question__version=None).select_related("question"))
    if not rows:
        raise Refused(_("This quiz has no questions yet."))
    if page.shuffle_questions:
        random.Random(attempt.seed).shuffle(rows)
    return [
        AttemptItem(attempt=attempt, position=place, version_id=row.question.version_id, points=row.points)
        for place, row in enumerate(rows, start=1)
    ]


@transaction.atomic
def save_response(attempt, position, response, base_revision, *, now):
    """Keep one answer. Raises Refused when the attempt is over, Stale when another window was faster.

    The same answer sent twice (its acknowledgement was lost on the way) is simply confirmed.
    """
    (item,) = _locked_item(attempt=attempt.pk, position=position)
    rules.still_open(item.attempt.submitted_at, item.attempt.due_at, now).require()
    unchanged = AttemptItem.objects.filter(pk=item.pk, revision=base_revision)  # the lock is on the attempt alone
    if unchanged.update(response=response, revision=F("revision") + 1, saved_at=now):
        return Saved(base_revision + 1, now, remaining(item.attempt, now))
    item.refresh_from_db(fields=["response", "revision", "saved_at"])
    if item.response != response:
        raise Stale(item)
    return Saved(item.revision, item.saved_at, remaining(item.attempt, now))


@prepared
def _locked_item(attempt, position):
    rows = AttemptItem.objects.filter(attempt=attempt, position=position)
    return rows.select_related("attempt").select_for_update(of=("attempt",))


@transaction.atomic
def save_all(attempt, answers, *, now):
    """Keep the answers (``paper.Answer``) of a whole page, or none when one is stale. Raises Refused or Stale."""
    locked = Attempt.objects.select_for_update().get(pk=attempt.pk)
    rules.still_open(locked.submitted_at, locked.due_at, now).require()
    items = list(locked.items.all())
    changed, stale = _take(items, answers, now)
    if stale:
        raise Stale(stale[0])
    AttemptItem.objects.bulk_update(changed, ["response", "revision", "saved_at"])
    return len(changed)


@transaction.atomic
def submit(attempt, *, answers=(), now, by="learner"):
    """Hand in and mark, once. Answers that come along are kept first; a stale one raises Stale, unless time is up.

    Handed in too late, the attempt closes with what was saved in time, and counts as handed in when it was due.
    Returns the attempt as stored, whoever handed it in. ``by``: learner, time (found by the next read) or worker.
    """
    (locked,) = _locked(pk=attempt.pk)
    if locked.submitted_at:
        return locked
    items = _asked(attempt=attempt.pk)
    late = rules.overdue(locked.due_at, now)
    changed, stale = ([], []) if late else _take(items, answers, now)
    if stale and not _time_is_up(locked, now):
        raise Stale(stale[0])
    if changed:
        AttemptItem.objects.bulk_update(changed, ["response", "revision", "saved_at"])
    mark_items(items)
    _store_marks(items)
    locked.submitted_at = max(locked.started_at, min(now, locked.due_at or now))
    locked.closed_by = "time" if late and by == "learner" else by
    _store_result(locked, items)
    _tell(locked)
    return locked


@prepared
def _locked(pk):
    return Attempt.objects.filter(pk=pk).select_for_update()


@prepared
def _asked(attempt):
    return AttemptItem.objects.filter(attempt=attempt).select_related("version")


def _time_is_up(attempt, now):
    return attempt.due_at is not None and now >= attempt.due_at


def _take(items, answers, now):
    """Lay answers over the items: (changed items, stale items)."""
    by_position, changed, stale = {item.position: item for item in items}, [], []
    for answer in answers:
        item = by_position[answer.position]
        if item.response == answer.response:
            continue
        if item.revision != answer.base_revision:
            stale.append(item)
            continue
        item.response, item.revision, item.saved_at = answer.response, item.revision + 1, now
        changed.append(item)
    return changed, stale


def _store_marks(items):
    """Plain SQL: the ORM's one statement for many rows takes longer to write than all marks to store."""
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {AttemptItem._meta.db_table} SET mark = %s WHERE id = %s", [(item.mark, item.pk) for item in items]
        )


def _store_result(attempt, items):
    result = result_of(items)
    attempt.points, attempt.points_possible, attempt.percent = result.points, result.possible, result.percent
    attempt.passed = rules.passes(attempt.percent, attempt.pass_mark)
    attempt.save(
        update_fields=["submitted_at", "closed_by", "points", "points_possible", "percent", "passed"],
    )


def _tell(attempt):
    """``attempted`` always; ``passed`` when the pass mark was reached, or when there is none: handing in is enough."""
    _publish(attempt, "attempted", f"attempt:{attempt.uuid}")
    if attempt.passed or attempt.pass_mark is None:
        _publish(attempt, "passed", f"attempt:{attempt.uuid}:passed")


def _publish(attempt, verb, key):
    publish(
        LearningEvent(
            activity_id=attempt.activity_id,
            learner_id=attempt.learner_id,
            verb=verb,
            at=attempt.submitted_at,
            key=key,
            score=attempt.percent,
            facts={"scope": attempt.scope, "number": attempt.number, "attempt": str(attempt.uuid)},
        )
    )


def is_overdue(attempt, now):
    return attempt.submitted_at is None and rules.overdue(attempt.due_at, now)


def closed_where_overdue(attempts, *, now):
    """These attempts as a list, those whose time is over handed in by this read."""
    return [submit(one, now=now, by="time") if is_overdue(one, now) else one for one in attempts]


def close_overdue(attempts, *, now, by):
    """Hand in those of these attempts whose time is over, with what was saved. Returns how many."""
    due = list(attempts.overdue(now - rules.GRACE))
    for attempt in due:
        submit(attempt, now=now, by=by)
    return len(due)


def remaining(attempt, now):
    """Whole seconds until the attempt is due, 0 when it is over, None when it has no end."""
    if attempt.due_at is None:
        return None
    return max(0, math.ceil((attempt.due_at - now).total_seconds()))
