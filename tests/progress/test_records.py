"""Events become records once; completions are what the records amount to."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import transaction
from django.urls import reverse

from content.events import LearningEvent
from lms.events import publish
from lms.progress.models import Completion, LearningRecord
from lms.progress.records import rebuild
from tests import factories
from tests.progress.conftest import nodes, quiz

FIELDS = ("learner", "activity", "completed_at", "best_score", "minutes")


def tell(activity, learner, verb, at, key, **more):
    with transaction.atomic():
        publish(LearningEvent(activity_id=activity.pk, learner_id=learner.pk, verb=verb, at=at, key=key, **more))


def completions():
    return sorted(Completion.objects.values_list(*FIELDS))


@pytest.fixture
def tested(module):
    return factories.activity_of(quiz(module))


def test_an_event_told_twice_is_recorded_once(learner, tested, now):
    tell(tested, learner, "passed", now, "attempt:1", minutes=30, score=80)
    tell(tested, learner, "passed", now, "attempt:1", minutes=30, score=80)

    assert LearningRecord.objects.count() == 1
    assert Completion.objects.get().minutes == 30


def test_the_best_score_is_kept_and_the_first_passing_counts(learner, tested, now):
    later = [now + timedelta(days=day) for day in range(4)]
    tell(tested, learner, "attempted", later[0], "attempt:1", score=40)
    assert Completion.objects.get().completed_at is None

    tell(tested, learner, "passed", later[1], "attempt:2", score=90)
    tell(tested, learner, "passed", later[2], "attempt:3", score=75)
    done = Completion.objects.get()
    assert (done.completed_at, done.best_score) == (later[1], 90)


def test_a_kind_whose_plugin_is_gone_is_never_complete(learner, tested, now):
    type(tested).objects.update(kind="gone_game")
    tell(tested, learner, "passed", now, "attempt:1")

    assert Completion.objects.get().completed_at is None


def test_rebuilding_gives_what_was_there(opened, learner, ana, intake, course, tested, now):
    factories.enrol(ana, intake)
    for number, (person, verb, score) in enumerate(
        [(learner, "attempted", 50), (learner, "passed", 80), (ana, "attempted", 10), (ana, "attempted", 30)]
    ):
        tell(tested, person, verb, now + timedelta(hours=number), f"attempt:{number}", score=score, minutes=10)
    for node in nodes(course)[:3]:
        opened.post(reverse("learn:finish", args=[node.key]))
    before = completions()

    Completion.objects.filter(learner=ana).update(best_score=100, completed_at=now)
    Completion.objects.filter(learner=learner).delete()
    call_command("rebuild_completions")

    assert completions() == before


def test_rebuilding_takes_away_what_no_record_stands_behind(learner, tested, now):
    Completion.objects.create(learner=learner, activity=tested, completed_at=now)

    assert rebuild() == 0
    assert not Completion.objects.exists()


@pytest.mark.parametrize("people", [1, 3])
def test_rebuilding_costs_the_same_for_one_and_for_three(tested, people, now, django_assert_num_queries):
    for number in range(people):
        tell(tested, factories.person(f"p{number}"), "passed", now, f"attempt:{number}")

    with django_assert_num_queries(6):  # kinds, records, savepoint, UPSERT, savepoint, what nothing stands behind
        rebuild()
