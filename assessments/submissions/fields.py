"""Reading and judging what was filled in, by the fields of a form. Pure: values in, values and problems out.

Values are kept as typed: text for line, text, choice, date and number; a list of texts for choices; a list of
{field: text} for rows. Files are rows of their own (``SubmissionFile``); here only their number matters.
"""

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lms.texts import LONGEST, MOST_ROWS, characters

PREFIX = "f"


@dataclass(frozen=True)
class Problem:
    """What keeps a section from being complete: where (``row`` of a table, from 0) and a sentence."""

    section: str
    field: str
    message: str
    label: str
    row: int | None = None
    part: str = ""

    @property
    def target(self):
        """The id of the control to mend it at."""
        return name_of(self.field, self.row, self.part)


def name_of(field_key, row=None, part=""):
    """The name and id of a control: f-need, or f-contacts-0-done inside a row."""
    return f"{PREFIX}-{field_key}" if row is None else f"{PREFIX}-{field_key}-{row}-{part}"


def is_empty(value):
    if isinstance(value, list):
        return all(is_empty(item) for item in value)
    if isinstance(value, dict):
        return all(is_empty(item) for item in value.values())
    return not str(value or "").strip()


# --- reading --------------------------------------------------------------------------------------------------------
def read_section(section, data, stored):
    """The values of a section in a posted form (QueryDict), field by field.

    Where the person chose the stored value (after another window had saved), the stored one is taken.
    """
    values = {}
    for field in section.fields:
        if field.kind == "files":
            continue
        chosen = data.get(f"choose-{field.key}") == "stored"
        value = stored.get(field.key) if chosen else _read(field, data)
        if value is not None and not is_empty(value):
            values[field.key] = value
    return values


def _read(field, data):
    if field.kind == "rows":
        return _read_rows(field, data)
    if field.kind == "choices":
        known = {value for value, _label in field.choices}
        return [value for value in data.getlist(name_of(field.key)) if value in known]
    return _text(data.get(name_of(field.key), ""))


def _read_rows(field, data):
    """Rows in the order of their numbers, without empty ones and without the one whose removal was asked for."""
    gone = data.get("remove_row", "")
    rows = []
    for row in _row_numbers(field, data):
        values = {part.key: _text(data.get(name_of(field.key, row, part.key), "")) for part in field.fields}
        if not is_empty(values) and gone != f"{field.key}-{row}":
            rows.append(values)
    return rows


def _row_numbers(field, data):
    start = f"{PREFIX}-{field.key}-"
    numbers = {name[len(start) :].split("-")[0] for name in data if name.startswith(start)}
    return sorted(int(number) for number in numbers if number.isascii() and number.isdigit() and len(number) < 5)


def _text(value):
    return value.replace("\r\n", "\n").replace("\x00", "")


def too_long(section, values):
    """Problems of what cannot be kept as it is: nothing is cut, so nothing of the section is saved."""
    found = []
    for field in section.fields:
        value = values.get(field.key)
        if field.kind == "rows":
            found += _too_many_rows(section, field, value or [])
        elif isinstance(value, str) and len(value) > LONGEST:
            found.append(Problem(section.key, field.key, _too_long(value), str(field.label)))
    return found


def _too_many_rows(section, field, rows):
    if len(rows) > MOST_ROWS:
        message = _("%(n)s rows; at most %(most)s can be kept") % {"n": len(rows), "most": MOST_ROWS}
        yield Problem(section.key, field.key, message, str(field.label))
    for number, row in enumerate(rows):
        for part in field.fields:
            if len(row.get(part.key, "")) > LONGEST:
                yield Problem(
                    section.key, field.key, _too_long(row[part.key]), _in_row(field, number, part), number, part.key
                )


def _too_long(text):
    return _("%(n)s characters; at most %(most)s can be kept") % {"n": len(text), "most": LONGEST}


# --- judging --------------------------------------------------------------------------------------------------------
def problems_of(section, values, files):
    """Everything that a section still lacks. ``files``: {field key: how many files it has}."""
    found = []
    for field in section.fields:
        if field.kind == "files":
            found += _files(section, field, files.get(field.key, 0))
        elif field.kind == "rows":
            found += _rows(section, field, values.get(field.key) or [])
        else:
            message = _judged(field, values.get(field.key))
            found += [Problem(section.key, field.key, message, str(field.label))] if message else []
    return found


def missing_in(form, draft, files):
    """Problems of all sections of a form, in order."""
    return [
        problem for section in form.sections() for problem in problems_of(section, draft.get(section.key, {}), files)
    ]


def _files(section, field, count):
    if count >= field.minimum:
        return []
    message = ngettext("Add at least %(n)s file", "Add at least %(n)s files", field.minimum) % {"n": field.minimum}
    return [Problem(section.key, field.key, message, str(field.label))]


def _rows(section, field, rows):
    short = field.minimum - len(rows)
    found = []
    if short > 0:
        message = ngettext("%(n)s more is needed", "%(n)s more are needed", short) % {"n": short}
        found.append(Problem(section.key, field.key, message, str(field.label)))
    for number, row in enumerate(rows):
        for part in field.fields:
            message = _judged(part, row.get(part.key))
            if message:
                found.append(Problem(section.key, field.key, message, _in_row(field, number, part), number, part.key))
    return found


def _in_row(field, number, part):
    return _("%(table)s, %(n)s: %(label)s") % {"table": field.label, "n": number + 1, "label": part.label}


def _judged(field, value):
    """What is wrong with one value, or an empty text."""
    if is_empty(value):
        return _("Please fill this in") if field.minimum else ""
    return JUDGES[field.kind](field, value)


def _judge_text(field, value):
    length = characters(value)
    if length < field.minimum:
        short = field.minimum - length
        return ngettext("%(n)s character is missing", "%(n)s characters are missing", short) % {"n": short}
    if length > field.maximum:
        over = length - field.maximum
        return ngettext("%(n)s character too many", "%(n)s characters too many", over) % {"n": over}
    return ""


def _judge_choice(field, value):
    return "" if value in {key for key, _label in field.choices} else _("Please choose one of the answers")


def _judge_choices(field, value):
    short = field.minimum - len(value)
    return ngettext("Choose %(n)s more", "Choose %(n)s more", short) % {"n": short} if short > 0 else ""


def _judge_date(field, value):
    try:
        datetime.date.fromisoformat(value)
    except ValueError:
        return _("Please give a date, for example 2026-11-18")
    return ""


def _judge_number(field, value):
    try:
        number = float(value)
    except ValueError:
        return _("Please give a number in figures")
    if not field.minimum <= number <= field.maximum:
        limits = {"least": field.minimum, "most": field.maximum}
        return _("Please give a number from %(least)s to %(most)s") % limits
    return ""


JUDGES = {
    "line": _judge_text,
    "text": _judge_text,
    "choice": _judge_choice,
    "choices": _judge_choices,
    "date": _judge_date,
    "number": _judge_number,
}
