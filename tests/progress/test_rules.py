"""The rules of study, each with values only."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import translation

from lms.progress import rules
from lms.progress.access import Standing
from lms.progress.next_step import next_step

NOON = datetime(2026, 11, 28, 4, tzinfo=UTC)


def standing(pk, state):
    return Standing(enrolment=pk, intake=pk * 10, track=1, state=state, frozen_at=None)


def test_an_active_place_goes_before_a_graduated_one():
    verdict = rules.enrolled([standing(1, "graduated"), standing(2, "active"), standing(3, "active")])

    assert verdict.facts == {"scope": "intake:20", "enrolment": 2}


@pytest.mark.parametrize(("states", "reason"), [(["withdrawn"], "You left"), ([], "learners of its track")])
def test_a_refusal_says_why(states, reason):
    with translation.override("en"):
        verdict = rules.enrolled([standing(1, state) for state in states])

    assert not verdict.met
    assert reason in verdict.reason


@pytest.mark.parametrize(("opens_in", "met"), [(None, True), (-1, True), (0, True), (1, False)])
def test_something_opens_at_its_very_moment(opens_in, met):
    opens_at = None if opens_in is None else NOON + timedelta(seconds=opens_in)

    assert rules.opened(opens_at, NOON).met is met


def test_the_date_of_opening_is_said_with_its_zone():
    with translation.override("en"):
        assert rules.opened(NOON, NOON - timedelta(days=1)).reason == "Opens on 28 Nov 2026 12:00 (Beijing time)."


def test_what_comes_first_is_named():
    with translation.override("en"):
        assert rules.after("测验", False).reason == "Opens when “测验” is complete."
    assert rules.after("测验", True)
    assert rules.after("", False)


def test_only_required_questions_hold_a_lesson_open():
    assert rules.may_finish([], [])
    assert rules.may_finish(["c1"], ["c1", "c2"])
    assert rules.may_finish(["c1", "c2", "c3"], ["c2"]).facts == {"open": 2}


@pytest.mark.parametrize(("done", "of", "share"), [(0, 0, 0), (0, 3, 0), (1, 3, 33), (199, 200, 99), (3, 3, 100)])
def test_a_share_is_full_only_when_all_is_done(done, of, share):
    assert rules.percent(done, of) == share


def test_without_courses_nothing_comes_next():
    assert next_step([], None) is None
