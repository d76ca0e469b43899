"""Learners as staff and supervisors see them: who is where, how far, and when they were last here.

Pages are cut by key, not by number, so that page 200 of 10,000 learners costs what the first does.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, Q, Subquery

from assessments.models import Override
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
class LearnerRow:
    """One enrolment in the list. ``done`` and ``required`` count required activities, without excused ones."""

    enrolment: Enrolment
    done: int
    required: int
    last_at: datetime | None

    @property
    def percent(self):
        return rules.percent(self.done, self.required)

    @property
    def mark(self):
        """How the figure is drawn: met, part or none."""
        return "met" if self.required and self.done == self.required else "part" if self.done else "none"


@dataclass(frozen=True)
class Page:
    """A cut of the list; ``before`` and ``after`` are the keys to go on with, or None at an end."""

    rows: list
    before: int | None
    after: int | None


def intakes_seen_by(user, now):
    """The intakes of which this person sees learners: all, by a grant; or some, by supervising them."""
    return _intakes(user=user.pk, now=now)


@prepared
def _intakes(user, now):
    supervised = Supervision.objects.active(now).filter(supervisor=user).values("enrolment__intake")
    granted = intakes_for(user, STAFF_ROLES, now).values("pk")
    found = Intake.objects.filter(Q(pk__in=granted) | Q(pk__in=supervised))
    return found.select_related("cohort", "track").order_by("-cohort__number", "track")


def enrolments(user, now, *, name="", **filters):
    """The enrolments this person may see, but for their own, by name of the learner and by equal fields."""
    last = Visit.objects.filter(learner=OuterRef("learner")).order_by("-last_at").values("last_at")[:1]
    found = Enrolment.objects.visible_to(user, now).exclude(learner=user)
    found = found.filter(**{field: value for field, value in filters.items() if value})
    if name:
        found = found.filter(Q(learner__name__icontains=name) | Q(learner__username__icontains=name))
    return found.select_related("learner", "intake__track", "intake__cohort").annotate(last_at=Subquery(last))


def page(found, *, after=None, before=None, size=PAGE):
    """The page after or before an enrolment id. Four queries, however many learners there are."""
    if before:
        cut = list(found.filter(pk__lt=before).order_by("-pk")[: size + 1])
        rows, more = cut[:size][::-1], len(cut) > size
        return Page(with_progress(rows), rows[0].pk if more else None, rows[-1].pk if rows else None)
    cut = list((found.filter(pk__gt=after) if after else found).order_by("pk")[: size + 1])
    rows, more = cut[:size], len(cut) > size
    return Page(with_progress(rows), rows[0].pk if after and rows else None, rows[-1].pk if more else None)


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
