"""Which activities a learner must complete: what the intake froze, before that what the track says.

A substitute stands in place of a frozen activity for everybody who has neither completed that activity nor been excused
from it: the newest one that was named, or an earlier one for those who had completed it.
"""

from collections import defaultdict

from django.db.models import F, IntegerField, Value

from assessments.models import Override
from lms.prepared import prepared
from lms.programmes.models import IntakeActivity, TrackActivity
from lms.progress.models import Completion

FROZEN, OPEN = "intake", "track"
SUBSTITUTE = ("substitutes__activity", "substitutes")  # a row for each that was named, by its key in their order
NONE = dict.fromkeys(("substitute", "named"), Value(None, output_field=IntegerField()))


def required_ids(standing):
    """Ids of the activities that this enrolment requires. One query; one more where a substitute was named."""
    rows = _frozen(intake=standing.intake) if standing.frozen_at else _of_track(track=standing.track)
    return _settled((standing.enrolment, *row) for row in rows)[standing.enrolment]


@prepared
def _frozen(intake):
    return IntakeActivity.objects.filter(intake=intake).values_list("activity", *SUBSTITUTE)


@prepared
def _of_track(track):
    return TrackActivity.objects.filter(track=track).annotate(**NONE).values_list("activity", *NONE)


def required_by(learner):
    """Ids of required activities by enrolment id, for every enrolment of a learner. One query, or two as above."""
    return _settled(_of_learner(learner=learner.pk))


@prepared
def _of_learner(learner):
    frozen = IntakeActivity.objects.filter(intake__enrolments__learner=learner).exclude(intake__frozen_at=None)
    unfrozen = TrackActivity.objects.filter(track__intakes__enrolments__learner=learner, track__intakes__frozen_at=None)
    by_intake = frozen.values_list("intake__enrolments", "activity", *SUBSTITUTE)
    by_track = unfrozen.annotate(**NONE).values_list("track__intakes__enrolments", "activity", *NONE)
    return by_intake.union(by_track, all=True)


def required_of(standings):
    """Ids of required activities by enrolment id, for many enrolments (anything like access.Standing). One query, or
    two as above."""
    wanted = {row.enrolment: (FROZEN, row.intake) if row.frozen_at else (OPEN, row.track) for row in standings}
    groups = defaultdict(list)
    for level, owner, *row in _rows(wanted.values()) if wanted else ():
        groups[level, owner].append(row)
    found = _settled((enrolment, *row) for enrolment, group in wanted.items() for row in groups[group])
    return {enrolment: found[enrolment] for enrolment in wanted}


def _rows(groups):
    frozen = IntakeActivity.objects.filter(intake__in={owner for level, owner in groups if level == FROZEN})
    unfrozen = TrackActivity.objects.filter(track__in={owner for level, owner in groups if level == OPEN})
    columns = ("level", "owner", "activity")
    by_intake = frozen.annotate(level=Value(FROZEN), owner=F("intake")).values_list(*columns, *SUBSTITUTE)
    by_track = unfrozen.annotate(level=Value(OPEN), owner=F("track"), **NONE).values_list(*columns, *NONE)
    return by_intake.union(by_track, all=True)


# --- substitutes ----------------------------------------------------------------------------------------------------
def _settled(rows):
    """{enrolment: activity ids} from (enrolment, activity, substitute or None, its key), substitutes put in place."""
    found, named = defaultdict(set), defaultdict(dict)
    for enrolment, activity, substitute, key in rows:
        found[enrolment].add(activity)
        if substitute:
            named[enrolment, activity][substitute] = key
    held = _held(named) if named else ()
    for (enrolment, activity), substitutes in named.items():
        if (enrolment, activity) not in held:
            found[enrolment].remove(activity)
            found[enrolment].add(_standing_in(enrolment, sorted(substitutes, key=substitutes.get), held))
    return found


def _standing_in(enrolment, substitutes, held):
    """The substitute that the learner has completed, else the newest; ``substitutes`` oldest first."""
    return next((one for one in substitutes if (enrolment, one) in held), substitutes[-1])


def _held(named):
    """(enrolment, activity) pairs that the learners have completed or been excused from. One query."""
    enrolments = {enrolment for enrolment, _activity in named}
    activities = {activity for _enrolment, activity in named}.union(*named.values())
    both = {"learner__enrolments__in": enrolments, "activity__in": activities}
    done = Completion.objects.filter(**both).exclude(completed_at=None).values_list("learner__enrolments", "activity")
    excused = Override.objects.filter(**both, excused=True).values_list("learner__enrolments", "activity")
    return set(done.union(excused))
