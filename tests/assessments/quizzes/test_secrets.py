"""Nothing that reveals a right answer reaches the browser before the quiz's policy allows it."""

import re
from datetime import timedelta

import pytest

from assessments import overrides
from assessments.quizzes import actions as quiz_actions
from lms import clock
from tests.assessments import quiz_factories as quizzes
from tests.assessments.quiz_factories import address, sent, text

SIX = list(quizzes.QUESTIONS)


@pytest.fixture
def module(courses, case_track):
    return quizzes.module([case_track])


@pytest.fixture
def browser(client, learner):
    """The learner's browser."""
    client.force_login(learner)
    return client


@pytest.fixture
def quiz(module):
    return quizzes.quiz(module, SIX)


@pytest.fixture
def attempt(quiz, learner, intake):
    activity = quizzes.activity_of(quiz)
    return quiz_actions.start(activity, learner, scope=f"intake:{intake.pk}", now=clock.now())


ANSWERS = {"single": (), "multiple": (), "true_false": (), "short_answer": ("72小时", "七十二小时")}


def before_and_during(browser, attempt, kind):
    """Every answer that a learner's browser can get while the attempt is open."""
    item = attempt.items.select_related("version").get()
    yield browser.get(address("quiz", attempt.activity))
    yield browser.get(address("attempt", attempt))
    yield browser.post(address("attempt_save", attempt, 1), {"q1-revision": "0"})
    yield browser.post(address("attempt_save", attempt, 1), {"q1-revision": "9", "q1-answer": "x" * 999})
    wrong = {key: value for key, value in sent(item).items() if "revision" in key}
    yield browser.post(address("attempt", attempt), wrong)
    yield browser.get(address("attempt_check", attempt))
    yield browser.get(address("attempt_state", attempt))


@pytest.mark.parametrize("kind", SIX)
def test_no_answer_reaches_the_browser_before_the_policy_allows(browser, module, learner, intake, kind):
    page = quizzes.quiz(module, [kind], show_answers="never")
    scope = f"intake:{intake.pk}"
    attempt = quiz_actions.start(quizzes.activity_of(page), learner, scope=scope, now=clock.now())
    seen = [text(answer) for answer in before_and_during(browser, attempt, kind)]
    browser.post(address("attempt_submit", attempt))
    seen += [text(browser.get(address("attempt_result", attempt))), text(browser.get(address("quiz", page)))]
    for secret in (quizzes.SECRET, *ANSWERS.get(kind, ())):
        assert not [page for page in seen if secret in page]
    assert not re.search(r"correct|accepted", "".join(seen))


@pytest.mark.parametrize("kind", SIX)
def test_the_whole_page_is_the_same_whichever_answer_is_right(browser, module, learner, kind, monkeypatch):
    """Two quizzes that differ only in what is right give the same paper, but for the ids of attempt and token."""
    monkeypatch.setattr("secrets.randbits", lambda bits: 11)
    pages = []
    for slug, changes in (("one", {}), ("two", quizzes.OTHERWISE[kind])):
        page = quizzes.quiz(module, slug=slug, questions=[quizzes.row(kind, **changes)])
        attempt = quiz_actions.start(quizzes.activity_of(page), learner, scope="", now=clock.now())
        shown = text(browser.get(address("attempt", attempt)))
        quiz_actions.submit(attempt, now=clock.now())
        pages.append(re.sub(r"[0-9a-f-]{36}|value=\"\w{64}\"|\d\d:\d\d|data-remaining=\"\d+\"|#[a-z-]+", "", shown))
    assert pages[0] == pages[1]


@pytest.mark.parametrize("kind", SIX)
def test_the_answers_are_shown_when_the_policy_allows(browser, module, learner, kind):
    page = quizzes.quiz(module, [kind], show_answers="submitted")
    attempt = quiz_actions.start(quizzes.activity_of(page), learner, scope="", now=clock.now())
    browser.post(address("attempt_submit", attempt))
    shown = text(browser.get(address("attempt_result", attempt)))
    assert quizzes.SECRET in shown
    version = attempt.items.get().version
    assert version.asked("zh-hans").answer().split("；")[0].split("; ")[0] in shown


def test_answers_stay_hidden_until_passed_or_no_attempt_is_left(browser, quiz, attempt):
    for number in (1, 2, 3):
        current = quiz_actions.start(attempt.activity, attempt.learner, scope=attempt.scope, now=clock.now())
        assert current.number == number
        browser.post(address("attempt_submit", current))
        shown = quizzes.SECRET in text(browser.get(address("attempt_result", current)))
        assert shown == (number == 3)


def test_an_earlier_result_shows_no_answers_while_the_last_attempt_is_open(browser, quiz, attempt):
    quiz_actions.submit(attempt, now=clock.now())
    for _number in (2, 3):
        last = quiz_actions.start(attempt.activity, attempt.learner, scope=attempt.scope, now=clock.now())
        if _number == 2:
            quiz_actions.submit(last, now=clock.now())
    assert quizzes.SECRET not in text(browser.get(address("attempt_result", attempt)))
    quiz_actions.submit(last, now=clock.now())
    assert quizzes.SECRET in text(browser.get(address("attempt_result", attempt)))


def test_answers_after_closing_wait_for_the_reader_who_has_longer(browser, quiz, attempt, staff):
    quiz.show_answers, quiz.closes_at = "closed", clock.now() + timedelta(hours=1)
    quiz.save_revision().publish()
    quiz_actions.submit(attempt, now=clock.now())
    overrides.give(
        attempt.activity,
        attempt.learner,
        reason="值班",
        by=staff,
        now=clock.now(),
        due_at=clock.now() + timedelta(hours=3),
    )
    for hours, shown in ((0, False), (2, False), (4, True)):
        clock.set_offset(timedelta(hours=hours))
        assert (quizzes.SECRET in text(browser.get(address("attempt_result", attempt)))) == shown
