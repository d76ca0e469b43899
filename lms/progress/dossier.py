"""One enrolment in full: per activity whether it counts, and by which records; for staff and supervisors."""

from collections import defaultdict
from dataclasses import dataclass, field

from assessments.models import Override
from content.activities import activity_types
from content.models import Activity
from content.tree import course_tree
from lms.programmes.models import Substitute
from lms.progress.access import Standing
from lms.progress.models import Completion
from lms.progress.required import required_ids
from lms.progress.transcript import transcript


@dataclass
class Item:
    """An activity of one learner. ``records``: entries of the transcript; ``excused``: the reason, or empty.

    ``instead``: the Substitute rows by which it counts in place of another.
    """

    activity: Activity
    is_required: bool
    completion: Completion | None = None
    records: list = field(default_factory=list)
    excused: str = ""
    instead: list = field(default_factory=list)

    @property
    def is_done(self):
        return bool(self.completion and self.completion.completed_at)

    @property
    def kind(self):
        found = activity_types.get(self.activity.kind)
        return found.label if found else self.activity.kind


@dataclass(frozen=True)
class Group:
    """The activities of one course; without a title those that stand in no course that is published."""

    title: str
    rows: list

    @property
    def counted(self):
        return sum(item.is_done for item in self.rows if item.is_required and not item.excused)

    @property
    def wanted(self):
        return sum(item.is_required and not item.excused for item in self.rows)


def dossier(enrolment):
    """Groups of Items: every course of the track in order, then what is required or done elsewhere. Seven queries."""
    required = required_ids(Standing.of(enrolment))
    courses = enrolment.intake.track.course_rows.values_list("course", flat=True)
    trees = [tree for course in courses if (tree := course_tree(course))]
    items = _items(enrolment.learner_id, required, {node.activity for tree in trees for node in tree.rows})
    for row in Substitute.objects.filter(frozen__intake=enrolment.intake_id).select_related("frozen"):
        if row.activity_id in items:
            items[row.activity_id].instead.append(row)
    groups = [Group(tree.course.title, [items.pop(node.activity) for node in tree.rows]) for tree in trees]
    rest = [item for item in items.values() if item.is_required]
    return groups + ([Group("", rest)] if rest else [])


def _items(learner, required, listed):
    records = defaultdict(list)
    for entry in transcript(learner):
        records[entry.activity_id].append(entry)
    done = {row.activity_id: row for row in Completion.objects.filter(learner=learner)}
    excused = dict(Override.objects.filter(learner=learner, excused=True).values_list("activity", "reason"))
    activities = Activity.objects.filter(pk__in=required | listed).order_by("pk")
    return {
        row.pk: Item(row, row.pk in required, done.get(row.pk), records[row.pk], excused.get(row.pk, ""))
        for row in activities
    }
