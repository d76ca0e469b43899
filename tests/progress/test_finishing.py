"""Answering a lesson's questions and pressing 学完了."""

import pytest
from django.urls import reverse

from lms.progress.models import CheckAnswer, Completion, LearningRecord
from tests import factories
from tests.progress.conftest import nodes


def finish(node):
    return reverse("learn:finish", args=[node.key])


def check(node, key="c1"):
    return reverse("learn:check", args=[node.key, key])


def text(response):
    return response.content.decode()


def test_a_lesson_without_questions_is_done_by_saying_so(opened, learner, course):
    first, second, _third = nodes(course)
    response = opened.post(finish(first))

    assert response.url == second.url
    record = LearningRecord.objects.get()
    assert (record.learner, record.activity_id, record.verb, record.minutes) == (
        learner,
        first.activity,
        "completed",
        20,
    )
    assert Completion.objects.get().completed_at == record.at


def test_opening_a_lesson_is_not_completing_it(opened, lesson):
    opened.get(lesson.url)

    assert not LearningRecord.objects.exists()


def test_a_second_click_records_nothing_more(opened, lesson):
    opened.post(finish(lesson))
    opened.post(finish(lesson))

    assert LearningRecord.objects.count() == 1
    assert Completion.objects.get().minutes == 20


def test_after_the_last_lesson_comes_the_course(opened, course):
    last = nodes(course)[-1]

    assert opened.post(finish(last)).url == reverse("wagtail_serve", args=["casework/"])


def test_a_required_question_has_to_be_answered_first(opened, asked):
    opened.cookies["django_language"] = "en"
    response = opened.post(finish(asked), follow=True)

    assert not LearningRecord.objects.exists()
    assert "1 question in the text is still to be answered." in text(response)

    opened.post(check(asked), {"answer": "0"})  # answered, if not rightly
    opened.post(finish(asked))
    assert LearningRecord.objects.count() == 1


def test_an_answer_is_told_at_once_and_the_newest_is_kept(opened, learner, asked):
    assert opened.post(check(asked), {"answer": "0"}).url == f"{asked.url}#check-c1"
    assert "孩子的安全在前" in text(opened.get(asked.url))

    page = text(opened.post(check(asked), {"answer": "1"}, headers={"x-requested-with": "fetch"}))
    assert "对，安全在前" in page and "<html" not in page
    answer = CheckAnswer.objects.get(learner=learner)
    assert (answer.response, answer.correct) == ([1], True)


def test_the_page_does_not_give_the_answer_away(opened, asked):
    page = text(opened.get(asked.url))

    assert "对，安全在前" not in page
    assert "correct" not in page


@pytest.mark.parametrize("answer", [{}, {"answer": "9"}, {"answer": "-1"}, {"answer": "x"}])
def test_an_answer_that_is_none_is_refused_with_a_word(opened, asked, answer):
    assert opened.post(check(asked), answer, headers={"x-requested-with": "fetch"}).status_code == 409
    assert not CheckAnswer.objects.exists()


def test_a_question_that_does_not_exist_is_not_found(opened, asked):
    assert opened.post(check(asked, "c9"), {"answer": "0"}).status_code == 404


def test_strangers_answer_and_finish_nothing(client, ana, asked):
    client.force_login(ana)
    client.post(check(asked), {"answer": "1"})
    client.post(finish(asked))

    assert not CheckAnswer.objects.exists()
    assert not LearningRecord.objects.exists()


def test_staff_may_try_a_question_but_nothing_is_kept(client, staff, asked):
    client.force_login(staff)
    response = client.post(check(asked), {"answer": "1"}, headers={"x-requested-with": "fetch"})

    assert "对，安全在前" in text(response)
    client.post(finish(asked))
    assert not CheckAnswer.objects.exists()
    assert not LearningRecord.objects.exists()


def test_a_finished_lesson_says_when(opened, lesson):
    opened.post(finish(lesson))
    opened.cookies["django_language"] = "en"
    page = text(opened.get(lesson.url))

    assert "Completed on" in page
    assert finish(lesson) not in page


def test_a_lesson_counts_once_for_a_learner_of_two_tracks(opened, learner, course, lesson):
    other = factories.track("P")
    other.course_rows.create(course=course)
    factories.enrol(learner, factories.intake("P"))
    opened.post(finish(lesson))
    opened.post(finish(lesson))

    assert LearningRecord.objects.count() == 1


def test_finishing_is_a_post(opened, lesson):
    assert opened.get(finish(lesson)).status_code == 405
