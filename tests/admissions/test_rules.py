"""Rules of admission: values in, verdicts out."""

from datetime import UTC, date, datetime, timedelta

import pytest

from lms.admissions import placeholders, rules
from lms.admissions.working_days import add_working_days, is_working_day

CLOSES = datetime(2025, 3, 23, 10, 0, tzinfo=UTC)  # 18:00 in Beijing


@pytest.mark.parametrize(
    ("arrived", "taken"), [(timedelta(seconds=-1), True), (timedelta(0), False), (timedelta(seconds=1), False)]
)
def test_closing_is_exclusive(arrived, taken):
    verdict = rules.accepts(opens_at=CLOSES - timedelta(days=9), closes_at=CLOSES, arrived_at=CLOSES + arrived)
    assert bool(verdict) is taken


@pytest.mark.parametrize(
    ("spans", "months"),
    [
        ([], 0),
        ([("2024-01", "2024-12")], 12),
        ([("2024-01", "2024-06"), ("2024-04", "2024-12")], 12),
        ([("2024-01", "2024-03"), ("2024-10", "2024-12")], 6),
        ([("2026-01", None)], 3),
        ([("2026-01", "2030-01")], 3),
    ],
)
def test_months_that_overlap_count_once_and_the_future_does_not_count(spans, months):
    def day(text):
        return text and date(int(text[:4]), int(text[5:]), 1)

    assert rules.months_of_service([(day(a), day(b)) for a, b in spans], date(2026, 3, 20)) == months


def test_twelve_months_and_one_period_in_the_district_are_needed():
    assert rules.enough_months(12)
    assert not rules.enough_months(11)
    assert rules.in_district(["elsewhere", "nansha"], "elsewhere")
    assert not rules.in_district(["elsewhere", ""], "elsewhere")


@pytest.mark.parametrize(
    ("totals", "mean", "third"),
    [
        ([], None, False),
        ([70], None, False),
        ([70, 80], 75, False),
        ([70, 85], 77.5, False),
        ([70, 85.5], None, True),
        ([94, 72, 82], 77, False),
        ([90, 70, 80], 85, False),
    ],
)
def test_two_scorers_or_the_two_closest_of_three(totals, mean, third):
    settlement = rules.settle(totals)
    assert settlement.mean == mean
    assert settlement.needs_third is third


def test_ties_are_explained_by_the_first_difference():
    row = (76.5, 24, 36, CLOSES)
    assert "24" in rules.tie((76.5, 25, 20, CLOSES), row)
    assert "36" in rules.tie((76.5, 24, 40, CLOSES), row)
    assert rules.tie((76.5, 24, 36, CLOSES - timedelta(hours=1)), row)
    assert rules.tie((77.5, 20, 1, CLOSES), row) == ""


@pytest.mark.parametrize(
    ("day", "count", "result"),
    [
        (date(2026, 11, 24), 3, date(2026, 11, 27)),
        (date(2026, 11, 26), 3, date(2026, 12, 1)),
        (date(2026, 9, 30), 1, date(2026, 10, 8)),
        (date(2026, 10, 9), 1, date(2026, 10, 10)),
    ],
)
def test_working_days_know_holidays_and_the_days_worked_in_exchange(day, count, result):
    assert add_working_days(day, count) == result


def test_a_weekend_is_not_a_working_day():
    assert not is_working_day(date(2026, 11, 28))


def test_placeholders_come_from_a_closed_list_and_values_are_never_read_again():
    assert placeholders.unknown("offer", "{name} {deadline} {score} {position}") == ["score", "position"]
    assert placeholders.fill("{name}!", {"name": "{number}"}) == "{number}!"
    assert placeholders.unknown("offer", "{name.__class__} {}") == ["name.__class__", ""]


def test_every_placeholder_has_a_sample():
    used = {name for kind in placeholders.BY_KIND for name in placeholders.names(kind)}
    assert used == set(placeholders.SAMPLES)
