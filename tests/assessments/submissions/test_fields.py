"""What was filled in is read as typed and judged in the words of the person who fills in."""

import pytest
from django.http import QueryDict

from assessments.submissions import Field, Section
from assessments.submissions.fields import problems_of, read_section
from tests.assessments.submission_factories import LONG, Record

pytestmark = pytest.mark.usefixtures("in_english")
ABOUT, WORK = Record().sections()


def posted(**data):
    query = QueryDict(mutable=True)
    for name, value in data.items():
        query.setlist(name.replace("_", "-"), value if isinstance(value, list) else [value])
    return query


def test_a_section_is_read_as_typed_without_what_is_empty_or_unknown():
    data = posted(f_source="station", f_need="第一行\r\n第二行", f_risks=["care", "nonsense"], f_other="x", f_seen="")
    assert read_section(ABOUT, data, {}) == {"source": "station", "need": "第一行\n第二行", "risks": ["care"]}


def test_rows_keep_their_order_and_empty_ones_fall_away():
    data = posted(**{
        "f-contacts-2-done": "second", "f-contacts-0-week": "1", "f-contacts-0-done": "first",
        "f-contacts-1-week": "", "f-contacts-1-done": " ", "f-contacts-x-done": "no row",
    })  # fmt: skip
    rows = read_section(WORK, data, {})["contacts"]
    assert [row["done"] for row in rows] == ["first", "second"]
    data["remove_row"] = "contacts-0"
    assert [row["done"] for row in read_section(WORK, data, {})["contacts"]] == ["second"]


def test_where_the_stored_value_was_chosen_it_is_taken():
    data = posted(f_need="mine", f_source="school", **{"choose-need": "stored"})
    assert read_section(ABOUT, data, {"need": "theirs"}) == {"need": "theirs", "source": "school"}


def test_everything_missing_is_said_with_figures_and_where():
    values = {"source": "nowhere", "need": "太短了", "seen": "yesterday"}
    found = {problem.target: problem.message for problem in problems_of(ABOUT, values, {})}
    assert found == {
        "f-source": "Please choose one of the answers",
        "f-need": "37 characters are missing",
        "f-seen": "Please give a date, for example 2026-11-18",
    }
    rows = problems_of(WORK, {"contacts": [{"week": "99", "done": "短"}]}, {})
    assert [(problem.target, problem.message) for problem in rows] == [
        ("f-contacts", "1 more is needed"),
        ("f-contacts-0-week", "Please give a number from 1 to 60"),
        ("f-contacts-0-done", "9 characters are missing"),
    ]
    assert rows[1].label == "Contact, 1: Week"


def test_files_and_too_long_texts_are_judged_too():
    section = Section("s", "S", (Field("scan", "Scan", "files", minimum=2), Field("note", "Note", maximum=5)))
    found = problems_of(section, {"note": "一二三四五六"}, {"scan": 1})
    assert [problem.message for problem in found] == ["Add at least 2 files", "1 character too many"]


def test_nothing_is_missing_where_everything_optional_is_empty():
    section = Section("s", "S", (Field("a", "A"), Field("b", "B", "rows", fields=(Field("c", "C", minimum=1),))))
    assert problems_of(section, {}, {}) == []
    assert problems_of(ABOUT, {"source": "school", "need": LONG, "seen": "2026-11-04"}, {}) == []
