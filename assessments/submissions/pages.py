"""What the learner's pages of a submission show: the task list, the controls of a section, the released grades."""

from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from assessments.grading.models import Grade
from assessments.submissions.fields import is_empty, name_of, problems_of
from assessments.submissions.files import purpose, subject_of
from assessments.submissions.texts import spoken


# --- task list ------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Task:
    """One section in the task list. ``state``: done, begun, open, remarked."""

    key: str
    title: str
    hint: str
    state: str


def tasks(form, submission, files, remarks):
    """A row per section with its state; a remark of the marker comes first until the section was changed."""
    counts = {key: len(found) for key, found in files.items()}
    return [
        Task(
            section.key,
            section.title,
            section.hint,
            _state(section, submission.draft.get(section.key, {}), counts, section.key in remarks),
        )
        for section in form.sections()
    ]


def _state(section, values, counts, is_remarked):
    if is_remarked:
        return "remarked"
    if is_empty(values) and not any(counts.get(one.key) for one in section.fields):
        return "done" if not problems_of(section, values, counts) and values else "open"
    return "begun" if problems_of(section, values, counts) else "done"


# --- section --------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Control:
    """One field to be filled in: its name and value, what is wrong, and what another window stored instead.

    ``rows`` holds the controls of each row of a table; ``blank`` those of a row to be added by script.
    """

    field: object
    name: str
    value: object = ""
    error: str = ""
    stored: str | None = None
    rows: list = field(default_factory=list)
    blank: list = field(default_factory=list)
    files: list = field(default_factory=list)
    subject: str = ""
    refused: list = field(default_factory=list)

    @property
    def errors(self):
        """What is wrong with the field and with files that were just sent."""
        return [*filter(None, [self.error]), *self.refused]

    @property
    def kind(self):
        return self.field.kind

    @property
    def optional(self):
        return not self.field.minimum

    @property
    def choices(self):
        """(value, label, whether it is chosen)."""
        chosen = self.value if isinstance(self.value, list) else [self.value]
        return [(value, label, value in chosen) for value, label in self.field.choices]

    @property
    def counts_characters(self):
        return self.kind == "text" and self.field.minimum > 1

    @property
    def described_by(self):
        """Ids of hint and error, for assistive technology."""
        return " ".join(f"{self.name}-{part}" for part, there in (("hint", self.hint), ("error", self.error)) if there)

    @property
    def hint(self):
        if self.field.hint or not self.counts_characters:
            return self.field.hint
        return _("At least %(n)s characters, spaces not counted") % {"n": self.field.minimum}


def controls(section, submission, values, files, *, problems=(), refused=None, stored=None):
    """The controls of a section. ``stored``: the values of another window, shown beside those that differ."""
    errors = {problem.target: problem.message for problem in problems}
    shown = [_control(one, submission, values, files, errors, stored) for one in section.fields]
    return [replace(one, refused=(refused or {}).get(one.field.key, [])) for one in shown]


def _control(one, submission, values, files, errors, stored):
    name, value = name_of(one.key), values.get(one.key, [] if one.kind in ("rows", "choices") else "")
    other = None if stored is None or stored.get(one.key, value) == value else _told(one, stored.get(one.key))
    found = {"field": one, "name": name, "value": value, "error": errors.get(name, ""), "stored": other}
    if one.kind == "rows":
        shown = [*value, *[{}] * max(one.minimum - len(value), 1)]
        found["rows"] = [_row(one, number, row, errors) for number, row in enumerate(shown)]
        found["blank"] = _row(one, "__n__", {}, {})
    if one.kind == "files":
        found |= {"files": files.get(one.key, []), "subject": subject_of(submission, one.key)}
    return Control(**found)


def _row(one, number, row, errors):
    return [
        Control(part, name, row.get(part.key, ""), errors.get(name, ""))
        for part in one.fields
        for name in [name_of(one.key, number, part.key)]
    ]


def _told(one, value):
    """A stored value as text, rows one below the other."""
    if one.kind != "rows":
        return spoken(one, value)
    lines = (" · ".join(filter(None, (spoken(part, row.get(part.key)) for part in one.fields))) for row in value or [])
    return "\n".join(lines)


FILE_PURPOSE = purpose.key


# --- grades ---------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Judged:
    """One criterion of a released grade: the level that was chosen and what was written."""

    name: str
    level: object
    comment: str
    mark: float | None
    weight: int


@dataclass(frozen=True)
class Told:
    """A released grade as its author reads it."""

    grade: Grade
    criteria: list
    remarks: dict


def told(submission):
    """Released grades of all versions, newest first. A draft never gets here. Constant number of queries."""
    grades = Grade.objects.released().filter(version__submission=submission).order_by("-released_at", "-pk")
    found = grades.select_related("version", "marker").prefetch_related("items__criterion__levels", "remarks")
    return [
        Told(grade, _judged(grade), {one.section: one.text for one in grade.remarks.all() if one.text})
        for grade in found
    ]


def _judged(grade):
    items = sorted(grade.items.all(), key=lambda item: (item.criterion.sort_order or 0, item.criterion_id))
    return [_criterion(item) for item in items]


def _criterion(item):
    levels = list(item.criterion.levels.all())
    level = next((level for level in levels if level.points == item.points), None)
    best = max((level.points for level in levels), default=4)
    mark = None if item.points is None else item.criterion.weight * item.points / best
    return Judged(item.criterion.name, level, item.comment, mark, item.criterion.weight)
