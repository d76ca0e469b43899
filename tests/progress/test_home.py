"""The learner's home, tasks and record."""

import io
from datetime import timedelta

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from assessments.models import AssignmentPage, Grade, Override, Submission, SubmissionVersion
from assessments.quizzes import actions as quiz_actions
from lms.progress import study
from lms.progress.models import Completion, Visit
from lms.progress.outlook import Line, outlooks
from tests import factories
from tests.assessments import quiz_factories
from tests.progress.conftest import nodes, quiz

HOME, TASKS, RECORD = reverse("learn:home"), reverse("learn:tasks"), reverse("learn:record")


@pytest.fixture(autouse=True)
def only_our_own_lines():
    """Without the outlooks of the layers above, whose queries are theirs."""
    kept = list(outlooks)
    for outlook in kept:
        outlooks.unregister(outlook.key)
    yield
    for outlook in kept:
        outlooks.register(outlook)


def text(response):
    return response.content.decode()


def assignment(module, **fields):
    return factories.publish(module.add_child(instance=AssignmentPage(title="个案记录", slug="record", **fields)))


def test_home_begins_with_the_first_open_activity(opened, course):
    assert opened.get(HOME).context["step"].row.node == nodes(course)[0]


def test_home_goes_on_where_the_learner_was(opened, course):
    _first, second, third = nodes(course)
    opened.get(second.url)
    assert opened.get(HOME).context["step"].row.node == second

    opened.post(reverse("learn:finish", args=[second.key]))
    assert opened.get(HOME).context["step"].row.node == nodes(course)[0]
    opened.get(third.url)
    assert opened.get(HOME).context["step"].row.node == third


def test_what_is_required_in_another_course_comes_before_what_is_optional_in_this_one(
    opened, course, learner, case_track, now
):
    factories.lesson(course.get_children().first(), "选读")
    other = factories.course("另一门课", tracks=[case_track])
    for node in nodes(course)[:3]:
        Completion.objects.create(learner=learner, activity_id=node.activity, completed_at=now)
    opened.get(nodes(course)[2].url)
    assert opened.get(HOME).context["step"].row.node == nodes(other)[0]
    Completion.objects.create(learner=learner, activity_id=nodes(other)[0].activity, completed_at=now)
    assert opened.get(HOME).context["step"].row.node.title == "选读"


def test_work_that_was_returned_comes_before_everything(opened, learner, supervisor, module, now):
    activity = factories.activity_of(assignment(module))
    work = Submission.objects.create(
        activity=activity, author=learner, form="text", state=Submission.State.RETURNED, created_at=now
    )
    version = SubmissionVersion.objects.create(submission=work, number=1, submitted_at=now, receipt="R1", key="k1")
    Grade.objects.create(version=version, marker=supervisor, outcome="return", saved_at=now, released_at=now)
    response = opened.get(HOME)

    assert [back.activity for back in response.context["returned"]] == [activity]
    assert supervisor.name in text(response)
    assert [back.activity for back in opened.get(TASKS).context["returned"]] == [activity]


def test_a_track_says_what_is_missing_why_and_where(opened, course, lesson):
    opened.cookies["django_language"] = "en"
    opened.post(reverse("learn:finish", args=[lesson.key]))
    place, missing, met = opened.get(HOME).context["places"][0]

    assert place.percent == 33
    assert (missing, met) == ([Line(False, "Complete 2 required parts", "1 done, 3 needed", "/courses/casework/")], 0)


def test_the_layers_above_tell_what_they_ask_for(opened, course, enrolment):
    class Records:
        key = "records"

        @staticmethod
        def lines(enrolments, now):
            lines = [Line(False, "再交 1 份个案记录", "已通过 1 份，需要 2 份"), Line(True, "测验", "全部通过")]
            return {row.pk: lines for row in enrolments}

    outlooks.register(Records)
    try:
        response = opened.get(HOME)
    finally:
        outlooks.unregister("records")

    _place, missing, met = response.context["places"][0]
    assert ([line.todo for line in missing], met) == (["再交 1 份个案记录"], 1)
    assert "已通过 1 份，需要 2 份" in text(response)


def test_excused_activities_are_missing_no_more(opened, learner, staff, course, lesson, now):
    Override.objects.create(
        activity_id=lesson.activity, learner=learner, excused=True, reason="生病", given_by=staff, given_at=now
    )

    assert len(opened.get(HOME).context["places"][0][0].required) == 2


def test_a_later_date_for_one_person_wins(opened, learner, staff, module, now):
    page = quiz(module, closes_at=now + timedelta(days=2))
    assert [due.at for due in opened.get(HOME).context["dues"]] == [now + timedelta(days=2)]

    Override.objects.create(
        activity=factories.activity_of(page),
        learner=learner,
        due_at=now + timedelta(days=9),
        reason="产假",
        given_by=staff,
        given_at=now,
    )
    due = opened.get(HOME).context["dues"][0]
    assert (due.at, due.is_moved) == (now + timedelta(days=9), True)


