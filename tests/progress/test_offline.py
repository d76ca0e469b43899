"""Lessons that were opened can be read without a network, by the one who opened them."""

import pytest
from django.urls import reverse

from lms import clock


def test_the_service_worker_watches_the_whole_site_and_is_never_stale(client, db):
    response = client.get(reverse("learn:sw"))

    assert response["Content-Type"].startswith("text/javascript")
    assert response["Service-Worker-Allowed"] == "/"
    assert "no-cache" in response["Cache-Control"]
    for path in ("/accounts/logout/", "/admin/logout/", "/accounts/login/"):
        assert f'"{path}"' in response.content.decode()


def test_a_lesson_says_whose_copy_it_is(client, learner, ana, intake, lesson):
    ana.enrolments.create(intake=intake, enrolled_at=intake.opens_at)
    marks = set()
    for user in (learner, ana):
        client.force_login(user)
        response = client.get(lesson.url)
        assert response["Cache-Control"] == "private, no-cache"
        marks.add(response["X-Reader"].split()[0])

    assert len(marks) == 2
    assert str(learner.pk) not in marks


@pytest.mark.parametrize(("remembered", "days"), [(True, 14), (False, 0.5)])
def test_a_lesson_says_until_when_it_may_be_kept(client, learner, lesson, remembered, days):
    """As long as its reader stays signed in; half a day where they did not ask to stay signed in."""
    client.force_login(learner)
    session = client.session
    session.set_expiry(None if remembered else 0)
    session.save()
    _mark, until = client.get(lesson.url)["X-Reader"].split()
    assert abs(int(until) - clock.real_now().timestamp() - days * 24 * 3600) < 60


def test_people_who_work_here_keep_no_lesson_on_their_device(client, staff, lesson):
    client.force_login(staff)
    answer = client.get(lesson.url)
    assert (answer.status_code, "X-Reader" in answer) == (200, False)


@pytest.mark.parametrize("door", ["/accounts/logout/", "/admin/logout/"])
def test_signing_out_clears_what_the_browser_kept(client, learner, door):
    client.force_login(learner)
    answer = client.post(door)
    assert (answer.status_code, answer["Clear-Site-Data"]) == (302, '"cache", "storage"')
    assert "_auth_user_id" not in client.session


def test_nothing_private_may_be_kept(opened, client, lesson, ana):
    private = [reverse("learn:home"), reverse("learn:tasks"), reverse("learn:record"), reverse("inbox:list")]
    assert all("X-Reader" not in opened.get(url) for url in private)

    client.force_login(ana)  # a lesson that stays closed leaves no copy
    assert "X-Reader" not in client.get(lesson.url)


def test_a_visitors_look_at_a_course_is_not_kept(client, course):
    assert "X-Reader" not in client.get(reverse("wagtail_serve", args=["casework/"]))
