"""Lessons that were opened can be read without a network, by the one who opened them."""

from django.urls import reverse


def test_the_service_worker_watches_the_whole_site_and_is_never_stale(client, db):
    response = client.get(reverse("learn:sw"))

    assert response["Content-Type"].startswith("text/javascript")
    assert response["Service-Worker-Allowed"] == "/"
    assert "no-cache" in response["Cache-Control"]
    assert reverse("account_logout") in response.content.decode()


def test_a_lesson_says_whose_copy_it_is(client, learner, ana, intake, lesson):
    ana.enrolments.create(intake=intake, enrolled_at=intake.opens_at)
    marks = set()
    for user in (learner, ana):
        client.force_login(user)
        response = client.get(lesson.url)
        assert response["Cache-Control"] == "private, no-cache"
        marks.add(response["X-Reader"])

    assert len(marks) == 2
    assert str(learner.pk) not in marks


def test_nothing_private_may_be_kept(opened, client, lesson, ana):
    private = [reverse("learn:home"), reverse("learn:tasks"), reverse("learn:record"), reverse("inbox:list")]
    assert all("X-Reader" not in opened.get(url) for url in private)

    client.force_login(ana)  # a lesson that stays closed leaves no copy
    assert "X-Reader" not in client.get(lesson.url)


def test_a_visitors_look_at_a_course_is_not_kept(client, course):
    assert "X-Reader" not in client.get(reverse("wagtail_serve", args=["casework/"]))