def test_tasks_are_grouped_by_when_they_want_doing(opened, module, now, case_track):
    opened.cookies["django_language"] = "en"
    quiz(module, "明天", slug="q1", closes_at=now + timedelta(days=2))
    quiz(module, "很久以后", slug="q2", closes_at=now + timedelta(days=40))
    assignment(module, due_at=now - timedelta(days=1))
    factories.lesson(module, "还没开", opens_at=now + timedelta(days=3), tracks=[case_track])
    context = opened.get(TASKS).context

    assert [(title, [due.node.title for due in dues]) for title, dues in context["groups"]] == [
        ("Past its date", ["个案记录"]),
        ("The next 7 days", ["明天"]),
        ("Later", ["很久以后"]),
    ]
    assert [node.title for node, _course in context["openings"]] == ["还没开"]


def test_somebody_without_a_place_is_shown_the_way(client, ana):
    client.force_login(ana)
    client.cookies["django_language"] = "en"

    assert "You have no place in a track yet" in text(client.get(HOME))
    assert client.get(TASKS).status_code == 200


def test_who_withdrew_has_no_place_any_more(opened, enrolment):
    enrolment.state = "withdrawn"
    enrolment.save()

    assert "places" not in opened.get(HOME).context


@pytest.mark.parametrize("tracks", [1, 3])
def test_home_and_tasks_cost_the_same_with_one_track_and_with_three(
    client, ana, courses, tracks, now, django_assert_num_queries
):
    for code in "PCK"[:tracks]:
        page = factories.course(f"课程 {code}", lessons=tracks, tracks=[factories.track(code)])
        quiz(page.get_children().first().specific, closes_at=now + timedelta(days=tracks))
        factories.enrol(ana, factories.intake(code))
    client.force_login(ana)
    client.get(nodes(page)[0].url)
    client.get(HOME)

    with django_assert_num_queries(10):
        # session, user, places with courses, completions, required, overrides, attempts, returned, inbox, unread
        assert len(client.get(HOME).context["places"]) == tracks
    with django_assert_num_queries(10):  # … recent records instead of the inbox
        client.get(TASKS)
    assert Visit.objects.count() == 1


@pytest.mark.parametrize("address", [HOME, TASKS])
def test_a_quiz_that_was_begun_is_the_first_thing_to_see(opened, learner, course, now, address):
    page = quiz_factories.quiz(course.get_children().first().specific)
    attempt = quiz_actions.start(factories.activity_of(page), learner, scope="", now=now)
    shown = opened.get(address).content.decode()
    assert reverse("assessments:attempt", args=[attempt.uuid]) in shown
    assert f"{page.title}" in shown

    quiz_actions.submit(attempt, answers=[], now=now + timedelta(minutes=2))
    assert reverse("assessments:attempt", args=[attempt.uuid]) not in opened.get(address).content.decode()


def test_an_attempt_whose_time_is_over_is_not_called_running(learner, course, now):
    page = quiz_factories.quiz(course.get_children().first().specific)
    quiz_actions.start(factories.activity_of(page), learner, scope="", now=now)

    assert len(study.running(learner, now + timedelta(minutes=19))) == 1
    assert study.running(learner, now + timedelta(minutes=20)) == []


def test_the_record_lists_what_counts_and_exports_it(opened, learner, course):
    for node in nodes(course)[:2]:
        opened.post(reverse("learn:finish", args=[node.key]))
    response = opened.get(RECORD)
    sheet = b"".join(opened.get(reverse("learn:record_xlsx")).streaming_content)
    rows = list(load_workbook(io.BytesIO(sheet)).active.values)

    assert [row.title for row in response.context["rows"]] == ["课时 1.1", "课时 1.2"]
    assert response.context["minutes"] == 40
    assert [row[0] for row in rows[1:]] == ["课时 1.1", "课时 1.2"]


def test_the_record_is_ones_own(client, opened, lesson, ana):
    opened.post(reverse("learn:finish", args=[lesson.key]))
    client.force_login(ana)

    assert client.get(RECORD).context["rows"] == []


@pytest.mark.parametrize("lessons", [1, 3])
def test_the_record_costs_the_same_with_one_entry_and_with_three(opened, course, lessons, django_assert_num_queries):
    for node in nodes(course)[:lessons]:
        opened.post(reverse("learn:finish", args=[node.key]))

    with django_assert_num_queries(4):  # session, user, records, unread
        opened.get(RECORD)


@pytest.mark.parametrize("url", [HOME, TASKS, RECORD])
def test_the_learners_pages_ask_visitors_to_sign_in(client, db, url):
    assert client.get(url).status_code == 302
