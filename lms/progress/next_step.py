"""The one thing to do next: what was returned comes first, then where one was, then the first thing that is open."""

from dataclasses import dataclass

from assessments.models import Grade
from content.activities import activity_types
from lms.progress.outline import NOW, OPEN, Outline, Part, Row


@dataclass(frozen=True)
class Return:
    """Work that came back from its marker."""

    grade: Grade

    @property
    def activity(self):
        return self.grade.version.submission.activity

    @property
    def url(self):
        kind = activity_types.get(self.activity.kind)
        return kind.url(self.activity) if kind else ""


@dataclass(frozen=True)
class Step:
    """An activity to go on with, and where it stands in its course."""

    row: Row
    part: Part
    plan: Outline

    @property
    def place(self):
        return self.part.rows.index(self.row) + 1


def next_step(plans, last_activity):
    """The activity visited last while it is unfinished; else what is next in its course, else in any, what is
    required before what is not; or None."""
    last = next(((plan, row) for plan in plans for row in plan.rows if row.node.activity == last_activity), None)
    if last and last[1].state in (NOW, OPEN):
        return _step(*last)
    ordered = sorted(plans, key=lambda plan: not last or plan is not last[0])
    found = [(plan, row) for plan in ordered if (row := plan.next_open())]
    needed = next(((plan, row) for plan, row in found if row.required), found[0] if found else None)
    return needed and _step(*needed)


def _step(plan, row):
    return Step(row, plan.part_of(row.node), plan)
