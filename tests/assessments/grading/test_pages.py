"""The marking desk: only markers, longest first, every opening written down, nothing told before it is sent."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from assessments.models import Grade, Submission
from assessments.submissions import erasure as submission_erasure
from assessments.submissions.files import subject_of
from lms import clock
from lms.desk import queues
from media import actions as media_actions
from media.models import Opening
from tests.assessments import submission_factories as make
from tests.media import files

pytestmark = pytest.mark.django_db
QUEUE = "/desk/marking/"


@pytest.fixture
def desk(browser, supervisor):
    return browser(supervisor)


@pytest.fixture
def submission(work, learner, supervisor, in_english):
    """A record with one canary, handed in, for the supervisor to mark."""
    made = make.filled(work, learner, about={**make.ABOUT, "need": make.LONG + make.CANARY})
    make.hand_in(made)
    make.mark_by(made, supervisor)
    return made


@pytest.fixture
def wei_too(submission, ben):
    """A second marker of the same record."""
    make.mark_by(submission, ben)
    return ben


def url(submission):
    return reverse("desk_assessments:grade", args=[submission.uuid])


def text(response):
    return re.sub(r"\s+", " ", response.content.decode())


def chosen(rubric, *points, **more):
    names = [f"points-{criterion.pk}" for criterion in rubric.criteria.all()]
    return {**dict(zip(names, points, strict=False)), "base_revision": 0, **more}


# --- queue ----------------------------------------------------------------------------------------------------------
def test_the_longest_waiting_comes_first_and_answered_ones_leave(desk, work, learner, supervisor, in_english):
    now = clock.now()
    made = [make.filled(work, learner, key=f"case:{number}") for number in (1, 2, 3)]
    for one, days in zip(made, (1, 9, 3), strict=True):
        make.hand_in(one, now=now - timedelta(days=days))
        make.mark_by(one, supervisor)
    words = text(desk.get(QUEUE))
    assert [words.index(made[place].number) for place in (1, 2, 0)] == sorted(words.index(one.number) for one in made)
    assert words.count("overdue") == 1 and "3 wait for you" in words and "亢一凡" in words
    assert make.LONG[:9] not in words

    make.answer(made[1], supervisor, "return")
    assert made[1].number not in text(desk.get(QUEUE))
    assert made[1].number in text(desk.get(QUEUE + "?show=done"))
    found = text(desk.get(f"{QUEUE}?q={made[2].number}"))
    assert made[2].number in found and made[0].number not in found
    assert "Nothing found" in text(desk.get(QUEUE + "?q=zzz"))


def test_an_instructor_marks_numbers_and_cannot_search_for_names(browser, submission, ben):
    submission.markers.update(capacity="instructor", user=ben)
    desk = browser(ben)
    assert "亢一凡" not in text(desk.get(QUEUE)) + text(desk.get(url(submission)))
    assert submission.number not in text(desk.get(QUEUE + "?q=亢一凡"))
    assert submission.number in text(desk.get(QUEUE))


def test_the_desk_counts_what_waits_and_is_nothing_to_others(submission, supervisor, ana, now):
    queue = queues["to_mark"]
    assert (queue.count(supervisor, now), queue.count(ana, now), queue.url()) == (1, None, QUEUE)


# --- who ------------------------------------------------------------------------------------------------------------
def test_strangers_staff_the_author_and_yesterdays_marker_find_nothing(browser, submission, ana, staff, learner, now):
    for stranger in (ana, staff, learner):
        assert browser(stranger).get(url(submission)).status_code == 404
        assert browser(stranger).get(QUEUE).status_code == 404
        assert browser(stranger).post(url(submission), {"base_revision": 0}).status_code == 404
    submission.markers.update(until=now)
    answer = browser(submission.markers.get().user).get(url(submission))
    assert answer.status_code == 404 and make.CANARY not in text(answer)
    assert not Opening.objects.exists()


def test_a_draft_is_nobodys_to_mark(desk, work, learner, supervisor, in_english):
    draft = make.filled(work, learner)
    make.mark_by(draft, supervisor)
    assert desk.get(url(draft)).status_code == 404


def test_every_opening_of_the_text_is_written_before_it_is_shown(desk, submission, supervisor):
    answer = desk.get(url(submission))
    assert make.CANARY in text(answer)
    opening = Opening.objects.get()
    receipt = submission.versions.get().receipt
    assert (opening.user, opening.kind, opening.reference, opening.capacity) == (
        supervisor,
        "submission",
        receipt,
        "supervisor",
    )
    assert "no-store" in answer["Cache-Control"] and "unsafe-inline" not in answer["Content-Security-Policy"]


def test_a_closed_text_is_closed_to_its_marker_too(desk, submission, now):
    submission_erasure.close_text(submission, now)
    answer = desk.get(url(submission))
    assert "This text is closed" in text(answer) and make.CANARY not in text(answer)
    assert submission.number not in text(desk.get(QUEUE))
    assert not Opening.objects.exists()


def test_a_pdf_is_shown_beside_the_rubric_and_a_stranger_cannot_open_it(
    desk, browser, work, learner, supervisor, ana, in_english
):
    made = make.filled(work, learner)
    sent = SimpleUploadedFile("plan.pdf", files.pdf())
    file = media_actions.receive(sent, "submission", subject_of(made, "papers"), learner, made.created_at)
    address = reverse("media:file", args=[file.uuid])
    make.mark_by(made, supervisor)
    assert desk.get(address).status_code == 404, "not handed in yet"
    make.hand_in(made)
    assert f'src="{address}?inline=1"' in text(desk.get(url(made)))
    assert desk.get(address).status_code == 200
    assert browser(ana).get(address).status_code == 404
    assert Opening.objects.get(kind="file").capacity == "supervisor"


# --- grading --------------------------------------------------------------------------------------------------------
def test_all_levels_are_read_before_one_is_chosen_and_the_sum_follows(desk, submission, rubric):
    page = text(desk.get(url(submission)))
    assert page.count('class="level"') == 8 and page.count("level 3") == 2 and "2 left" in page
    desk.post(url(submission), chosen(rubric, 3, 2, comment="后天再看"))
    page = text(desk.get(url(submission)))
    assert '<b class="nums title-m" data-total>55</b>' in page and "后天再看" in page


def test_it_saves_as_one_types_and_a_second_window_loses_nothing(desk, submission, rubric):
    json = {"accept": "application/json"}
    saved = desk.post(url(submission), chosen(rubric, 4, comment="第一扇窗"), headers=json)
    stale = desk.post(url(submission), chosen(rubric, 2, comment="第二扇窗"), headers=json)
    assert (saved.json()["revision"], stale.status_code, stale.json()["stale"]) == (1, 409, True)
    both = desk.post(url(submission), chosen(rubric, 2, comment="第二扇窗"))
    assert both.status_code == 409 and "第一扇窗" in text(both) and "第二扇窗" in text(both)
    assert 'name="base_revision" value="1"' in text(both)
    desk.post(url(submission), {**chosen(rubric, 2, comment="第二扇窗"), "base_revision": 1})
    assert Grade.objects.get().comment == "第二扇窗"


def test_a_refused_outcome_says_why_and_keeps_every_word(desk, submission, rubric):
    answer = desk.post(url(submission), chosen(rubric, 1, 4, comment="漏了报告", outcome="accept"))
    assert answer.status_code == 422 and "lowest level in safety" in text(answer) and "漏了报告" in text(answer)
    assert Submission.objects.get().state == "submitted" and Grade.objects.get().comment == "漏了报告"


def test_the_author_sees_nothing_of_a_draft_and_all_of_an_answer(desk, browser, submission, learner, rubric):
    author = browser(learner)
    here = reverse("assessments:submission", args=[submission.uuid])
    part = reverse("assessments:section", args=[submission.uuid, "about"])
    first = rubric.criteria.first()
    words = {f"comment-{first.pk}": "同意写清楚了", "remark-about": "补上日期", "comment": "再写一稿"}
    desk.post(url(submission), chosen(rubric, 4, 2, **words))
    pages = text(author.get(here)) + text(author.get(reverse("assessments:version", args=[submission.uuid, 1])))
    assert not any(word in pages for word in words.values())

    after = desk.post(url(submission), {**chosen(rubric, 4, 2, **words), "base_revision": 1, "outcome": "return"})

    assert after["Location"] == QUEUE
    page = text(author.get(here))
    assert "It came back for revision" in page and "同意写清楚了" in page and "再写一稿" in page
    assert "Has a remark" in page and "补上日期" in text(author.get(part))
    assert "危如山" in page and "60 </b> / 100" in page.replace("60</b>", "60 </b>")
    assert "can no longer be changed" in text(desk.get(url(submission)))


def test_sending_one_answer_leads_to_the_next_that_waits(desk, submission, rubric, work, learner, supervisor):
    other = make.filled(work, learner, key="case:2")
    make.hand_in(other)
    make.mark_by(other, supervisor)
    after = desk.post(url(submission), chosen(rubric, 4, 4, outcome="accept"))
    assert after["Location"] == url(other)
    assert Submission.objects.get(pk=submission.pk).state == "accepted"


def test_an_earlier_version_is_opened_apart_and_written_down_too(desk, submission, supervisor):
    make.answer(submission, supervisor, "return")
    make.hand_in(submission)
    answer = desk.get(reverse("desk_assessments:earlier", args=[submission.uuid, 1]))
    assert make.CANARY in text(answer) and Opening.objects.count() == 1


def test_what_the_learner_called_harmless_is_shown_to_the_marker(desk, work, record, learner, supervisor, in_english):
    record.names = ("木呷",)
    made = make.filled(work, learner, about={**make.ABOUT, "need": f"{make.LONG}木呷说"})
    make.hand_in(made)
    make.mark_by(made, supervisor)
    assert "One place might tell who the child is" in text(desk.get(url(made)))


def test_queue_and_grading_page_take_as_many_queries_with_one_as_with_three(
    desk, work, learner, supervisor, submission, django_assert_num_queries
):
    def count():
        with django_assert_num_queries(7):
            desk.get(QUEUE)
        with django_assert_num_queries(13):
            desk.get(url(submission))

    count()
    for key in ("case:2", "case:3"):
        other = make.filled(work, learner, key=key)
        make.hand_in(other)
        make.mark_by(other, supervisor)
    count()


def test_what_was_written_about_one_version_is_never_sent_about_the_next(desk, browser, submission, rubric, wei_too):
    """Two markers: one returns version 1 and version 2 comes in, while the other still reads version 1."""
    page = text(desk.get(url(submission)))
    assert 'name="version" value="1"' in page
    make.answer(submission, wei_too, "return")
    make.hand_in(submission, key="second")

    late = chosen(rubric, 4, 4, comment="about version 1", version="1")
    by_script = desk.post(url(submission), late, headers={"accept": "application/json"})
    by_button = desk.post(url(submission), {**late, "outcome": "accept"})

    assert (by_script.status_code, by_button.status_code) == (409, 422)
    assert "A new version was handed in meanwhile" in text(by_button) and "about version 1" in text(by_button)
    submission.refresh_from_db()
    assert submission.state == Submission.State.SUBMITTED
    assert not Grade.objects.filter(version__number=2).exists()


def test_a_comment_that_is_too_long_is_refused_and_not_cut(desk, submission, rubric):
    comment = "很好。" * 1700
    answer = desk.post(url(submission), chosen(rubric, 4, 3, comment=comment))
    words = text(answer)
    assert (answer.status_code, Grade.objects.count()) == (422, 0)
    assert "has 5100 characters; at most 5000 can be kept" in words and comment in words
    by_script = desk.post(url(submission), chosen(rubric, comment=comment), headers={"accept": "application/json"})
    assert (by_script.status_code, "at most 5000" in by_script.json()["refused"]) == (409, True)
    assert "maxlength" not in text(desk.get(url(submission)))
