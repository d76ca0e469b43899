"""Attempts: started once, answers kept as they came, handed in once, closed when time is up."""

from datetime import timedelta

import pytest

from assessments import overrides
from assessments.questions.actions import write
from assessments.quizzes import actions as quiz_actions
from assessments.quizzes import overdue as attempts_overdue
from assessments.quizzes import results as quiz_results
from assessments.quizzes import rules as quiz_rules
from assessments.quizzes.attempts import Attempt, AttemptItem
from assessments.quizzes.paper import Answer
from content.events import LearningEvent
from lms import events, jobs
from lms.verdicts import Refused
from tests.assessments import quiz_factories as quizzes

SIX = list(quizzes.QUESTIONS)


@pytest.fixture
def module(courses, case_track):
    return quizzes.module([case_track])


@pytest.fixture
def told():
    """Every learning event that is published while the test runs."""
    found = []
    events.records(LearningEvent)(found.append)
    yield found
    events._records[LearningEvent].remove(found.append)


def started(module, who, now, kinds=("single",), scope="intake:1", **settings):
    activity = quizzes.activity_of(quizzes.quiz(module, kinds, **settings))
    return quiz_actions.start(activity, who, scope=scope, now=now)


def minutes(number):
    return timedelta(minutes=number)


# --- starting -------------------------------------------------------------------------------------------------------
def test_an_attempt_asks_the_newest_version_of_every_question(module, ana, now):
    page = quizzes.quiz(module, SIX)
    question = page.items.first().question
    newest = write(question, type="true_false", data={"text": "新的", "correct": True}, by=ana, now=now)
    attempt = quiz_actions.start(quizzes.activity_of(page), ana, scope="intake:1", now=now)
    assert [item.version.question_id for item in attempt.items.all()] == [row.question_id for row in page.items.all()]
    assert attempt.items.first().version == newest
    assert attempt.due_at == now + minutes(20)


def test_an_attempt_keeps_the_version_it_saw(module, ana, now):
    attempt = started(module, ana, now)
    seen = attempt.items.get().version
    write(seen.question, type="true_false", data={"text": "新的", "correct": True}, by=ana, now=now)
    assert attempt.items.get().version == seen


def test_starting_twice_gives_the_same_attempt(module, ana, now):
    first = started(module, ana, now)
    assert quiz_actions.start(first.activity, ana, scope="intake:1", now=now + minutes(1)) == first
    assert quiz_actions.start(first.activity, ana, scope="intake:2", now=now + minutes(1)) == first


def test_attempts_are_counted_under_their_scope(module, ana, now):
    first = started(module, ana, now, attempts=1)
    quiz_actions.submit(first, now=now)
    with pytest.raises(Refused):
        quiz_actions.start(first.activity, ana, scope="intake:1", now=now)
    second = quiz_actions.start(first.activity, ana, scope="intake:2", now=now)
    assert (second.scope, second.number) == ("intake:2", 1)


def test_an_override_gives_another_attempt_and_more_minutes(module, ana, staff, now):
    first = started(module, ana, now, attempts=1)
    quiz_actions.submit(first, now=now)
    overrides.give(first.activity, ana, reason="停电", by=staff, now=now, attempts=1, minutes=10)
    second = quiz_actions.start(first.activity, ana, scope="intake:1", now=now)
    assert (second.number, second.due_at) == (2, now + minutes(30))


def test_more_minutes_reach_the_attempt_that_is_open(module, ana, staff, now):
    attempt = started(module, ana, now)
    overrides.give(attempt.activity, ana, reason="网络不好", by=staff, now=now, minutes=15)
    attempt.refresh_from_db()
    assert attempt.due_at == now + minutes(35)


def test_an_attempt_ends_when_the_window_closes_unless_the_person_has_longer(module, ana, ben, staff, now):
    page = quizzes.quiz(module)
    page.closes_at = now + minutes(5)
    page.save_revision().publish()
    activity = quizzes.activity_of(page)
    overrides.give(activity, ben, reason="值班", by=staff, now=now, due_at=now + minutes(60))
    assert quiz_actions.start(activity, ana, scope="intake:1", now=now).due_at == now + minutes(5)
    assert quiz_actions.start(activity, ben, scope="intake:1", now=now).due_at == now + minutes(20)


