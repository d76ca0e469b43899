"""Which activities an enrolment must complete, which of them are done, and from which somebody has been excused."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

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


class Group(list):
    """Enrolments that are judged together: what several criteria ask about them is read once."""

    @cached_property
    def required(self):
        """Required by kind of activity and enrolment id: as frozen, or the track's while the intake is not frozen."""
        by_intake = _frozen([one.intake for one in self if one.intake.frozen_at])
        by_track = _of_tracks([one.intake for one in self if not one.intake.frozen_at])
        reasons, found = excuses(self), defaultdict(lambda: defaultdict(list))
        for one in self:
            rows = by_intake[one.intake_id] if one.intake.frozen_at else by_track[one.intake.track_id]
            for kind, activity, title, minutes in rows:
                reason = reasons.get((activity, one.learner_id), "")
                found[kind][one.pk].append(Required(activity, title, minutes, reason))
        return found

    @cached_property
    def done(self):
        """Completion by learner id and activity id, of required activities of any kind."""
        wanted = {one.activity_id for kind in self.required.values() for rows in kind.values() for one in rows}
        learners = {one.learner_id for one in self}
        found = defaultdict(dict)
        for row in Completion.objects.filter(learner__in=learners, activity__in=wanted, completed_at__isnull=False):
            found[row.learner_id][row.activity_id] = row
        return found


def required_and_done(enrolments, kind):
    """({enrolment id: [Required]}, {enrolment id: {activity id: Completion}}) of one kind of activity."""
    group = enrolments if isinstance(enrolments, Group) else Group(enrolments)
    return group.required[kind], {one.pk: group.done[one.learner_id] for one in group}


def _frozen(intakes):
    rows = IntakeActivity.objects.filter(intake__in={intake.pk for intake in intakes}).order_by("pk")
    return _grouped(rows.values_list("intake", "kind", "activity", "title", "minutes") if intakes else ())


def _of_tracks(intakes):
    rows = TrackActivity.objects.filter(track__in={intake.track_id for intake in intakes}).order_by("pk")
    columns = ["track", "activity__kind", "activity", "activity__title", "activity__minutes"]
    return _grouped(rows.values_list(*columns) if intakes else ())


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
