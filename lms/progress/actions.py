"""Visit a lesson, remember the place, answer a check-yourself item, finish the lesson."""

from datetime import timedelta

from django.db import transaction

from content.access import may_open
from content.events import LearningEvent
from lms.events import publish
from lms.progress import rules
from lms.progress.models import CheckAnswer, LearningRecord, Visit
from lms.verdicts import Refused

ONCE_IN = timedelta(minutes=1)


def visit(learner, activity_id, *, last_at, now):
    """Note that the learner is here: one UPSERT, at most once a minute. ``last_at``: of the visit known already."""
    if last_at is not None and now - last_at < ONCE_IN:
        return
    row = Visit(learner=learner, activity_id=activity_id, first_at=now, last_at=now)
    _upsert(Visit, row, ["learner", "activity"], ["last_at"])


def remember_position(learner, activity_id, position, *, now):
    """Keep the share of the lesson that was scrolled (0 to 1), on every device."""
    row = Visit(
        learner=learner, activity_id=activity_id, first_at=now, last_at=now, position=min(max(position, 0.0), 1.0)
    )
    _upsert(Visit, row, ["learner", "activity"], ["last_at", "position"])


def answer_check(activity, learner, key, response, correct, *, now):
    """Keep the newest answer to a check-yourself item of a lesson that the learner may open; staff may only try it."""
    if "enrolment" not in may_open(activity, learner, now).require().facts:
        return
    row = CheckAnswer(learner=learner, activity=activity, key=key, response=response, correct=correct, at=now)
    _upsert(CheckAnswer, row, ["learner", "activity", "key"], ["response", "correct", "at"])


@transaction.atomic
def finish_lesson(activity, learner, *, required, now):
    """学完了: credit the lesson's minutes, once. Refused while one of the ``required`` items (keys) has no answer."""
    facts = _require_place(activity, learner, now)
    answered = CheckAnswer.objects.filter(learner=learner, activity=activity).values_list("key", flat=True)
    rules.may_finish(required, answered).require()
    event = LearningEvent(
        activity_id=activity.pk,
        learner_id=learner.pk,
        verb="completed",
        at=now,
        key=lesson_key(activity, learner),
        minutes=activity.minutes,
        facts={"scope": facts["scope"]},
    )
    publish(event)


def lesson_key(activity, learner):
    """A lesson is done once per learner, whatever is pressed how often."""
    return f"lesson:{activity.pk}:{learner.pk}"


def is_finished(activity, learner):
    return LearningRecord.objects.filter(key=lesson_key(activity, learner)).exists()


def _require_place(activity, learner, now):
    """The facts of the enrolment under which this counts. Those who only read leave no trace in the records."""
    facts = may_open(activity, learner, now).require().facts
    if "enrolment" not in facts:
        raise Refused(rules.only_learners())
    return facts


def _upsert(model, row, unique, update):
    model.objects.bulk_create([row], update_conflicts=True, unique_fields=unique, update_fields=update)