def test_a_window_moved_while_people_answer_moves_for_them_too(module, ana, ben, staff, now):
    page = quizzes.quiz(module)
    page.closes_at = now + minutes(5)
    page.save_revision().publish()
    activity = quizzes.activity_of(page)
    overrides.give(activity, ben, reason="值班", by=staff, now=now, due_at=now + minutes(12))
    for person in (ana, ben):
        quiz_actions.start(activity, person, scope="", now=now)
    for closes, ends in ((10, {10, 12}), (15, {15}), (None, {20})):
        page.closes_at = None if closes is None else now + minutes(closes)
        page.save_revision().publish()
        assert set(Attempt.objects.values_list("due_at", flat=True)) == {now + minutes(n) for n in ends}


@pytest.mark.parametrize(("opens", "closes", "met"), [(1, None, False), (None, 0, False), (-1, 1, True), (0, 1, True)])
def test_the_window_decides_who_may_start(module, ana, now, opens, closes, met):
    page = quizzes.quiz(module)
    page.opens_at = None if opens is None else now + minutes(opens)
    page.closes_at = None if closes is None else now + minutes(closes)
    page.save_revision().publish()
    if met:
        assert quiz_actions.start(quizzes.activity_of(page), ana, scope="", now=now)
    else:
        with pytest.raises(Refused):
            quiz_actions.start(quizzes.activity_of(page), ana, scope="", now=now)


def test_a_quiz_that_is_not_live_or_empty_cannot_be_started(module, ana, now):
    page = quizzes.quiz(module)
    page.items.all().delete()
    with pytest.raises(Refused):
        quiz_actions.start(quizzes.activity_of(page), ana, scope="", now=now)
    page.unpublish()
    with pytest.raises(type(page).DoesNotExist):
        quiz_actions.start(quizzes.activity_of(page), ana, scope="", now=now)
    assert not Attempt.objects.exists()


# --- saving ---------------------------------------------------------------------------------------------------------
def test_a_saved_answer_has_a_revision_a_time_and_what_is_left(module, ana, now):
    attempt = started(module, ana, now)
    at = now + minutes(5)
    saved = quiz_actions.save_response(attempt, 1, "a", 0, now=at)
    item = attempt.items.get()
    assert (saved.revision, saved.saved_at, saved.remaining) == (1, at, 900)
    assert (item.response, item.revision, item.saved_at) == ("a", 1, at)


def test_a_stale_answer_never_overwrites_a_newer_one(module, ana, now):
    attempt = started(module, ana, now)
    quiz_actions.save_response(attempt, 1, "a", 0, now=now)
    with pytest.raises(quiz_actions.Stale) as stale:
        quiz_actions.save_response(attempt, 1, "b", 0, now=now)
    assert (stale.value.item.response, attempt.items.get().response) == ("a", "a")


def test_the_same_answer_sent_again_is_confirmed(module, ana, now):
    attempt = started(module, ana, now)
    first = quiz_actions.save_response(attempt, 1, "a", 0, now=now)
    again = quiz_actions.save_response(attempt, 1, "a", 0, now=now)
    assert again == first


@pytest.mark.parametrize(("seconds", "kept"), [(-1, True), (0, True), (10, True), (11, False), (3600, False)])
def test_an_answer_counts_until_ten_seconds_after_the_end(module, ana, now, seconds, kept):
    attempt = started(module, ana, now)
    at = attempt.due_at + timedelta(seconds=seconds)
    if kept:
        assert quiz_actions.save_response(attempt, 1, "a", 0, now=at).remaining == max(0, -seconds)
    else:
        with pytest.raises(Refused):
            quiz_actions.save_response(attempt, 1, "a", 0, now=at)


def test_nothing_is_saved_after_handing_in(module, ana, now):
    attempt = started(module, ana, now)
    quiz_actions.submit(attempt, now=now)
    with pytest.raises(Refused):
        quiz_actions.save_response(attempt, 1, "a", 0, now=now)
    with pytest.raises(Refused):
        quiz_actions.save_all(attempt, [Answer(1, "a", 0)], now=now)
    assert attempt.items.get().response is None


def test_a_page_with_one_stale_answer_keeps_none(module, ana, now):
    attempt = started(module, ana, now, ["single", "true_false"])
    quiz_actions.save_response(attempt, 2, "true", 0, now=now)
    answers = [Answer(1, "a", 0), Answer(2, "false", 0)]
    with pytest.raises(quiz_actions.Stale):
        quiz_actions.save_all(attempt, answers, now=now)
    assert list(attempt.items.values_list("response", flat=True)) == [None, "true"]


