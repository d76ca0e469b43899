"""学习记录: the facts about one learner in the words of the page and the spreadsheet."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from content.activities import activity_types
from content.tree import title_of
from lms.progress.models import LearningRecord

VERBS = {
    "completed": _("completed"),
    "attempted": _("attempted"),
    "passed": _("passed"),
    "submitted": _("handed in"),
    "accepted": _("accepted"),
}


@dataclass(frozen=True)
class Entry:
    activity_id: int
    title: str
    kind: str
    what: str
    at: datetime
    minutes: int
    score: float | None


def transcript(learner):
    """Every record of the learner, oldest first. One query."""
    rows = LearningRecord.objects.filter(learner=learner).select_related("activity")
    return [_entry(row) for row in rows]


def _entry(row):
    kind = activity_types.get(row.activity.kind)
    return Entry(
        activity_id=row.activity_id,
        title=title_of(row.activity),
        kind=str(kind.label) if kind else row.activity.kind,
        what=str(VERBS.get(row.verb, row.verb)),
        at=row.at,
        minutes=row.minutes,
        score=row.score,
    )
