"""The instructor's view of a quiz: attempts, shares, spreadsheet; for those who were granted its course."""

from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import translation
from openpyxl import load_workbook
from wagtail.models import PageLogEntry

from assessments.quizzes import actions as quiz_actions
from assessments.quizzes.attempts import Attempt
from lms import clock
from lms.programmes.models import TrackCourse
from tests import factories
from tests.assessments import quiz_factories as quizzes

ENGLISH = {"Accept-Language": "en"}


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
    """The browser of 角明, who teaches the course."""
    user = factories.person("instructor", name="角明")
    factories.grant(user, "instructor", course=course)
    client.force_login(user)
    return client


def tried(quiz, name, *, rightly=True, scope="intake:1"):
    now = clock.now()
    attempt = quiz_actions.start(quizzes.activity_of(quiz), factories.person(name), scope=scope, now=now)
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


def test_that_a_spreadsheet_was_taken_is_in_the_log_with_the_number_and_no_name(desk, quiz):
    tried(quiz, "甲")
    tried(quiz, "乙")
    desk.get(page_of(quiz, "quiz_spreadsheet"))
    [entry] = PageLogEntry.objects.filter(action="assessments.quiz.export")
    assert (entry.user.username, entry.page_id, entry.data) == ("instructor", quiz.pk, {"attempts": 2})
    with translation.override("en"):
        assert str(entry.message) == "Attempts downloaded: 2"
    desk.get(page_of(quiz))
    assert PageLogEntry.objects.filter(action="assessments.quiz.export").count() == 1


# --- whose attempts are shown to whom -------------------------------------------------------------------------------
def seen_by(client, user, quiz):
    """The names on the page of a quiz; or the status of what is not there."""
    client.force_login(user)
    answer = client.get(page_of(quiz))
    if answer.status_code != 200:
        return answer.status_code
    return {str(attempt.learner) for attempt in answer.context["page"]}


def test_who_may_edit_the_page_without_being_its_instructor_sees_nobody(client, quiz, course):
    tried(quiz, "甲")
    author = factories.person("author", is_staff=True)
    quizzes.give_course(author, course)
    client.force_login(author)
    for url in (page_of(quiz), page_of(quiz, "quiz_spreadsheet"), reverse("desk_assessments:quizzes")):
        assert client.get(url).status_code == 404


@pytest.mark.parametrize("role", ["reviewer", "staff", "director", "signatory"])
def test_other_roles_of_the_programme_see_nobody(client, quiz, programme, role):
    tried(quiz, "甲")
    person = factories.person("other")
    factories.grant(person, role, programme=programme)
    assert seen_by(client, person, quiz) == 404


def test_an_instructor_of_another_course_finds_an_empty_list_and_no_door(client, quiz):
    tried(quiz, "甲")
    stranger = factories.person("stranger")
    factories.grant(stranger, "instructor", course=factories.course("危机干预", lessons=0, slug="crisis"))
    assert seen_by(client, stranger, quiz) == 404
    assert client.get(page_of(quiz, "quiz_spreadsheet")).status_code == 404
    assert "No quizzes yet" in client.get(reverse("desk_assessments:quizzes"), headers=ENGLISH).content.decode()


def test_a_grant_that_ended_shows_nobody_any_more(client, quiz, course, now):
    tried(quiz, "甲")
    person = factories.person("former")
    grant = factories.grant(person, "instructor", course=course)
    assert seen_by(client, person, quiz) == {"甲"}
    type(grant).objects.update(until=now)
    assert seen_by(client, person, quiz) == 404


def test_an_instructor_of_a_programme_sees_its_learners_and_not_another_ones(client, quiz, course, programme, now):
    """A course that two programmes share is the same course; its learners are not."""
    ours = factories.intake("K")
    TrackCourse.objects.create(track=ours.track, course=course)
    tried(quiz, "甲", scope=f"intake:{ours.pk}")
    tried(quiz, "乙", scope=f"intake:{ours.pk + 1}")
    person = factories.person("programme-instructor")
    factories.grant(person, "instructor", programme=programme)
    assert seen_by(client, person, quiz) == {"甲"}


def test_applicants_who_were_assessed_are_not_among_the_learners(desk, quiz):
    tried(quiz, "甲")
    applied = tried(quiz, "乙")
    Attempt.objects.filter(pk=applied.pk).update(scope="application:1")
    page = desk.get(page_of(quiz))
    assert {str(attempt.learner) for attempt in page.context["page"]} == {"甲"}
    assert page.context["questions"][0]["answers"] == 1


def test_the_rail_of_the_desk_leads_instructors_to_their_quizzes_and_no_one_else(desk, client, staff):
    door = f'href="{reverse("desk_assessments:quizzes")}"'
    assert door in desk.get(reverse("desk:home")).content.decode()
    client.force_login(staff)
    assert door not in client.get(reverse("desk:home")).content.decode()


# --- what it costs --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_for_any_number_of_attempts(desk, quiz, number, django_assert_num_queries):
    for n in range(number):
        tried(quiz, f"person-{n}", rightly=True)
    desk.get(page_of(quiz))
    with django_assert_num_queries(7):
        desk.get(page_of(quiz))


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_of_quizzes_costs_the_same_for_any_number(desk, course, number, django_assert_num_queries):
    module = factories.module(course)
    for n in range(number):
        quizzes.quiz(module, slug=f"quiz-{n}")
    desk.get(reverse("desk_assessments:quizzes"))
    with django_assert_num_queries(6):
        page = desk.get(reverse("desk_assessments:quizzes"))
    assert len(page.context["page"]) == number
