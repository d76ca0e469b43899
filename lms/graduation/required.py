"""Which activities an enrolment must complete, which of them are done, and from which somebody has been excused."""

from collections import defaultdict
from dataclasses import dataclass

from django.utils import timezone

from assessments.models import Override
from lms.programmes.models import IntakeActivity, TrackActivity
from lms.progress.models import Completion


@dataclass(frozen=True)
class Required:
    """A required activity for one enrolment. ``excused`` is the reason, empty when the learner has to do it."""

    activity_id: int
    title: str
    minutes: int
    excused: str = ""


def required_activities(enrolments, kind):
    """Required activities of one kind by enrolment id: as frozen, or the track's while the intake is not frozen."""
    by_intake = _frozen([one.intake for one in enrolments if one.intake.frozen_at], kind)
    by_track = _of_tracks([one.intake for one in enrolments if not one.intake.frozen_at], kind)
    reasons = excuses(enrolments)
    return {
        one.pk: [
            Required(pk, title, minutes, reasons.get((pk, one.learner_id), ""))
            for pk, title, minutes in (
                by_intake[one.intake_id] if one.intake.frozen_at else by_track[one.intake.track_id]
            )
        ]
        for one in enrolments
    }


def _frozen(intakes, kind):
    rows = IntakeActivity.objects.filter(intake__in={intake.pk for intake in intakes}, kind=kind).order_by("pk")
    return _grouped(rows.values_list("intake", "activity", "title", "minutes") if intakes else ())


def _of_tracks(intakes, kind):
    tracks = {intake.track_id for intake in intakes}
    rows = TrackActivity.objects.filter(track__in=tracks, activity__kind=kind).order_by("pk")
    return _grouped(rows.values_list("track", "activity", "activity__title", "activity__minutes") if tracks else ())


def _grouped(rows):
    found = defaultdict(list)
    for owner, *row in rows:
        found[owner].append(row)
    return found


def excuses(enrolments):
    """The reason by (activity id, learner id) of everything these learners have been excused from."""
    rows = Override.objects.filter(learner__in={one.learner_id for one in enrolments}, excused=True)
    return {
        (activity, learner): reason for activity, learner, reason in rows.values_list("activity", "learner", "reason")
    }


def completions(enrolments, required):
    """Completed activities by enrolment id: {activity id: Completion}, of the required ones."""
    wanted = {one.activity_id for rows in required.values() for one in rows}
    learners = {one.learner_id for one in enrolments}
    done = defaultdict(dict)
    for row in Completion.objects.filter(learner__in=learners, activity__in=wanted, completed_at__isnull=False):
        done[row.learner_id][row.activity_id] = row
    return {one.pk: done[one.learner_id] for one in enrolments}


def evidence(required, done):
    """What stands behind the figure: what is complete with its date and best result, and what is excused and why."""
    rows = []
    for one in required:
        if one.activity_id in done:
            row = done[one.activity_id]
            on = timezone.localdate(row.completed_at).isoformat()
            rows.append({"text": one.title, "on": on, "grade": row.best_score})
        elif one.excused:
            rows.append({"text": one.title, "excused": one.excused})
    return rows
