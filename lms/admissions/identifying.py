"""What in an application might tell who a child is: pointed out to the applicant before sending, and to staff."""

from assessments import identifiers
from lms.admissions import form
from lms.texts import fits

SECTIONS = ("reasons", "evidence")  # where children are written about


def in_application(application):
    """Findings in the saved answers, in order."""
    parts = [part for part in form.sections(application.programme.region) if part.key in SECTIONS]
    texts = [text for part in parts for text in _texts(part, application.answers.get(part.key, {}))]
    return identifiers.find(texts)


def in_section(part, values):
    """Findings in one part as typed, where it fits its fields; nothing where no children are written about."""
    return identifiers.find(_texts(part, values)) if part.key in SECTIONS else []


def _texts(part, values):
    for field in part.fields:
        if field.kind == "text" and fits(values.get(field.key), field.maximum):
            yield identifiers.Place(part.key, field.key, field.label, f"id_f-{field.key}"), values[field.key]
    for n, row in enumerate(values.get("rows", [])):
        for field in part.rows.fields:
            if field.kind in ("text", "line") and fits(row.get(field.key), field.maximum):
                place = identifiers.Place(part.key, f"{field.key}-{n}", field.label, f"id_row-{n}-{field.key}")
                yield place, row[field.key]