# --- handing in -----------------------------------------------------------------------------------------------------
def test_everything_right_is_a_hundred(module, ana, now, told):
    attempt = started(module, ana, now, SIX)
    quizzes.answer_all(attempt, now)
    done = quiz_actions.submit(attempt, now=now + minutes(3))
    assert (done.points, done.points_possible, done.percent, done.passed) == (6, 6, 100, True)
    assert [(event.verb, event.score, event.key) for event in told] == [
        ("attempted", 100, f"attempt:{attempt.uuid}"),
        ("passed", 100, f"attempt:{attempt.uuid}:passed"),
    ]
    assert told[0].facts == {"scope": "intake:1", "number": 1, "attempt": str(attempt.uuid)}


def test_nothing_answered_is_nothing(module, ana, now, told):
    done = quiz_actions.submit(started(module, ana, now, SIX), now=now)
    assert (done.percent, done.passed, done.closed_by) == (0, False, "learner")
    assert [event.verb for event in told] == ["attempted"]


def test_points_weigh_questions(module, ana, now):
    page = quizzes.quiz(module, ["single", "true_false"])
    page.items.filter(sort_order=0).update(points=3)
    attempt = quiz_actions.start(quizzes.activity_of(page), ana, scope="", now=now)
    first = attempt.items.first()
    quiz_actions.save_response(attempt, 1, quizzes.right(first), 0, now=now)
    assert quiz_actions.submit(attempt, now=now).percent == 75


def test_handing_in_twice_is_handing_in_once(module, ana, now, told):
    attempt = started(module, ana, now)
    first = quiz_actions.submit(attempt, now=now)
    again = quiz_actions.submit(attempt, answers=[Answer(1, "b", 0)], now=now + minutes(1))
    assert (again.submitted_at, again.items.get().response) == (first.submitted_at, None)
    assert len(told) == 1


def test_answers_that_come_along_are_kept_and_marked(module, ana, now):
    attempt = started(module, ana, now)
    answer = Answer(1, quizzes.right(attempt.items.get()), 0)
    assert quiz_actions.submit(attempt, answers=[answer], now=now).percent == 100


def test_a_stale_answer_stops_handing_in_until_time_is_up(module, ana, now):
    attempt = started(module, ana, now)
    quiz_actions.save_response(attempt, 1, "a", 0, now=now)
    stale = [Answer(1, "b", 0)]
    with pytest.raises(quiz_actions.Stale):
        quiz_actions.submit(attempt, answers=stale, now=attempt.due_at - timedelta(seconds=1))
    done = quiz_actions.submit(attempt, answers=stale, now=attempt.due_at)
    assert (done.submitted_at, done.items.get().response) == (attempt.due_at, "a")


def test_without_a_pass_mark_handing_in_is_enough(module, ana, now, told):
    attempt = started(module, ana, now, pass_mark=None)
    done = quiz_actions.submit(attempt, now=now)
    assert (done.passed, [event.verb for event in told]) == (None, ["attempted", "passed"])


def test_a_question_whose_type_is_gone_counts_neither_for_nor_against(module, ana, now):
    attempt = started(module, ana, now, ["single", "true_false"])
    quizzes.answer_all(attempt, now)
    version = attempt.items.last().version
    version.type = "gone"
    version.save(update_fields=["type"])
    done = quiz_actions.submit(attempt, now=now)
    assert (done.points_possible, done.percent) == (1, 100)
    assert list(done.items.values_list("mark", "response").order_by("position"))[1] == (None, "false")


def test_who_has_passed_and_may_see_the_answers_starts_no_further_attempt(module, ana, now):
    attempt = started(module, ana, now)
    quizzes.answer_all(attempt, now)
    quiz_actions.submit(attempt, now=now)
    with pytest.raises(Refused):
        quiz_actions.start(attempt.activity, ana, scope="intake:1", now=now)


def test_the_best_attempt_counts(module, ana, now):
    first = started(module, ana, now, ["single", "true_false"], show_answers="never", pass_mark=50)
    quizzes.answer_all(first, now)
    quiz_actions.submit(first, now=now)
    second = quiz_actions.start(first.activity, ana, scope="intake:2", now=now)
    quiz_actions.submit(second, now=now)
    assert quiz_results.best(first.activity, ana) == first


