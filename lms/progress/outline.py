"""A course as one learner sees it: the kept tree, with ticks laid over it."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from django.utils.translation import gettext as _

from content.tree import Module, Node, Tree
from lms.prepared import prepared
from lms.progress import rules
from lms.progress.access import lock
from lms.progress.models import Completion
from lms.verdicts import YES, Verdict

DONE, NOW, OPEN, LOCKED = "done", "now", "open", "locked"


@dataclass(frozen=True)
class Tick:
    """When an activity was completed, and the best score in per cent where there are scores."""

    at: datetime
    score: float | None = None


@dataclass(frozen=True)
class Row:
    """An activity in an outline. ``state``: done, now, open or locked; ``note``: why, how well, or optional."""

    node: Node
    state: str
    note: str = ""
    required: bool = True
    done: Tick | None = None

    @property
    def is_done(self):
        return self.state == DONE


@dataclass(frozen=True)
class Part:
    """A module with its rows, numbered from 1."""

    module: Module
    number: int
    rows: tuple

    @property
    def done(self):
        return sum(row.is_done for row in self.rows)

    @property
    def is_complete(self):
        return self.done == len(self.rows)


@dataclass(frozen=True)
class Outline:
    tree: Tree
    parts: tuple

    @cached_property
    def rows(self):
        return [row for part in self.parts for row in part.rows]

    @cached_property
    def required(self):
        return [row for row in self.rows if row.required]

    @cached_property
    def done(self):
        return sum(row.is_done for row in self.required)

    @property
    def percent(self):
        return rules.percent(self.done, len(self.required))

    @property
    def optional_count(self):
        return len(self.rows) - len(self.required)

    def next_open(self):
        """The first activity that can be done now: a required one, else any; None when all is done or locked."""
        waiting = [row for row in self.rows if row.state in (NOW, OPEN)]
        return next((row for row in waiting if row.required), waiting[0] if waiting else None)

    def part_of(self, node):
        return self.parts[self.tree.number_of(node) - 1]


def ticks(learner, tree):
    """What the learner has completed of a course: Tick by activity id. One query."""
    return {activity: Tick(*done) for activity, *done in _completed(learner=learner.pk, course=tree.course.key)}


@prepared
def _completed(learner, course):
    rows = Completion.objects.filter(learner=learner, activity__course=course).exclude(completed_at=None)
    return rows.values_list("activity", "completed_at", "best_score")


@dataclass(frozen=True)
class Reader:
    """Who looks at an outline.

    ``completed``: Tick by activity id · ``required``: activity ids, or None where the difference is not shown ·
    ``current``: the node that is open · ``closed``: a verdict that closes everything · ``is_staff``: no locks.
    """

    now: datetime
    completed: dict = field(default_factory=dict)
    required: set | None = None
    current: Node | None = None
    closed: Verdict = YES
    is_staff: bool = False


def outline(tree, reader):
    """Lay a reader's ticks and locks over a tree. No query."""
    return Outline(tree, tuple(_part(tree, number, reader) for number in range(1, len(tree.modules) + 1)))


def nearby(tree, node, reader):
    """The part in which a node stands and the one after it, however long the course. No query."""
    here = tree.number_of(node)
    return [_part(tree, number, reader) for number in (here, here + 1) if number <= len(tree.modules)]


def _part(tree, number, reader):
    module = tree.modules[number - 1]
    return Part(module, number, tuple(_row(tree, node, reader) for node in module.rows))


def _row(tree, node, reader):
    required = reader.required is None or node.activity in reader.required
    tick = reader.completed.get(node.activity)
    if tick:
        return Row(node, DONE, _score(tick.score), required, tick)
    verdict = reader.closed
    if verdict and not reader.is_staff:
        verdict = lock(tree, node, reader.completed, reader.now)
    if not verdict:
        return Row(node, LOCKED, verdict.reason, required)
    return Row(node, NOW if node is reader.current else OPEN, "" if required else _("optional"), required)


def _score(best):
    return _("%(score)s%%") % {"score": round(best)} if best is not None else ""


def signed_out():
    """The verdict for visitors: an outline to look at, nothing to open."""
    return Verdict(False, "")
