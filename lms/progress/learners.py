"""Learners as staff and supervisors see them: who is where, how far, and when they were last here; of those one
supervises also their cases, by code, and their service.

Pages are cut by key, not by number, so that page 200 of 10,000 learners costs what the first does.
"""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, Subquery

from assessments.models import Override, Submission
from lms.casework.counting import Counted, counted
from lms.casework.models import Case
from lms.enrolment.models import STAFF_ROLES, Enrolment, Supervision
from lms.prepared import prepared
from lms.programmes.models import Intake
from lms.programmes.scopes import intakes_for
from lms.progress import rules
from lms.progress.access import Standing
from lms.progress.models import Completion, Visit
from lms.progress.required import required_of

PAGE = 50
BATCH = 500


@dataclass(frozen=True)
class Work:
    """The case work of a learner, for their supervisor: cases by code, and the service."""

    cases: list
    service: Counted

    @property
    def records(self):
        """How many case records wait for the marker."""
        return sum(1 for case in self.cases if case.submission and case.submission.state == Submission.State.SUBMITTED)


@dataclass(frozen=True)
class LearnerRow:
    """One enrolment in the list. ``done`` and ``required`` count required activities, without excused ones.

    ``work``: of those one supervises; None for others, whose cases one does not see.
    """

    enrolment: Enrolment
    done: int
    required: int
    last_at: datetime | None
    work: Work | None = None

    @property
    def percent(self):
        return rules.percent(self.done, self.required)

    @property
    def mark(self):
        """How the figure is drawn: met, part or none."""
        return "met" if self.required and self.done == self.required else "part" if self.done else "none"


@dataclass(frozen=True)
class Page:
    """A cut of the list; ``before`` and ``after`` are the keys to go on with, or None at an end.

    ``has_work``: whether one supervises anybody in it.
    """

    rows: list
    before: int | None
    after: int | None

    @property
    def has_work(self):
        return any(row.work for row in self.rows)


def intakes_seen_by(user, now):
    """Intakes of which this person sees learners: all (``granted``), or those they supervise (``supervised``)."""
    return _intakes(user=user.pk, now=now)


@prepared
def _intakes(user, now):
    supervised = Supervision.objects.active(now).filter(supervisor=user).values("enrolment__intake")
    granted = intakes_for(user, STAFF_ROLES, now).values("pk")
    found = Intake.objects.filter(Q(pk__in=granted) | Q(pk__in=supervised))
    found = found.annotate(
        supervised=Exists(supervised.filter(enrolment__intake=OuterRef("pk"))), granted=Q(pk__in=granted)
    )
    return found.select_related("cohort", "track").order_by("-cohort__number", "track")


def enrolments(user, now, *, name="", mine=False, **filters):
    """The enrolments this person may see, but for their own, by name of the learner and by equal fields.

    ``mine``: only of those they supervise. Each knows whether it is one (``supervised``).
    """
    last = Visit.objects.filter(learner=OuterRef("learner")).order_by("-last_at").values("last_at")[:1]
    found = Enrolment.objects.visible_to(user, now).exclude(learner=user)
    found = found.filter(**{field: value for field, value in filters.items() if value})
    if name:
        found = found.filter(Q(learner__name__icontains=name) | Q(learner__username__icontains=name))
    own = Exists(Supervision.objects.active(now).filter(supervisor=user, enrolment=OuterRef("pk")))
    found = found.annotate(supervised=own).filter(supervised=True) if mine else found.annotate(supervised=own)
    return found.select_related("learner", "intake__track", "intake__cohort").annotate(last_at=Subquery(last))


def page(found, *, after=None, before=None, size=PAGE):
    """The page after or before an enrolment id. Four queries, however many learners there are; for supervisors a few
    more, however many they supervise."""
    if before:
        cut = list(found.filter(pk__lt=before).order_by("-pk")[: size + 1])
        rows, more = cut[:size][::-1], len(cut) > size
        return Page(_in_full(rows), rows[0].pk if more else None, rows[-1].pk if rows else None)
    cut = list((found.filter(pk__gt=after) if after else found).order_by("pk")[: size + 1])
    rows, more = cut[:size], len(cut) > size
    return Page(_in_full(rows), rows[0].pk if after and rows else None, rows[-1].pk if more else None)


def _in_full(rows):
    """LearnerRow for each enrolment, with the case work of those that are supervised."""
    work = _work([row for row in rows if row.supervised])
    return [replace(row, work=work.get(row.enrolment.pk)) for row in with_progress(rows)]


def _work(enrolments):
    """Work by enrolment id. Three queries, when there is anybody."""
    if not enrolments:
        return {}
    cases, service = defaultdict(list), counted(enrolments)
    for case in Case.objects.filter(enrolment__in=enrolments).select_related("submission").order_by("pk"):
        cases[case.enrolment_id].append(case)
    return {one.pk: Work(cases[one.pk], service[one.pk]) for one in enrolments}


def everyone(found):
    """Every row in batches, for an export: memory stays flat."""
    last = 0
    while batch := list(found.filter(pk__gt=last).order_by("pk")[:BATCH]):
        yield from with_progress(batch)
        last = batch[-1].pk


def with_progress(rows):
    """LearnerRow for each enrolment. Three queries for any number."""
    required = required_of([Standing.of(row) for row in rows])
    done, excused = _pairs(rows, required)
    found = []
    for row in rows:
        wanted = required[row.pk] - excused[row.learner_id]
        found.append(LearnerRow(row, len(wanted & done[row.learner_id]), len(wanted), row.last_at))
    return found


def _pairs(rows, required):
    """(completed, excused) activity ids by learner id."""
    learners = [row.learner_id for row in rows]
    wanted = set().union(*required.values())
    completed = Completion.objects.filter(learner__in=learners, activity__in=wanted).exclude(completed_at=None)
    excused = Override.objects.filter(learner__in=learners, activity__in=wanted, excused=True)
    return [_grouped(found.values_list("learner", "activity")) for found in (completed, excused)]


def _grouped(pairs):
    groups = defaultdict(set)
    for key, value in pairs:
        groups[key].add(value)
    return groups
