"""What the grading page shows: the rubric with what was chosen and written, and what another window stored instead."""

from dataclasses import dataclass, field

from assessments.grading import rules
from assessments.grading.actions import Words, weighed

POINTS = "points"
COMMENT = "comment"
REMARK = "remark"


@dataclass(frozen=True)
class Shown:
    """One criterion on the page. ``stored``: (level, comment) of another window where they differ from mine."""

    criterion: object
    points: int | None
    comment: str
    mark: float | None
    levels: list = field(default_factory=list)
    stored: tuple | None = None

    @property
    def points_name(self):
        return f"{POINTS}-{self.criterion.pk}"

    @property
    def comment_name(self):
        return f"{COMMENT}-{self.criterion.pk}"


def shown(criteria, words, stored=None):
    """The criteria with my words; ``stored`` are the words of another window."""
    rows = []
    for criterion, one in zip(criteria, weighed(criteria, words.points), strict=True):
        mine = (words.points.get(criterion.pk), words.comments.get(criterion.pk, ""))
        other = stored and (stored.points.get(criterion.pk), stored.comments.get(criterion.pk, ""))
        levels = list(criterion.levels.all())
        rows.append(Shown(criterion, *mine, one.mark, levels, other if other and other != mine else None))
    return rows


def sums(criteria, words):
    """Total so far, what the judged criteria could reach, how many are left, whether safety refuses."""
    chosen = weighed(criteria, words.points)
    return {
        "total": rules.total(chosen),
        "reachable": rules.reachable(chosen),
        "left": rules.left(chosen),
        "vetoed": rules.vetoed(chosen),
    }


def read_words(data, criteria, sections):
    """What was posted, as Words; levels that a criterion does not have are left out, texts stay as typed."""
    points, comments = {}, {}
    for criterion in criteria:
        known = {str(level.points): level.points for level in criterion.levels.all()}
        chosen = known.get(data.get(f"{POINTS}-{criterion.pk}", ""))
        if chosen is not None:
            points[criterion.pk] = chosen
        comment = _text(data.get(f"{COMMENT}-{criterion.pk}", ""))
        if comment:
            comments[criterion.pk] = comment
    remarks = {key: text for key in sections if (text := _text(data.get(f"{REMARK}-{key}", "")))}
    return Words(points, comments, remarks, _text(data.get(COMMENT, "")))


def _text(value):
    return value.replace("\r\n", "\n").replace("\x00", "")
