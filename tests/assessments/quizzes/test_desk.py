"""The instructor's view of a quiz: attempts, shares, spreadsheet; for those who may edit its page."""

from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from assessments.quizzes import actions as quiz_actions
from lms import clock
from tests import factories
from tests.assessments import quiz_factories as quizzes


@pytest.fixture(autouse=True)
def without_second_factor(settings):
    settings.SECOND_FACTOR_REQUIRED = False


@pytest.fixture
def course(courses):
    return factories.course("个案服务", lessons=0, slug="casework")


@pytest.fixture
def quiz(course):
    return quizzes.quiz(factories.module(course), ["single", "true_false"])


@pytest.fixture
def desk(client, course):
    """The browser of 角明, who may edit the course."""
    user = factories.person("instructor", name="角明", is_staff=True)
    quizzes.give_course(user, course)
    client.force_login(user)
    return client


def tried(quiz, name, *, rightly):
    now = clock.now()
    attempt = quiz_actions.start(quizzes.activity_of(quiz), factories.person(name), scope="intake:1", now=now)
    quizzes.answer_all(attempt, now, rightly=rightly)
    return quiz_actions.submit(attempt, now=now)


def page_of(quiz, name="quiz"):
    return reverse(f"desk_assessments:{name}", args=[quiz.translation_key])


def test_attempts_are_listed_with_their_results(desk, quiz):
    tried(quiz, "甲", rightly=True)
    tried(quiz, "乙", rightly=False)
    open_one = quiz_actions.start(quizzes.activity_of(quiz), factories.person("丙"), scope="", now=clock.now())
    page = desk.get(page_of(quiz)).content.decode()
    assert [name in page for name in ("甲", "乙", str(open_one.learner))] == [True, True, False]
    assert page.count("50%") == 2


@pytest.mark.parametrize(
    ("query", "names"), [("name=甲", {"甲"}), ("result=passed", {"甲"}), ("result=failed", {"乙"})]
)
def test_attempts_can_be_filtered(desk, quiz, query, names):
    tried(quiz, "甲", rightly=True)
    tried(quiz, "乙", rightly=False)
    page = desk.get(f"{page_of(quiz)}?{query}")
    assert {str(attempt.learner) for attempt in page.context["page"]} == names


def test_the_list_of_quizzes_adds_up(desk, quiz):
    tried(quiz, "甲", rightly=True)
    tried(quiz, "乙", rightly=False)
    row = desk.get(reverse("desk_assessments:quizzes")).context["page"][0]
    assert (row.pk, row.attempts, row.learners, row.average) == (quiz.pk, 2, 2, 50)


def test_the_spreadsheet_has_every_attempt_and_every_mark(desk, quiz):
    tried(quiz, "甲", rightly=True)
    tried(quiz, "=乙", rightly=False)
    answer = desk.get(page_of(quiz, "quiz_spreadsheet"))
    rows = list(load_workbook(BytesIO(b"".join(answer.streaming_content))).active.values)
    assert rows[0][-2:] == tuple(item.question.title for item in quiz.items.all())
    assert [(row[0], row[2], row[5], row[6], *row[7:]) for row in rows[1:]] == [
        ("甲", 1, 100, True, 1, 1),
        ("'=乙", 1, 0, False, 0, 0),
    ]


def test_only_those_who_may_edit_the_quiz_see_it(client, quiz, staff, ana):
    other = factories.course("危机干预", lessons=0, slug="crisis")
    stranger = factories.person("stranger", is_staff=True)
    quizzes.give_course(stranger, other)
    for person in (ana, staff, stranger):
        client.force_login(person)
        assert client.get(page_of(quiz)).status_code == 404
        assert client.get(page_of(quiz, "quiz_spreadsheet")).status_code == 404
        assert client.get(reverse("desk_assessments:quizzes")).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_for_any_number_of_attempts(desk, quiz, number, django_assert_num_queries):
    for n in range(number):
        tried(quiz, f"person-{n}", rightly=True)
    desk.get(page_of(quiz))
    with django_assert_num_queries(10):
        desk.get(page_of(quiz))
