"""The learner's pages: fill in, check, hand in, receive a receipt, read what was answered. Never anybody else's."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from assessments.models import Submission, SubmissionVersion
from assessments.submissions import actions as submission_actions
from assessments.submissions import erasure as submission_erasure
from assessments.submissions import submission_forms
from assessments.submissions.files import subject_of
from lms.verdicts import Verdict
from media import actions as media_actions
from tests.assessments import submission_factories as make
from tests.media import files

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(browser, learner):
    return browser(learner)


@pytest.fixture
def draft(work, learner, now, in_english):
    return submission_actions.start(work, learner, now=now)


def url(submission, name="submission", *args):
    return reverse(f"assessments:{name}", args=[submission.uuid, *args])


def text(response):
    return re.sub(r"\s+", " ", response.content.decode())


def fields(**values):
    return {f"f-{name.replace('_', '-')}": value for name, value in values.items()}


# --- assignment -----------------------------------------------------------------------------------------------------
def test_the_assignment_shows_what_is_asked_and_begins_once(page, work, learner):
    intro = page.get(reverse("assessments:assignment", args=[work.uuid]))
    assert "A record" in text(intro) and "level 4" in text(intro) and "weight 80" in text(intro)

    begun = [page.post(reverse("assessments:begin", args=[work.uuid])) for _ in range(2)]

    submission = Submission.objects.get()
    assert [answer["Location"] for answer in begun] == [url(submission)] * 2
    assert "Begin" not in text(page.get(reverse("assessments:assignment", args=[work.uuid])))


def test_why_it_cannot_begin_is_said_and_strangers_are_told_it_is_for_learners(page, work, record, browser, ana):
    record.allowed = Verdict(False, "Record the consent first.")
    assert "Record the consent first." in text(page.get(reverse("assessments:assignment", args=[work.uuid])))
    refused = page.post(reverse("assessments:begin", args=[work.uuid]), follow=True)
    assert "Record the consent first." in text(refused) and not Submission.objects.exists()
    locked = browser(ana).get(reverse("assessments:assignment", args=[work.uuid]))
    assert "level 4" not in text(locked)


def test_without_its_plugin_a_form_is_said_to_be_missing_and_the_words_are_kept(page, draft, record, work, now):
    submission_actions.save_section(draft, "about", {"need": "kept"}, 0, now=now)
    submission_forms.unregister("record")
    assert "not installed" in text(page.get(reverse("assessments:assignment", args=[work.uuid])))
    assert "not installed" in text(page.get(url(draft)))
    submission_forms.register(record)
    assert "kept" in text(page.get(url(draft, "section", "about")))


# --- task list and sections -----------------------------------------------------------------------------------------
def test_the_task_list_says_what_is_complete_begun_and_not_begun(page, draft, now):
    assert text(page.get(url(draft))).count("Not begun") == 2
    submission_actions.save_section(draft, "about", make.ABOUT, 0, now=now)
    submission_actions.save_section(draft, "work", {"title": "x"}, 0, now=now)
    words = text(page.get(url(draft)))
    assert (words.count(">Complete<"), "1 of 2 parts complete" in words, ">Begun<" in words) == (1, True, True)
    assert "Draft saved" in words


def test_everything_typed_is_kept_even_when_something_is_missing(page, draft):
    answer = page.post(
        url(draft, "section", "about"), {**fields(need="短", seen="soon"), "base_revision": 0, "go": "next"}
    )
    assert answer.status_code == 200 and "3 things are still missing" in text(answer)
    assert 'href="#f-need"' in text(answer) and "39 characters are missing" in text(answer)
    again = text(page.get(url(draft, "section", "about")))
    assert "短" in again and 'value="soon"' in again and "still missing" not in again
    assert "still missing" in text(page.get(url(draft, "section", "about") + "?check"))


LONGER = "这" * 20_001


@pytest.mark.parametrize(
    ("section", "typed", "words"),
    [
        ("about", {"need": LONGER}, "20001 characters; at most 20000 can be kept"),
        ("work", {"contacts_0_done": LONGER}, "20001 characters"),
        ("work", {f"contacts_{row}_week": "1" for row in range(61)}, "61 rows; at most 60 can be kept"),
    ],
)
def test_what_is_too_long_is_refused_and_not_cut(page, draft, section, typed, words):
    where, sent = url(draft, "section", section), {**fields(**typed), "base_revision": 0, "go": "next"}
    answer = page.post(where, sent)
    shown = text(answer)
    assert answer.status_code == 422
    assert words in shown and "Not saved yet" in shown
    assert all(value in shown for value in typed.values())

    by_script = page.post(where, sent, headers={"accept": "application/json"})
    assert (by_script.status_code, words in by_script.json()["refused"]) == (409, True)
    draft.refresh_from_db()
    assert draft.draft == {}


def test_the_longest_text_that_can_be_kept_is_kept_whole(page, draft):
    page.post(url(draft, "section", "about"), {**fields(need="这" * 20_000), "base_revision": 0})
    draft.refresh_from_db()
    assert draft.draft["about"]["need"] == "这" * 20_000


def test_no_browser_cuts_what_is_pasted(page, draft):
    assert "maxlength" not in text(page.get(url(draft, "section", "about")))


def test_a_complete_part_leads_to_the_next_and_the_last_to_the_check(page, draft):
    about = {**fields(**make.ABOUT), "base_revision": 0, "go": "next"}
    assert page.post(url(draft, "section", "about"), about)["Location"] == url(draft, "section", "work")
    rows = {
        "f-contacts-0-week": "1",
        "f-contacts-0-done": make.LONG,
        "f-contacts-1-week": "3",
        "f-contacts-1-done": make.LONG,
    }
    work = {**rows, "base_revision": 0, "go": "next"}
    assert page.post(url(draft, "section", "work"), work)["Location"] == url(draft, "check")
    leave = {**fields(**make.ABOUT), "base_revision": 1, "go": "leave"}
    assert page.post(url(draft, "section", "about"), leave)["Location"] == url(draft)


def test_rows_are_added_and_removed_without_script(page, draft):
    here = url(draft, "section", "work")
    assert text(page.get(here)).count('name="remove_row"') == 2 + 1, "as many as are needed, and the one for scripts"
    rows = {"f-contacts-0-done": "first", "f-contacts-1-done": "second", "base_revision": 0}
    added = page.post(here, {**rows, "add_row": "contacts"})
    assert added["Location"] == f"{here}#f-contacts"
    assert text(page.get(here)).count('name="remove_row"') == 3 + 1
    page.post(here, {**rows, "base_revision": 1, "remove_row": "contacts-0"})
    draft.refresh_from_db()
    assert [row["done"] for row in draft.draft["work"]["contacts"]] == ["second"]


def test_files_come_and_go_with_the_form(page, draft, learner):
    here = url(draft, "section", "work")
    sent = {
        "f-papers": [SimpleUploadedFile("a.pdf", files.pdf()), SimpleUploadedFile("b.exe", b"MZ")],
        "base_revision": 0,
    }
    answer = page.post(here, sent)
    assert "b.exe: This kind of file is not taken" in text(answer)
    file = draft.files.get().file
    assert "a.pdf" in text(page.get(here)) and file.short_hash in text(page.get(here))
    page.post(here, {"base_revision": 0, "remove_file": str(file.uuid)})
    assert "a.pdf" not in text(page.get(here)) and not draft.files.exists()


def test_saving_as_one_types_answers_with_the_new_revision_and_the_hour(page, draft):
    here = url(draft, "section", "about")
    saved = page.post(here, {**fields(need="一"), "base_revision": 0}, headers={"accept": "application/json"})
    assert saved.json()["revision"] == 1 and re.fullmatch(r"\d\d:\d\d", saved.json()["saved"])
    stale = page.post(here, {**fields(need="二"), "base_revision": 0}, headers={"accept": "application/json"})
    assert stale.status_code == 409 and stale.json()["stale"] and stale.json()["revision"] == 1


def test_a_second_window_is_shown_both_values_and_chooses(page, draft):
    here = url(draft, "section", "about")
    page.post(here, {**fields(need="从手机写的", source="station"), "base_revision": 0})
    both = page.post(here, {**fields(need="从电脑写的", source="station"), "base_revision": 0})
    assert both.status_code == 409
    assert "从手机写的" in text(both) and "从电脑写的" in text(both)
    assert 'name="choose-need"' in text(both) and 'name="choose-source"' not in text(both)
    draft.refresh_from_db()
    assert draft.draft["about"]["need"] == "从手机写的"
    page.post(here, {**fields(need="从电脑写的", source="school"), "base_revision": 1, "choose-need": "stored"})
    draft.refresh_from_db()
    assert draft.draft["about"] == {"need": "从手机写的", "source": "school"}


def test_saving_an_autosave_writes_in_one_transaction_with_few_queries(page, draft, django_assert_num_queries):
    here = url(draft, "section", "about")
    with django_assert_num_queries(8):
        page.post(here, {**fields(need="一"), "base_revision": 0}, headers={"accept": "application/json"})


# --- check and hand in ----------------------------------------------------------------------------------------------
def test_the_check_links_everything_missing_and_does_not_take_it(page, draft):
    words = text(page.get(url(draft, "check")))
    assert f'href="{url(draft, "section", "about")}?check#f-need"' in words and "4 things are still missing" in words
    refused = page.post(url(draft, "check"), {"honest": "yes", "key": "k", "seen": "x"})
    assert refused.status_code == 422 and not SubmissionVersion.objects.exists()


def test_checked_and_confirmed_it_is_handed_in_once_and_the_receipt_says_what(page, work, learner, record, in_english):
    record.names = ("木呷",)
    submission = make.filled(work, learner, about={**make.ABOUT, "need": f"{make.LONG}木呷说"})
    media_actions.receive(
        SimpleUploadedFile("计划.pdf", files.pdf()), "submission", subject_of(submission, "papers"), learner,
        submission.created_at,
    )  # fmt: skip
    checking = page.get(url(submission, "check"))
    words = text(checking)
    assert "木呷" in words and "a name that is known" in words and "计划.pdf" in words
    told = dict(re.findall(r'name="(key|seen|confirmed)" value="([^"]+)"', words))

    unconfirmed = page.post(url(submission, "check"), {**told, "confirmed": "", "honest": "yes"})
    dishonest = page.post(url(submission, "check"), told)
    assert [unconfirmed.status_code, dishonest.status_code] == [422, 422]
    taken = [page.post(url(submission, "check"), {**told, "honest": "yes"}) for _ in range(2)]
    other_tab = page.post(url(submission, "check"), {**told, "key": "other", "honest": "yes"})

    version = SubmissionVersion.objects.get()
    assert [answer["Location"] for answer in [*taken, other_tab]] == [url(submission, "receipt", 1)] * 3
    receipt = text(page.get(url(submission, "receipt", 1)))
    file = version.files.get().file
    for word in (version.receipt, "计划.pdf", file.sha256[:8].upper(), version.sha256[:8].upper(), "(Beijing time)"):
        assert word in receipt
    assert "木呷" in text(page.get(url(submission, "version", 1)))
    assert page.get(url(submission, "section", "about"))["Location"] == url(submission)


def test_a_deadline_that_has_passed_is_said_before_one_tries(page, course, record, learner, now, in_english):
    activity = make.assignment(course, form="record", due_at=now - timedelta(hours=1))
    submission = make.filled(activity, learner)
    assert "The deadline has passed" in text(page.get(url(submission, "check")))


# --- answers --------------------------------------------------------------------------------------------------------
def test_strangers_and_markers_find_no_learners_page(browser, draft, ana, supervisor):
    make.mark_by(draft, supervisor)
    for stranger in (ana, supervisor):
        client = browser(stranger)
        names = [("submission",), ("check",), ("section", "about"), ("receipt", 1), ("version", 1)]
        assert [client.get(url(draft, *name)).status_code for name in names] == [404] * 5


def test_a_closed_text_is_said_to_be_closed_and_shows_nothing(page, work, learner, now, in_english):
    submission = make.filled(work, learner, about={**make.ABOUT, "need": make.LONG + make.CANARY})
    make.hand_in(submission)
    submission_erasure.close_text(submission, now)
    words = text(page.get(url(submission)))
    assert "consent it stood on was withdrawn" in words and submission.versions.get().receipt in words
    pages = [
        page.get(url(submission, *name), follow=True) for name in [("version", 1), ("section", "about"), ("check",)]
    ]
    assert all(make.CANARY not in text(answer) for answer in pages)


def test_pages_with_a_childs_text_are_kept_by_no_cache(page, draft):
    for name in [("submission",), ("section", "about"), ("check",)]:
        assert "no-store" in page.get(url(draft, *name))["Cache-Control"]
        assert "unsafe-inline" not in page.get(url(draft, *name))["Content-Security-Policy"]


def test_the_pages_take_as_many_queries_with_one_version_as_with_three(
    page, work, learner, supervisor, now, django_assert_num_queries, in_english
):
    submission = make.filled(work, learner)
    make.mark_by(submission, supervisor)

    def again():
        make.hand_in(submission)
        make.answer(submission, supervisor, "return")
        with django_assert_num_queries(10):
            page.get(reverse("assessments:assignment", args=[work.uuid]))
        with django_assert_num_queries(13):
            page.get(url(submission))
        with django_assert_num_queries(14):
            page.get(url(submission, "section", "work"))
        with django_assert_num_queries(13):
            page.get(url(submission, "version", 1))

    again()
    make.filled(work, learner, key="case:2"), make.filled(work, learner, key="case:3")
    again(), again()