def test_a_profile_adds_up_by_area(module, ana, now):
    rows = [
        quizzes.row("single", 1, area="A"),
        quizzes.row("true_false", 2, area="B"),
        quizzes.row("single", 3, area="A"),
    ]
    rows[2]["text"] = "又一问"
    data = {"questions": rows, "areas": [{"key": "A", "title": "政策"}, {"key": "B", "title": "风险"}]}
    attempt = started(module, ana, now, **data)
    quiz_actions.save_response(attempt, 1, quizzes.right(attempt.items.first()), 0, now=now)
    done = quiz_actions.submit(attempt, now=now)
    assert quiz_results.profile(done) == {"A": 50, "B": 0}
    assert quiz_results.area_names(done.activity) == {"A": "政策", "B": "风险"}


# --- time -----------------------------------------------------------------------------------------------------------
def test_the_worker_closes_what_is_overdue_with_what_was_saved(module, ana, ben, now):
    activity = quizzes.activity_of(quizzes.quiz(module))
    for person in (ana, ben):
        attempt = quiz_actions.start(activity, person, scope="", now=now)
        quizzes.answer_all(attempt, now)
    assert attempts_overdue.close_all(attempt.due_at + quiz_rules.GRACE) == 0
    assert attempts_overdue.close_all(attempt.due_at + quiz_rules.GRACE + timedelta(seconds=1)) == 2
    assert attempts_overdue.close_all(attempt.due_at + minutes(60)) == 0
    rows = Attempt.objects.values_list("closed_by", "percent", "submitted_at")
    assert set(rows) == {("worker", 100, attempt.due_at)}


def test_the_worker_has_the_job(module, ana, now):
    attempt = started(module, ana, now - minutes(60))
    assert jobs.jobs["assessments_overdue_attempts"].run(now) == 1
    attempt.refresh_from_db()
    assert attempt.closed_by == "worker"


def test_handing_in_too_late_closes_with_what_was_saved_in_time(module, ana, now):
    attempt = started(module, ana, now)
    late = [Answer(1, quizzes.right(attempt.items.get()), 0)]
    done = quiz_actions.submit(attempt, answers=late, now=attempt.due_at + minutes(1))
    assert (done.percent, done.closed_by, done.submitted_at) == (0, "time", attempt.due_at)


def test_starting_again_closes_the_overdue_attempt_first(module, ana, now):
    first = started(module, ana, now)
    second = quiz_actions.start(first.activity, ana, scope="intake:1", now=now + minutes(60))
    first.refresh_from_db()
    assert (first.closed_by, second.number) == ("time", 2)


def test_an_attempt_without_an_end_is_never_overdue(module, ana, now):
    attempt = started(module, ana, now, minutes=None)
    assert (attempt.due_at, quiz_actions.remaining(attempt, now)) == (None, None)
    assert attempts_overdue.close_all(now + timedelta(days=999)) == 0


# --- cost: two of each are the savepoint that stands for the transaction within a test -----------------------------
@pytest.mark.parametrize("number", [1, 3, 10])
def test_saving_an_answer_costs_one_read_and_one_write(module, ana, now, number, django_assert_num_queries):
    attempt = started(module, ana, now, (SIX * 2)[:number])
    with django_assert_num_queries(2 + 2):
        quiz_actions.save_response(attempt, 1, "a", 0, now=now)


@pytest.mark.parametrize("number", [1, 3, 10])
def test_handing_in_costs_the_same_for_any_number_of_questions(
    module, ana, now, number, django_assert_num_queries, monkeypatch
):
    """Lock, items, marks, result: without what those above write when they hear of it."""
    attempt = started(module, ana, now, (SIX * 2)[:number])
    quizzes.answer_all(attempt, now)
    monkeypatch.setitem(events._records, LearningEvent, [])
    with django_assert_num_queries(4 + 2):
        quiz_actions.submit(attempt, now=now)
    assert AttemptItem.objects.exclude(mark=None).count() == number


@pytest.mark.parametrize("number", [1, 3, 10])
def test_starting_costs_the_same_for_any_number_of_questions(module, ana, now, number, django_assert_num_queries):
    """Quiz, overdue ones, earlier ones, overrides, what it asks, the attempt, its questions."""
    activity = quizzes.activity_of(quizzes.quiz(module, (SIX * 2)[:number]))
    with django_assert_num_queries(7 + 2):
        quiz_actions.start(activity, ana, scope="intake:1", now=now)
