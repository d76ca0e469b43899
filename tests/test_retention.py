"""Nothing stays that has no reason to: the table in docs/retention.md, the periods and the jobs say the same."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django_tasks_db.models import DBTaskResult
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from assessments.models import Submission
from assessments.submissions import actions as submissions
from assessments.submissions.files import subject_of
from lms import clock
from lms.admissions.models import Application
from lms.jobs import jobs
from lms.notifications.actions import tell
from lms.notifications.models import Delivery, Message
from lms.notifications.notices import Notice
from lms.people.models import User
from media import actions as media_actions
from media import incoming, uploads
from media.models import Opening, PrivateFile, Upload
from tests import factories
from tests.admissions import stories
from tests.assessments import submission_factories as make
from tests.assessments.conftest import record, rubric, work  # noqa: F401
from tests.media import files
from tests.people.conftest import confirmed

pytestmark = pytest.mark.django_db
DOCUMENT = Path(__file__).resolve().parents[1] / "docs/retention.md"


def run(key, now):
    """Run one job; how much it did. A second time it finds nothing left to do."""
    done = jobs[key].run(now)
    assert jobs[key].run(now) == 0
    return done


def after(now, **passed):
    return now + timedelta(**passed)


# --- the table ------------------------------------------------------------------------------------------------------
def rows():
    found = [line.strip("| ").split(" | ") for line in DOCUMENT.read_text(encoding="utf-8").splitlines()]
    return [row for row in found if len(row) == 5 and row[0] != "what" and not row[0].startswith("---")]


def named(column):
    return {word for row in rows() for word in re.findall(r"`([^`]+)`", row[column])}


def test_the_table_names_every_period_with_its_length():
    assert named(3) == set(settings.KEPT_DAYS)
    for row in rows():
        for name in re.findall(r"`(\w+)`", row[3]):
            days = settings.KEPT_DAYS[name]
            assert f"{days // 365} years" in row[1] if days > 365 else f"{days} day" in row[1]


def test_the_table_names_every_job_that_lets_go_of_something():
    letting_go = {job.key for job in jobs if re.search(r"sweep|forget|abandoned", job.key)}
    assert named(4) == letting_go


# --- files and drafts -----------------------------------------------------------------------------------------------
def test_pieces_of_an_unfinished_file_go_after_a_day(intake, ana, now):
    drafted = Application.objects.create(applicant=ana, programme=intake.cohort.programme, number="A-1", created_at=now)
    upload = uploads.begin(ana, "evidence", drafted.number, name="plan.pdf", length=9, now=now)
    incoming.partial(upload).write_bytes(b"1234")
    assert jobs["sweep_uploads"].run(after(now, hours=23)) == 0
    jobs["sweep_uploads"].run(after(now, hours=25))
    assert not Upload.objects.exists() and not incoming.partial(upload).exists()


@pytest.fixture
def draft(work, learner, now):  # noqa: F811
    """Begun, with words and a file, and left."""
    one = submissions.start(work, learner, now=now)
    submissions.save_section(one, "about", make.ABOUT, 0, now=now)
    upload = SimpleUploadedFile("plan.pdf", files.pdf())
    media_actions.receive(upload, "submission", subject_of(one, "papers"), learner, now)
    return one


def test_a_draft_nobody_comes_back_to_loses_its_words_and_files_after_a_year(
    draft, now, django_capture_on_commit_callbacks
):
    file = PrivateFile.objects.get()
    stored = file.file.name
    assert run("assessments_abandoned_drafts", after(now, days=364)) == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert run("assessments_abandoned_drafts", after(now, days=366)) == 1
    draft.refresh_from_db()
    file.refresh_from_db()
    assert (draft.draft, draft.state, draft.files.count()) == ({}, Submission.State.DRAFT, 0)
    assert (file.name, file.file.name) == ("", "") and not PrivateFile._meta.get_field("file").storage.exists(stored)


def test_it_can_be_begun_again(draft, now):
    later = after(now, days=400)
    run("assessments_abandoned_drafts", later)
    draft.refresh_from_db()
    submissions.save_section(draft, "about", make.ABOUT, 0, now=later)
    assert run("assessments_abandoned_drafts", after(later, days=1)) == 0


def test_what_was_handed_in_and_what_belongs_to_a_case_stays(work, learner, now):  # noqa: F811
    handed_in = make.filled(work, learner)
    make.hand_in(handed_in)
    of_a_case = submissions.start(work, learner, key="case:7", now=now)
    submissions.save_section(of_a_case, "about", make.ABOUT, 0, now=now)
    assert run("assessments_abandoned_drafts", after(now, days=4000)) == 0
    assert handed_in.versions.get().content == handed_in.draft != {}


def test_an_application_never_sent_goes_with_its_evidence_a_month_after_its_last_change(ana, intake, now):
    sent = stories.apply(factories.person("other"), intake).application
    stories.fill(ana, intake)
    closing = intake.closes_at
    assert run("admissions.forget_unsent", closing - timedelta(hours=1)) == 0
    Application.objects.update(saved_at=closing)
    assert run("admissions.forget_unsent", after(closing, days=29)) == 0
    assert run("admissions.forget_unsent", after(closing, days=31)) == 1
    assert list(Application.objects.all()) == [sent]
    assert {file.owner.username: bool(file.name) for file in PrivateFile.objects.all()} == {"other": True, "ana": False}


# --- people ---------------------------------------------------------------------------------------------------------
def unconfirmed(username, joined):
    user = factories.person(username)
    User.objects.filter(pk=user.pk).update(date_joined=joined)
    EmailAddress.objects.create(user=user, email=user.email, verified=False, primary=True)
    return user


def test_a_sign_up_that_was_never_confirmed_is_forgotten_after_a_month(now):
    unconfirmed("never", now)
    unconfirmed("enrolled", now)
    factories.enrol(User.objects.get(username="enrolled"), factories.intake("K"))
    came_in = unconfirmed("came-in", now)
    User.objects.filter(pk=came_in.pk).update(last_login=now)
    confirmed(factories.person("confirmed"))
    factories.person("by-hand")
    assert run("people.sweep_sign_ups", after(now, days=29)) == 0
    assert run("people.sweep_sign_ups", after(now, days=31)) == 1
    left = set(User.objects.values_list("username", flat=True))
    assert left == {"enrolled", "came-in", "confirmed", "by-hand"}


def test_a_session_that_ended_goes_with_device_and_address(ana, now):
    confirmed(ana)
    browser = Client()
    browser.post("/accounts/login/", {"login": "ana", "password": "secret"})
    assert UserSession.objects.count() == 1
    assert run("people.sweep_sessions", now) == 0
    with clock.at(after(now, days=15)):
        assert run("people.sweep_sessions", now) == 2
    assert not Session.objects.exists() and not UserSession.objects.exists()


# --- messages and logs ----------------------------------------------------------------------------------------------
@pytest.fixture
def message(ana, now):
    tell(Notice(ana, "kind", 1, "Subject", "Text", "/learn/"), now=now)
    Delivery.objects.update(state=Delivery.State.FAILED, error="SMTP: ana@example.org refused")
    return Message.objects.get()


def test_the_text_of_a_message_goes_after_a_year_and_its_trace_after_three(message, ana, now):
    run("notifications.forget_old", after(now, days=364))
    message.refresh_from_db()
    assert message.body == "Text"

    later = after(now, days=366)
    assert run("notifications.forget_old", later) == 1
    message.refresh_from_db()
    assert (message.body, message.subject, message.deliveries.get().error) == ("", "Subject", "")
    tell(Notice(ana, "kind", 1, "Subject", "Text", "/learn/"), now=later)
    assert Message.objects.count() == Delivery.objects.count() == 1

    assert run("notifications.forget_old", after(now, days=3 * 365 + 1)) == 1
    assert not Message.objects.exists() and not Delivery.objects.exists()


def test_a_message_still_to_be_delivered_keeps_its_text(message, now):
    Delivery.objects.update(state=Delivery.State.WAITING)
    assert run("notifications.forget_old", after(now, days=400)) == 0


def test_an_old_message_says_that_its_text_is_gone(message, ana, now, settings):
    jobs["notifications.forget_old"].run(after(now, days=400))
    Message.objects.update(created_at=now - timedelta(days=400))
    browser = Client(headers={"accept-language": "en"})
    browser.force_login(ana)
    assert "its text is no longer kept" in browser.get(f"/inbox/{message.pk}/").content.decode()


def test_who_opened_what_and_what_staff_did_is_kept_for_three_years(ana, programme, now):
    media_actions.log_opening(ana, "file", "x", "owner", now)
    log(programme, "wagtail.edit", user=ana)
    for key in ("sweep_openings", "lms.sweep_log"):
        assert run(key, after(now, days=3 * 365 - 1)) == 0
        assert run(key, after(now, days=3 * 365 + 1)) > 0
    assert not Opening.objects.exists() and not ModelLogEntry.objects.exists()


def test_finished_work_of_the_worker_is_kept_for_two_weeks(now):
    fields = {"priority": 0, "task_path": "x", "queue_name": "default", "backend_name": "later", "args_kwargs": {}}
    fields |= {"run_after": now, "exception_class_path": "", "traceback": ""}
    for status, finished in (("SUCCESSFUL", now), ("FAILED", now), ("READY", None)):
        DBTaskResult.objects.create(status=status, finished_at=finished, **fields)
    assert run("lms.sweep_tasks", after(now, days=13)) == 0
    assert run("lms.sweep_tasks", after(now, days=15)) == 2
    assert DBTaskResult.objects.get().status == "READY"


def test_sweeping_asks_for_nothing_where_the_cache_is_no_table(now, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert jobs["lms.sweep_cache"].run(now) == 0


@pytest.mark.parametrize("how_many", [1, 3])
def test_letting_go_of_messages_takes_as_many_queries_for_one_as_for_three(
    ana, now, how_many, django_assert_num_queries
):
    tell(*(Notice(ana, "kind", n, "Subject", "Text") for n in range(how_many)), now=now)
    Delivery.objects.update(state=Delivery.State.SENT)
    with django_assert_num_queries(5):
        assert jobs["notifications.forget_old"].run(after(now, days=366)) == how_many
