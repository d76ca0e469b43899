"""Lessons with something to answer, and learners in one track or in three."""

from datetime import timedelta

import pytest
from django.core.cache import caches

from assessments.models import QuizPage
from content.tree import course_tree
from lms.programmes.models import TrackActivity
from tests import factories


@pytest.fixture(autouse=True)
def empty_caches():
    for cache in caches.all():
        cache.clear()


def question(key="c1", **changes):
    """A check-yourself item whose second option is right."""
    options = [
        {"text": "先问大人", "correct": False, "feedback": "孩子的安全在前。"},
        {"text": "先看孩子是否安全", "correct": True, "feedback": "对，安全在前。"},
    ]
    return "check", {
        "key": key,
        "question": "先做什么？",
        "required": True,
        "multiple": False,
        "options": options,
    } | changes


def quiz(module, title="测验", *, tracks=(), **fields):
    page = factories.publish(
        module.add_child(instance=QuizPage(title=title, slug=fields.pop("slug", "quiz"), **fields))
    )
    for track in tracks:
        TrackActivity.objects.create(track=track, activity=factories.activity_of(page))
    return page


def nodes(course):
    """The activities of a course in order, as the kept tree has them."""
    return course_tree(course).rows


@pytest.fixture
def module(course):
    return course.get_children().first().specific


@pytest.fixture
def lesson(course):
    """The first lesson of the course, as a node of its tree."""
    return nodes(course)[0]


@pytest.fixture
def asked(module, case_track):
    """A lesson that asks one question."""
    page = factories.lesson(
        module, "先看五个方面", body=[("rich_text", "<p>看身体。</p>"), question()], tracks=[case_track]
    )
    return course_tree(module.get_parent().specific).node(page.translation_key)


@pytest.fixture
def opened(client, learner):
    """The client of the signed-in learner."""
    client.force_login(learner)
    return client


@pytest.fixture
def tomorrow(now):
    return now + timedelta(days=1)
