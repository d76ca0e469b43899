"""Two hands at once: every effect happens once and every answer is kept or refused, never lost in silence.

Needs a database that many threads can write to: TEST_DATABASE_URL names a file or PostgreSQL.
"""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from assessments.quizzes import actions as quiz_actions
from assessments.quizzes import rules
from assessments.quizzes.actions import Stale
from assessments.quizzes.attempts import Attempt
from content.events import LearningEvent
from lms import events
from lms.verdicts import Refused
from tests import factories
from tests.assessments import quiz_factories as quizzes

pytestmark = [pytest.mark.races, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def real_database():
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip("needs a file database or PostgreSQL: set TEST_DATABASE_URL")


@pytest.fixture
def quiz(case_track):
    return quizzes.quiz(quizzes.module([case_track]), ["single", "true_false", "ordering"], attempts=1)


def together(number, act):
    """Run ``act(n)`` in so many threads that begin at the same moment; what each returned or raised."""
    barrier = Barrier(number)

    def one(n):
        try:
            barrier.wait()
            return act(n)
        except Exception as problem:
            return problem
        finally:
            connection.close()

    with ThreadPoolExecutor(number) as pool:
        return list(pool.map(one, range(number)))


def test_starting_at_the_same_moment_starts_one_attempt(quiz, ana, now):
    activity = quizzes.activity_of(quiz)
    found = together(12, lambda n: quiz_actions.start(activity, ana, scope="intake:1", now=now))
    assert {type(one) for one in found} == {Attempt}
    assert len({one.pk for one in found}) == Attempt.objects.count() == 1
    assert found[0].items.count() == 3


def test_the_last_attempt_is_started_once(quiz, ana, now):
    """Another scope at the same moment gets the open attempt too: one learner answers one paper at a time."""
    activity = quizzes.activity_of(quiz)
    found = together(8, lambda n: quiz_actions.start(activity, ana, scope=f"intake:{n % 2}", now=now))
    assert {type(one) for one in found} == {Attempt}
    assert Attempt.objects.count() == 1


def test_handing_in_at_the_same_moment_hands_in_once(quiz, ana, now):
    attempt = quiz_actions.start(quizzes.activity_of(quiz), ana, scope="intake:1", now=now)
    quizzes.answer_all(attempt, now)
    told = []
    events.records(LearningEvent)(told.append)
    try:
        found = together(12, lambda n: quiz_actions.submit(attempt, now=now))
    finally:
        events._records[LearningEvent].remove(told.append)
    assert {one.percent for one in found} == {100}
    assert [event.verb for event in told] == ["attempted", "passed"]


def test_two_windows_saving_the_same_question_keep_one_and_tell_the_other(quiz, ana, now):
    attempt = quiz_actions.start(quizzes.activity_of(quiz), ana, scope="intake:1", now=now)
    found = together(10, lambda n: quiz_actions.save_response(attempt, 1, f"answer {n}", 0, now=now))
    kept = [one for one in found if isinstance(one, quiz_actions.Saved)]
    assert len(kept) == 1
    assert all(isinstance(one, quiz_actions.Saved | Stale) for one in found)
    assert attempt.items.get(position=1).revision == 1


def test_an_answer_and_handing_in_at_the_same_moment_agree(quiz, now):
    """An answer that was acknowledged is in the result; one that came too late was refused."""
    for round_ in range(10):
        learner = factories.person(f"learner-{round_}")
        attempt = quiz_actions.start(quizzes.activity_of(quiz), learner, scope="intake:1", now=now)
        right = quizzes.right(attempt.items.select_related("version").get(position=1))
        acts = [
            lambda attempt=attempt, right=right: quiz_actions.save_response(attempt, 1, right, 0, now=now),
            lambda attempt=attempt: quiz_actions.submit(attempt, now=now),
        ]
        saved, _done = together(2, lambda n, acts=acts: acts[n]())
        attempt.refresh_from_db()
        assert isinstance(saved, quiz_actions.Saved | Refused)
        assert attempt.points == (1 if isinstance(saved, quiz_actions.Saved) else 0)
        assert attempt.items.get(position=1).mark == attempt.points


def test_closing_by_worker_and_by_reader_at_once_closes_once(quiz, ana, now):
    attempt = quiz_actions.start(quizzes.activity_of(quiz), ana, scope="intake:1", now=now)
    late = attempt.due_at + 2 * rules.GRACE
    every = Attempt.objects.all()
    together(8, lambda n: quiz_actions.close_overdue(every, now=late, by="worker" if n % 2 else "time"))
    attempt.refresh_from_db()
    assert (attempt.submitted_at, attempt.percent) == (attempt.due_at, 0)


def test_comparing_before_writing_instead_of_while_writing_loses_answers(quiz, now):
    """The negative control: if this rig could not lose an answer, the tests above would prove nothing."""

    def careless(attempt, answer):
        item = attempt.items.get(position=1)
        if item.revision:
            return False
        return attempt.items.filter(position=1).update(response=answer, revision=1)

    for round_ in range(30):
        learner = factories.person(f"learner-{round_}")
        attempt = quiz_actions.start(quizzes.activity_of(quiz), learner, scope="intake:1", now=now)
        if sum(together(8, lambda n, attempt=attempt: careless(attempt, f"answer {n}"))) > 1:
            return
    pytest.fail("thirty rounds without a lost answer")
