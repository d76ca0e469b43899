"""Which activities an enrolment must complete, which of them are done, by what, and from which somebody was excused."""

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property

from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.models import Override
from lms.graduation.accepted import accepted_work
from lms.prepared import prepared
from lms.programmes.models import IntakeActivity, TrackActivity
from lms.progress.models import Completion


@dataclass(frozen=True)
class Substitute:
    """What counts in place of a frozen activity, and why."""

    activity_id: int
    title: str
    reason: str


@dataclass(frozen=True)
class Required:
    """A required activity for one enrolment. ``excused`` is the reason, empty when the learner has to do it.

    ``substitutes``: in the order in which they were named; completing any of them counts.
    """

    activity_id: int
    title: str
    minutes: int
    excused: str = ""
    substitutes: tuple = ()

    @property
    def activities(self):
        """Ids of all that count, itself first."""
        return (self.activity_id, *(one.activity_id for one in self.substitutes))

    def counted(self, done):
        """The completion that counts, of ``done`` by activity id; None when there is none."""
        return next((done[pk] for pk in self.activities if pk in done), None)

    def in_words(self, activity_id=None):
        """Its title; of a substitute (by default the newest one) with what it stands for and why."""
        named = [one for one in self.substitutes if activity_id in (None, one.activity_id)]
        if not named or activity_id == self.activity_id:
            return self.title
        names = {"title": named[-1].title, "frozen": self.title, "reason": named[-1].reason}
        return _("%(title)s, in place of “%(frozen)s” (%(reason)s)") % names


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
            for kind, activity, title, minutes, substitutes in rows:
                reason = reasons.get((activity, one.learner_id), "")
                found[kind][one.pk].append(Required(activity, title, minutes, reason, substitutes))
        return found

    @cached_property
    def done(self):
        """Completion by learner id and activity id, of required activities of any kind and what stands in for them."""
        everything = (one for kind in self.required.values() for rows in kind.values() for one in rows)
        wanted = {pk for one in everything for pk in one.activities}
        learners = {one.learner_id for one in self}
        found = defaultdict(dict)
        for row in _completions(learners=learners):
            if row.activity_id in wanted:
                found[row.learner_id][row.activity_id] = row
        return found

    @cached_property
    def accepted(self):
        """Accepted work by enrolment id."""
        return accepted_work(self)


@prepared
def _completions(learners):
    return Completion.objects.filter(learner__in=learners, completed_at__isnull=False)


def group_of(enrolments):
    """The group that was made for these enrolments, or a new one."""
    return enrolments if isinstance(enrolments, Group) else Group(enrolments)


def required_and_done(enrolments, kind):
    """({enrolment id: [Required]}, {enrolment id: {activity id: Completion}}) of one kind of activity."""
    group = group_of(enrolments)
    return group.required[kind], {one.pk: group.done[one.learner_id] for one in group}


def _frozen(intakes):
    """{intake: [[kind, activity, title, minutes, substitutes]]} in the order of freezing. One query."""
    found = defaultdict(dict)
    for intake, pk, *row in _frozen_rows(intakes={intake.pk for intake in intakes}):
        own, named = row[:4], row[4:]
        kept = found[intake].setdefault(pk, [*own, ()])
        if named[0]:
            kept[-1] += (Substitute(*named),)
    return defaultdict(list, {intake: list(rows.values()) for intake, rows in found.items()})


@prepared
def _frozen_rows(intakes):
    rows = IntakeActivity.objects.filter(intake__in=intakes).order_by("pk", "substitutes")
    columns = ["intake", "pk", "kind", "activity", "title", "minutes"]
    substitute = ["substitutes__activity", "substitutes__activity__title", "substitutes__reason"]
    return rows.values_list(*columns, *substitute)


def _of_tracks(intakes):
    found = defaultdict(list)
    for track, *row in _track_rows(tracks={intake.track_id for intake in intakes}):
        found[track].append([*row, ()])
    return found


@prepared
def _track_rows(tracks):
    rows = TrackActivity.objects.filter(track__in=tracks).order_by("pk")
    return rows.values_list("track", "activity__kind", "activity", "activity__title", "activity__minutes")


def excuses(enrolments):
    """The reason by (activity id, learner id) of everything these learners have been excused from."""
    rows = _excused(learners={one.learner_id for one in enrolments})
    return {(activity, learner): reason for activity, learner, reason in rows}


@prepared
def _excused(learners):
    rows = Override.objects.filter(learner__in=learners, excused=True)
    return rows.values_list("activity", "learner", "reason")


# --- the sum --------------------------------------------------------------------------------------------------------
@dataclass
class Tally:
    """What is there of the required activities of one enrolment.

    ``counted``: the completions that count; ``excused``: how many are not asked for; ``missing``: titles; ``evidence``:
    what stands behind the figure: what is complete with its date and best result, and what is excused and why.
    """

    required: int
    counted: list = field(default_factory=list)
    excused: int = 0
    missing: list = field(default_factory=list)
    evidence: list = field(default_factory=list)

    def add(self, one, row):
        """``one``: a Required; ``row``: its completion, or None."""
        if row:
            on = timezone.localdate(row.completed_at).isoformat()
            self.counted.append(row)
            self.evidence.append({"text": one.in_words(row.activity_id), "on": on, "grade": row.best_score})
        elif one.excused:
            self.excused += 1
            self.evidence.append({"text": one.title, "excused": one.excused})
        else:
            self.missing.append(one.in_words())


def tally(required, done):
    """Tally of these Required; ``done``: the completions that may count, by activity id."""
    found = Tally(len(required))
    for one in required:
        found.add(one, one.counted(done))
    return found
