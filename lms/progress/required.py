"""Which activities a learner must complete: what the intake froze, before that what the track says."""

from collections import defaultdict

from django.db.models import F, Value

from lms.prepared import prepared
from lms.programmes.models import IntakeActivity, TrackActivity

FROZEN, OPEN = "intake", "track"


def required_ids(standing):
    """Ids of the activities that this enrolment requires. One query."""
    return set(_frozen(intake=standing.intake) if standing.frozen_at else _of_track(track=standing.track))


@prepared
def _frozen(intake):
    return IntakeActivity.objects.filter(intake=intake).values_list("activity", flat=True)


@prepared
def _of_track(track):
    return TrackActivity.objects.filter(track=track).values_list("activity", flat=True)


def required_by(learner):
    """Ids of required activities by enrolment id, for every enrolment of a learner. One query."""
    found = defaultdict(set)
    for enrolment, activity in _of_learner(learner=learner.pk):
        found[enrolment].add(activity)
    return found


@prepared
def _of_learner(learner):
    frozen = IntakeActivity.objects.filter(intake__enrolments__learner=learner).exclude(intake__frozen_at=None)
    unfrozen = TrackActivity.objects.filter(track__intakes__enrolments__learner=learner, track__intakes__frozen_at=None)
    by_intake = frozen.values_list("intake__enrolments", "activity")
    return by_intake.union(unfrozen.values_list("track__intakes__enrolments", "activity"), all=True)


def required_of(standings):
    """Ids of required activities by enrolment id, for many enrolments (anything like access.Standing). One query."""
    wanted = {row.enrolment: (FROZEN, row.intake) if row.frozen_at else (OPEN, row.track) for row in standings}
    groups = {group: set() for group in wanted.values()}
    for level, owner, activity in _rows(groups) if groups else ():
        groups[level, owner].add(activity)
    return {enrolment: groups[group] for enrolment, group in wanted.items()}


def _rows(groups):
    frozen = IntakeActivity.objects.filter(intake__in=[owner for level, owner in groups if level == FROZEN])
    unfrozen = TrackActivity.objects.filter(track__in=[owner for level, owner in groups if level == OPEN])
    by_intake = frozen.annotate(level=Value(FROZEN), owner=F("intake")).values_list("level", "owner", "activity")
    by_track = unfrozen.annotate(level=Value(OPEN), owner=F("track")).values_list("level", "owner", "activity")
    return by_intake.union(by_track, all=True)
