"""The learner's pages of a quiz: the way in, the paper with and without scripts, the check, the result."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from assessments.quizzes import actions as quiz_actions
from assessments.quizzes.attempts import Attempt
from lms import clock
from tests import factories
from tests.assessments import quiz_factories as quizzes
from tests.assessments.quiz_factories import address, sent, text, whole_paper

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


# --- the way in -----------------------------------------------------------------------------------------------------
def test_the_quiz_says_its_rules_and_starts(browser, quiz, learner, intake):
    page = text(browser.get(address("quiz", quiz)))
    assert all(words in page for words in ("单元测验", "共几题。"))
    answer = browser.post(address("quiz_start", quiz))
    attempt = Attempt.objects.get()
    assert answer.url == address("attempt", attempt)
    assert (attempt.learner, attempt.scope) == (learner, f"intake:{intake.pk}")
    assert address("attempt", attempt) in text(browser.get(address("quiz", quiz)))


def test_a_stranger_finds_no_quiz(client, quiz, ana):
    client.force_login(ana)
    assert client.get(address("quiz", quiz)).status_code == 404
    assert client.post(address("quiz_start", quiz)).status_code == 404
    assert not Attempt.objects.exists()


def test_staff_read_the_rules_and_take_no_attempt(client, quiz, staff):
    client.force_login(staff)
    assert client.get(address("quiz", quiz)).status_code == 200
    client.post(address("quiz_start", quiz))
    assert not Attempt.objects.exists()


def test_a_locked_quiz_says_why_and_nothing_else(browser, quiz):
    quiz.opens_at = clock.now() + timedelta(days=2)
    quiz.save_revision().publish()
    answer = browser.get(address("quiz", quiz))
    assert answer.status_code == 403
    assert "共几题" not in text(answer)
    assert browser.post(address("quiz_start", quiz)).url == address("quiz", quiz)
    assert not Attempt.objects.exists()


def test_nobody_sees_the_attempt_of_another(client, attempt, ana, staff):
    for person in (ana, staff):
        client.force_login(person)
        for name in ("attempt", "attempt_check", "attempt_result", "attempt_state"):
            assert client.get(address(name, attempt)).status_code == 404
        assert client.post(address("attempt_submit", attempt)).status_code == 404
        assert client.post(address("attempt_save", attempt, 1)).status_code == 404
    attempt.refresh_from_db()
    assert attempt.submitted_at is None


def test_a_course_page_of_the_quiz_leads_to_the_quiz(rf, quiz):
    assert quiz.serve(rf.get("/")).url == address("quiz", quiz)


# --- without scripts ------------------------------------------------------------------------------------------------
def test_the_form_saves_every_answer_and_leads_to_the_check_page(browser, attempt):
    answer = browser.post(address("attempt", attempt), whole_paper(attempt))
    assert answer.url == address("attempt_check", attempt)
    assert [item.response for item in attempt.items.all()] == [quizzes.right(item) for item in attempt.items.all()]
    browser.post(address("attempt_submit", attempt))
    attempt.refresh_from_db()
    assert (attempt.percent, attempt.closed_by) == (100, "learner")


def test_the_check_page_names_what_is_not_answered(browser, attempt):
    first = attempt.items.select_related("version").first()
    browser.post(address("attempt", attempt), sent(first))
    page = text(browser.get(address("attempt_check", attempt)))
    assert page.count("is-answered") == 1
    assert page.count(f"{address('attempt', attempt)}#q") == 6


def test_questions_that_were_not_sent_are_left_alone(browser, attempt):
    first, second = attempt.items.select_related("version")[:2]
    browser.post(address("attempt", attempt), sent(first))
    browser.post(address("attempt", attempt), sent(second))
    assert [item.response is not None for item in attempt.items.all()] == [True, True, False, False, False, False]


def test_a_page_that_was_overtaken_by_another_window_asks_before_it_overwrites(browser, attempt):
    item = attempt.items.get(position=4)
    quiz_actions.save_response(attempt, 4, "另一个窗口", 0, now=clock.now())
    answer = browser.post(address("attempt", attempt), sent(item, **{"q4-answer": "这个窗口"}))
    page = text(answer)
    assert answer.status_code == 409
    assert 'value="这个窗口"' in page
    assert "另一个窗口" in page
    assert 'name="q4-revision" value="1"' in page
    browser.post(address("attempt", attempt), {"q4-answer": "这个窗口", "q4-revision": "1"})
    assert attempt.items.get(position=4).response == "这个窗口"


def test_a_strange_answer_is_refused_beside_its_question(browser, attempt):
    answer = browser.post(address("attempt", attempt), {"q4-answer": "长" * 300, "q4-revision": "0"})
    assert answer.status_code == 422
    assert "field__error" in text(answer)
    assert attempt.items.get(position=4).response is None


def test_after_handing_in_the_paper_leads_to_the_result(browser, attempt):
    browser.post(address("attempt_submit", attempt))
    assert browser.get(address("attempt", attempt)).url == address("attempt_result", attempt)
    assert browser.get(address("attempt_check", attempt)).url == address("attempt_result", attempt)
    answer = browser.post(address("attempt", attempt), whole_paper(attempt))
    assert answer.url == address("attempt_result", attempt)
    assert not attempt.items.exclude(response=None).exists()


def test_an_open_attempt_has_no_result_yet(browser, attempt):
    assert browser.get(address("attempt_result", attempt)).url == address("attempt", attempt)


# --- with scripts ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("position", range(1, 7))
def test_an_answer_is_saved_as_it_is_given(browser, attempt, position):
    item = attempt.items.select_related("version").get(position=position)
    answer = browser.post(address("attempt_save", attempt, position), sent(item))
    told = answer.json()
    assert (answer.status_code, told["revision"]) == (200, 1)
    assert re.fullmatch(r"\d\d:\d\d", told["saved_at"])
    assert 1195 <= told["remaining"] <= 1200
    assert attempt.items.get(position=position).response == quizzes.right(item)


def test_a_stale_answer_gets_the_stored_one(browser, attempt):
    quiz_actions.save_response(attempt, 4, "先到的", 0, now=clock.now())
    answer = browser.post(address("attempt_save", attempt, 4), {"q4-answer": "后到的", "q4-revision": "0"})
    assert answer.status_code == 409
    assert (answer.json()["stored"], answer.json()["revision"]) == ("先到的", 1)


def test_after_handing_in_an_answer_is_sent_to_the_result(browser, attempt):
    browser.post(address("attempt_submit", attempt))
    answer = browser.post(address("attempt_save", attempt, 4), {"q4-answer": "晚了", "q4-revision": "0"})
    assert (answer.status_code, answer.json()["url"]) == (409, address("attempt_result", attempt))


def test_the_paper_can_hand_in_at_once(browser, attempt):
    answer = browser.post(address("attempt", attempt), whole_paper(attempt) | {"action": "submit"})
    assert answer.url == address("attempt_result", attempt)
    attempt.refresh_from_db()
    assert attempt.percent == 100


def test_a_page_that_slept_asks_what_is_left(browser, attempt):
    assert 1195 <= browser.get(address("attempt_state", attempt)).json()["remaining"] <= 1200
    clock.set_offset(timedelta(minutes=21))
    assert browser.get(address("attempt_state", attempt)).json() == {"url": address("attempt_result", attempt)}
    attempt.refresh_from_db()
    assert (attempt.closed_by, attempt.submitted_at) == ("time", attempt.due_at)


def test_the_next_read_closes_an_overdue_attempt(browser, attempt):
    clock.set_offset(timedelta(minutes=21))
    assert browser.get(address("attempt", attempt)).url == address("attempt_result", attempt)
    assert Attempt.objects.get().closed_by == "time"


# --- languages, and a type that is gone -----------------------------------------------------------------------------
def test_the_paper_is_in_the_readers_language(browser, module, learner, intake):
    page = quizzes.quiz(module, SIX, english=True, show_answers="submitted")
    attempt = quiz_actions.start(quizzes.activity_of(page), learner, scope="", now=clock.now())
    browser.cookies["django_language"] = "en"
    shown = text(browser.get(address("attempt", attempt)))
    assert all(words in shown for words in ("Question 1 single", "Question 6 matching", "Police", "Make safe"))
    browser.post(address("attempt", attempt), whole_paper(attempt) | {"q4-answer": "72 Hours", "action": "submit"})
    shown = text(browser.get(address("attempt_result", attempt)))
    assert "Because" in shown
    attempt.refresh_from_db()
    assert attempt.percent == 100


def test_a_question_whose_type_is_gone_is_shown_as_unavailable(browser, attempt):
    version = attempt.items.first().version
    version.type = "gone"
    version.save(update_fields=["type"])
    quiz_actions.save_response(attempt, 1, "kept", 0, now=clock.now())
    assert browser.get(address("attempt", attempt)).status_code == 200
    assert browser.post(address("attempt_save", attempt, 1), {"q1-revision": "1"}).status_code == 422
    browser.post(address("attempt_submit", attempt))
    assert browser.get(address("attempt_result", attempt)).status_code == 200
    assert attempt.items.first().response == "kept"


# --- cost -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("number", [1, 3, 10])
def test_the_paper_costs_the_same_for_any_number_of_questions(
    browser, module, learner, number, django_assert_num_queries
):
    """Session, user, attempt, quiz, questions, unread messages."""
    page = quizzes.quiz(module, (SIX * 2)[:number])
    attempt = quiz_actions.start(quizzes.activity_of(page), learner, scope="", now=clock.now())
    browser.get(address("attempt", attempt))
    with django_assert_num_queries(6):
        browser.get(address("attempt", attempt))


@pytest.mark.parametrize("number", [1, 3, 10])
def test_autosave_costs_session_user_question_and_the_action(
    browser, module, learner, number, django_assert_num_queries
):
    page = quizzes.quiz(module, (SIX * 2)[:number])
    attempt = quiz_actions.start(quizzes.activity_of(page), learner, scope="", now=clock.now())
    item = attempt.items.select_related("version").first()
    with django_assert_num_queries(5 + 2):
        browser.post(address("attempt_save", attempt, 1), sent(item))


@pytest.mark.parametrize("number", [1, 3, 10])
def test_the_result_costs_the_same_for_any_number_of_questions(
    browser, module, learner, number, django_assert_num_queries
):
    page = quizzes.quiz(module, (SIX * 2)[:number], show_answers="submitted")
    attempt = quiz_actions.start(quizzes.activity_of(page), learner, scope="", now=clock.now())
    quiz_actions.submit(attempt, now=clock.now())
    browser.get(address("attempt_result", attempt))
    with django_assert_num_queries(10):
        browser.get(address("attempt_result", attempt))


@pytest.mark.parametrize("number", [1, 3])
def test_the_way_in_costs_the_same_for_any_number_of_attempts(
    browser, module, learner, intake, number, django_assert_num_queries
):
    page = quizzes.quiz(module, attempts=9)
    scope = f"intake:{intake.pk}"
    for _number in range(number):
        current = quiz_actions.start(quizzes.activity_of(page), learner, scope=scope, now=clock.now())
        quiz_actions.submit(current, now=clock.now())
    browser.get(address("quiz", page))
    with django_assert_num_queries(10):
        browser.get(address("quiz", page))


def test_another_learner_sees_only_their_own_attempts(client, attempt, intake):
    other = factories.person("other")
    factories.enrol(other, intake)
    client.force_login(other)
    page = text(client.get(reverse("assessments:quiz", args=[attempt.activity.uuid])))
    assert address("attempt", attempt) not in page
