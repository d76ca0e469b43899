"""The page of a course: ticks, locks with their reason, required and optional; for visitors to look at."""

import pytest
from django.urls import reverse
from wagtail import hooks
from wagtail.models import PageViewRestriction

from lms.programmes.models import IntakeActivity, TrackActivity
from tests import factories
from tests.progress.conftest import nodes, quiz


@pytest.fixture
def url(course):
    return reverse("wagtail_serve", args=["casework/"])


def rows(response):
    return [(row.node.title, row.state, str(row.note)) for row in response.context["outline"].rows]


def test_what_is_done_is_ticked(opened, course, lesson, url):
    opened.post(reverse("learn:finish", args=[lesson.key]))
    plan = opened.get(url).context["outline"]

    assert [row.state for row in plan.rows] == ["done", "open", "open"]
    assert (plan.done, plan.percent) == (1, 33)


def test_an_activity_that_opens_later_says_when(opened, module, url, case_track, tomorrow):
    opened.cookies["django_language"] = "en"
    factories.lesson(module, "以后", tracks=[case_track], opens_at=tomorrow)
    response = opened.get(url)
    title, state, note = rows(response)[-1]

    assert (title, state) == ("以后", "locked")
    assert "Beijing time" in note
    later = nodes(module.get_parent().specific)[-1]
    locked = opened.get(later.url)
    assert locked.status_code == 403
    assert note in locked.content.decode()


def test_a_module_that_opens_later_closes_what_is_in_it(opened, course, url, case_track, tomorrow):
    part = factories.module(course, "单元 2", opens_at=tomorrow)
    factories.lesson(part, "里面", tracks=[case_track])

    assert rows(opened.get(url))[-1][:2] == ("里面", "locked")


def test_an_activity_opens_when_the_one_before_it_is_complete(opened, module, lesson, url, case_track):
    opened.cookies["django_language"] = "en"
    factories.lesson(module, "然后", tracks=[case_track], after=lesson.key)
    assert rows(opened.get(url))[-1] == ("然后", "locked", "Opens when “课时 1.1” is complete.")

    opened.post(reverse("learn:finish", args=[lesson.key]))
    assert rows(opened.get(url))[-1][:2] == ("然后", "open")


def test_a_locked_lesson_is_not_finished_either(opened, module, tomorrow):
    page = factories.lesson(module, "以后", opens_at=tomorrow)
    opened.post(reverse("learn:finish", args=[page.translation_key]))

    assert rows(opened.get(reverse("wagtail_serve", args=["casework/"])))[-1][1] == "locked"


def test_staff_see_no_locks(client, staff, module, url, tomorrow):
    factories.lesson(module, "以后", opens_at=tomorrow)
    client.force_login(staff)

    assert rows(client.get(url))[-1][1] == "open"


def test_optional_activities_are_named_and_not_counted(opened, module, url):
    opened.cookies["django_language"] = "en"
    factories.lesson(module, "选修课")
    response = opened.get(url)

    assert rows(response)[-1] == ("选修课", "open", "optional")
    assert len(response.context["outline"].required) == 3


def test_what_the_intake_froze_is_required_whatever_the_track_says_now(opened, course, intake, url, now):
    first, *_ = nodes(course)
    intake.frozen_at = now
    intake.save()
    IntakeActivity.objects.create(intake=intake, activity_id=first.activity, title=first.title, kind="lesson")
    TrackActivity.objects.all().delete()

    assert [row.node.title for row in opened.get(url).context["outline"].required] == [first.title]


def test_visitors_look_at_a_listed_course_and_open_nothing(client, course, url):
    response = client.get(url)

    assert {state for _title, state, _note in rows(response)} == {"locked"}
    assert nodes(course)[0].url not in response.content.decode()


def test_an_unlisted_course_is_shown_to_its_learners_only(client, learner, course, url):
    course.listed = False
    factories.publish(course)
    assert client.get(url).status_code == 404

    client.force_login(learner)
    assert client.get(url).status_code == 200


@pytest.mark.parametrize("lessons", [1, 3])
def test_the_outline_costs_the_same_with_one_lesson_and_with_three(
    opened, case_track, lessons, django_assert_num_queries
):
    factories.course("别的课", lessons=lessons, tracks=[case_track], slug="other")
    url = reverse("wagtail_serve", args=["other/"])
    opened.get(url)

    with django_assert_num_queries(6):  # session, user, enrolments, ticks, required, unread
        opened.get(url)


def test_a_module_leads_to_its_place_in_the_course(opened, course, url):
    assert opened.get(f"{url}m1/").url == f"{url}#module-1"


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_quiz_goes_on_to_its_own_page_also_for_readers_of_a_language_that_it_lacks(opened, module, url, language):
    page = quiz(module)
    opened.cookies["django_language"] = language

    assert opened.get(f"{url}m1/quiz/").url == reverse("assessments:quiz", args=[page.translation_key])


def test_an_address_that_is_none_is_not_found(client, course):
    assert client.get("/courses/nothing/here/").status_code == 404


def test_wagtails_view_restrictions_hold(opened, course, lesson, url):
    PageViewRestriction.objects.create(page=course, restriction_type="password", password="secret")
    response = opened.get(lesson.url)

    assert "learn:finish" not in response.content.decode() and "/finish/" not in response.content.decode()
    assert b'type="password"' in response.content


def test_a_plugins_serving_hook_is_asked(opened, lesson):
    seen = []

    def spy(serve):
        def inner(page, request, args, kwargs):
            seen.append(page.title)
            return serve(page, request, args, kwargs)

        return inner

    with hooks.register_temporarily("on_serve_page", spy):
        assert opened.get(lesson.url).status_code == 200
    assert seen == ["课时 1.1"]


def test_a_withdrawn_lesson_is_gone(opened, lesson, course):
    page = course.get_children().first().get_children().first()
    page.unpublish()

    assert opened.get(lesson.url).status_code == 404


def test_the_list_of_courses_is_wagtails_page(client, course):
    response = client.get(reverse("courses:list"))

    assert response.status_code == 200
    assert course.title in response.content.decode()
