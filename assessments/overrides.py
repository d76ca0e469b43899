"""What an activity allows one person beyond the rule for all: a later date, more minutes, more attempts."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from assessments.quizzes import rules as quiz_rules
from assessments.quizzes.attempts import Attempt, Override


@dataclass(frozen=True)
class Allowance:
    """All overrides of one person for one activity, added up."""

    due_at: datetime | None = None
    minutes: int = 0
    attempts: int = 0
    excused: bool = False


def allowance(activity, learner):
    """The latest date, the sum of minutes and of attempts. One query."""
    rows = list(Override.objects.filter(activity=activity, learner=learner))
    return Allowance(
        due_at=max((row.due_at for row in rows if row.due_at), default=None),
        minutes=sum(row.extra_minutes for row in rows),
        attempts=sum(row.extra_attempts for row in rows),
        excused=any(row.excused for row in rows),
    )


@transaction.atomic
def give(activity, learner, *, reason, by, now, due_at=None, minutes=0, attempts=0, excused=False, batch=None):
    """Allow one person more, with the reason. An attempt that is open at this moment gets the new time too."""
    override = Override.objects.create(
        activity=activity,
        learner=learner,
        due_at=due_at,
        extra_minutes=minutes,
        extra_attempts=attempts,
        excused=excused,
        reason=reason,
        given_by=by,
        given_at=now,
        batch=batch,
    )
    for attempt in Attempt.objects.select_for_update().open().filter(activity=activity, learner=learner):
        set_due(attempt, allowance(activity, learner))
    return override


def set_due(attempt, allowance):
    """Work out anew when an open attempt ends: its own minutes, and the window with what this person was allowed."""
    closes_at = quiz_rules.closing(attempt.closes_at, allowance.due_at)
    attempt.due_at = quiz_rules.due_at(attempt.started_at, attempt.minutes, allowance.minutes, closes_at)
    attempt.save(update_fields=["closes_at", "due_at"])


@transaction.atomic
def window_moved(activity, closes_at):
    """The quiz closes at another time: attempts that are open end by the new one. Their minutes stay theirs."""
    for attempt in Attempt.objects.select_for_update().open().filter(activity=activity).exclude(closes_at=closes_at):
        attempt.closes_at = closes_at
        set_due(attempt, allowance(activity, attempt.learner))
