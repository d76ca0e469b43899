"""What a submission says, laid out for reading: sections, labels, values as people read them, files beside them."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from assessments.identifiers import Place
from assessments.submissions.fields import is_empty, name_of
from lms.texts import fits


@dataclass(frozen=True)
class Line:
    """One field as it is read: its label, its text or its rows (label, text pairs each), its files."""

    key: str
    label: str
    text: str = ""
    rows: list = field(default_factory=list)
    files: list = field(default_factory=list)

    @property
    def is_empty(self):
        return not (self.text or self.rows or self.files)


@dataclass(frozen=True)
class Part:
    """One section as it is read, and what was remarked beside it."""

    key: str
    title: str
    lines: list
    remark: str = ""


def files_by_field(submission, version=None):
    """The files of the draft, or of a version: {field: [PrivateFile]}. One query."""
    rows = submission.files.filter(version=version, file__erased_at=None).select_related("file")
    found = defaultdict(list)
    for row in rows:
        found[row.field].append(row.file)
    return dict(found)


def parts(form, content, files, remarks=None):
    """The content as sections of lines; what a section no longer asks for is still shown, under its key."""
    remarks = remarks or {}
    return [
        Part(section.key, str(section.title), list(_lines(section, content, files)), remarks.get(section.key, ""))
        for section in form.sections()
    ]


def _lines(section, content, files):
    values = content.get(section.key, {})
    for one in section.fields:
        value = values.get(one.key)
        if one.kind == "rows":
            rows = [[(str(part.label), spoken(part, row.get(part.key))) for part in one.fields] for row in value or []]
            yield Line(one.key, str(one.label), rows=rows)
        else:
            yield Line(one.key, str(one.label), text=spoken(one, value), files=files.get(one.key, []))


def spoken(one, value):
    """A value as people read it: labels instead of the keys of choices, days as the reader's language writes them."""
    if is_empty(value):
        return ""
    if one.kind in ("choice", "choices"):
        labels = dict(one.choices)
        return _(", ").join(str(labels.get(item, item)) for item in (value if isinstance(value, list) else [value]))
    return _day(value) if one.kind == "date" else str(value)


def _day(value):
    """A day as the reader's language writes it; what is no day yet, as it was typed."""
    try:
        return date_format(date.fromisoformat(value))
    except ValueError:
        return value


def places_and_texts(form, content, files):
    """(Place, text) of everything typed that fits its field and of the names of files, for the look for identifiers."""
    for section in form.sections():
        values = content.get(section.key, {})
        for one in section.fields:
            yield from _texts(section, one, values.get(one.key), files.get(one.key, []))


def _texts(section, one, value, files):
    label = f"{section.title} › {one.label}"
    if one.kind in ("line", "text") and fits(value, one.maximum):
        yield Place(section.key, one.key, label, name_of(one.key)), value
    elif one.kind == "rows":
        for number, row in enumerate(value or []):
            for part in one.fields:
                if part.kind in ("line", "text") and fits(row.get(part.key), part.maximum):
                    place = f"{label} {number + 1} › {part.label}"
                    target = name_of(one.key, number, part.key)
                    yield Place(section.key, one.key, place, target), row[part.key]
    for file in files:
        yield Place(section.key, one.key, _("name of the file %(name)s") % {"name": file.name}, one.key), file.name
