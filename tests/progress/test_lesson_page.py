"""The page of a lesson: who may open it, what it costs, where it leads."""

from datetime import timedelta

import pytest
from django.urls import reverse

from lms.progress.models import CheckAnswer, Visit
from tests import factories
from tests.progress.conftest import nodes, question


@pytest.fixture
def url(lesson):
    return lesson.url


def text(response):
    return response.content.decode()


def test_a_learner_reads_the_lesson_of_their_track(opened, url):
    page = text(opened.get(url))

    assert "<h1>课时 1.1</h1>" in page
    assert reverse("learn:finish", args=[Visit.objects.get().activity.uuid]) in page


def test_a_visitor_is_asked_to_sign_in_and_comes_back(client, url):
    assert client.get(url).url == f"{reverse('account_login')}?next={url}"


def test_somebody_without_a_place_is_told_why_not(client, ana, url):
    client.force_login(ana)
    response = client.get(url)

    assert response.status_code == 403
    assert "open to learners of its track" in text(response) or "学员" in text(response)


@pytest.mark.parametrize(("state", "status"), [("active", 200), ("graduated", 200), ("ended", 403), ("withdrawn", 403)])
def test_graduates_may_go_on_reading_and_who_left_may_not(opened, enrolment, url, state, status):
    enrolment.state = state
    enrolment.save()

    assert opened.get(url).status_code == status


def test_staff_supervisors_and_instructors_read_without_leaving_a_trace(client, course, url, staff, supervisor, ana):
    factories.grant(ana, "instructor", course=course)
    for user in (staff, supervisor, ana):
        client.force_login(user)
        response = client.get(url)
        assert response.status_code == 200
        assert "learn:finish" not in text(response) and "/finish/" not in text(response)
    assert not Visit.objects.exists()


def test_an_instructor_of_another_course_does_not_read_this_one(client, url, ana):
    factories.grant(ana, "instructor", course=factories.course("别的课"))
    client.force_login(ana)

    assert client.get(url).status_code == 403


def test_opening_a_lesson_costs_seven_queries(opened, asked, django_assert_num_queries):
    opened.get(asked.url)
    Visit.objects.all().delete()

    with django_assert_num_queries(
        7
    ):  # session, user, enrolment with visit, ticks, answers, UPSERT of the visit, unread
        opened.get(asked.url)
    with django_assert_num_queries(6):  # within the minute no visit is written
        opened.get(asked.url)


def test_opening_a_lesson_costs_the_same_with_three_lessons_blocks_and_learners(
    opened, module, intake, case_track, django_assert_num_queries
):
    body = [("rich_text", "<p>看身体。</p>"), *(question(f"c{n}") for n in range(3))]
    pages = [factories.lesson(module, f"课 {n}", body=body, tracks=[case_track]) for n in range(3)]
    for n in range(3):
        factories.enrol(factories.person(f"other{n}"), intake)
    url = nodes(module.get_parent().specific)[-1].url
    assert pages[-1].slug in url
    opened.get(url)
    Visit.objects.all().delete()

    with django_assert_num_queries(7):
        opened.get(url)


def test_the_visit_is_written_once_a_minute(opened, learner, url, now):
    opened.get(url)
    visit = Visit.objects.get(learner=learner)
    Visit.objects.update(last_at=now - timedelta(seconds=59), first_at=now - timedelta(days=1))
    opened.get(url)
    assert Visit.objects.get().last_at == now - timedelta(seconds=59)

    Visit.objects.update(last_at=now - timedelta(seconds=61))
    opened.get(url)
    again = Visit.objects.get()
    assert again.pk == visit.pk
    assert again.last_at >= now
    assert again.first_at == now - timedelta(days=1)


def test_the_place_reached_is_kept_and_given_back(opened, learner, lesson):
    response = opened.post(reverse("learn:position", args=[lesson.key]), {"position": "0.4567"})

    assert response.status_code == 204
    assert 'data-position="0.457"' in text(opened.get(lesson.url))


@pytest.mark.parametrize("position", ["", "far", "nan"])
def test_a_place_that_is_no_number_is_refused(opened, lesson, position):
    assert opened.post(reverse("learn:position", args=[lesson.key]), {"position": position}).status_code == 400


def test_a_place_beyond_the_page_is_its_end(opened, lesson):
    opened.post(reverse("learn:position", args=[lesson.key]), {"position": "7"})

    assert Visit.objects.get().position == 1


def test_nobody_else_can_leave_a_place(client, ana, lesson):
    client.force_login(ana)

    assert client.post(reverse("learn:position", args=[lesson.key]), {"position": "0.5"}).status_code == 400
    assert not Visit.objects.exists()


def test_two_learners_read_one_body_with_their_own_answers(client, learner, intake, ana, asked):
    factories.enrol(ana, intake)
    client.force_login(ana)
    client.post(reverse("learn:check", args=[asked.key, "c1"]), {"answer": "0"})

    assert "孩子的安全在前" in text(client.get(asked.url))
    client.force_login(learner)
    assert "孩子的安全在前" not in text(client.get(asked.url))
    assert CheckAnswer.objects.get().learner == ana


def test_the_reader_is_told_when_a_lesson_exists_in_chinese_only(opened, url):
    notice = "This lesson exists in Chinese only."
    assert notice not in text(opened.get(url))
    opened.cookies["django_language"] = "en"
    assert notice in text(opened.get(url))


def test_previous_and_next_follow_the_outline(opened, course):
    first, second, third = nodes(course)
    page = text(opened.get(second.url))

    assert f'href="{first.url}" rel="prev"' in page
    assert f'href="{third.url}" rel="next"' in page


def test_a_lesson_page_carries_little_script_and_no_htmx(opened, url):
    page = text(opened.get(url))

    assert "htmx" not in page
    assert page.count("<script") == 2
    assert "style=" not in page and "onclick" not in page
