"""Who is told of what: once, in their own language, without a word about a child."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import transaction

from assessments.submissions import actions as submission_actions
from assessments.submissions import submission_forms
from lms import clock, events
from lms.admissions import actions as admissions
from lms.admissions.events import LetterWritten
from lms.admissions.models import Letter
from lms.casework import consent_actions, erasure, time_actions
from lms.casework.events import ConsentWithdrawn
from lms.casework.models import ServiceTime
from lms.credentials import actions as credentials
from lms.enrolment import actions as enrolment_actions
from lms.enrolment.actions import Enrolled
from lms.graduation import actions as graduation
from lms.notifications.actions import deliver_waiting, tell
from lms.notifications.models import Delivery, Message
from lms.notifications.notices import Notice
from lms.programmes import actions as grants
from tests import factories
from tests.admissions import stories
from tests.assessments.submission_factories import answer, hand_in
from tests.assessments.submission_factories import assignment as any_assignment
from tests.casework.conftest import agreed, assignment, case, fill, no_second_factor, record, sent  # noqa: F401
from tests.casework.conftest import hand_in as hand_in_record
from tests.graduation.conftest import policy, ready, signatory  # noqa: F401
from tests.notifications.conftest import told

pytestmark = pytest.mark.django_db

CANARY = "CANARY-虚小明"


# --- telling --------------------------------------------------------------------------------------------------------
def test_a_matter_is_told_once(ana, now):
    for _again in range(2):
        tell(Notice(ana, "test", 7, "Once", "Only once"), now=now)
    tell(Notice(ana, "test", 8, "Another"), now=now)
    assert told(ana) == ["Once", "Another"]
    assert Delivery.objects.count() == 2


def test_an_event_published_twice_is_told_once(enrolment, learner):
    for _again in range(2):
        with transaction.atomic():
            events.publish(Enrolled(enrolment.pk))
    assert len(told(learner)) == 1


def test_what_is_undone_was_never_told(intake, ana, now):
    with pytest.raises(RuntimeError), transaction.atomic():
        enrolment_actions.enrol(ana, intake, now=now)
        assert len(told(ana)) == 1
        raise RuntimeError
    assert told(ana) == []


def test_without_an_address_it_stands_in_the_inbox_only(db, now):
    person = factories.person("no-mail")
    person.email = ""
    person.save()
    tell(Notice(person, "test", 1, "Here"), now=now)
    assert told(person) == ["Here"]
    assert not Delivery.objects.exists()


@pytest.mark.parametrize("how_many", [1, 3])
def test_many_are_told_with_the_queries_of_one(db, now, how_many, django_assert_num_queries):
    people = [factories.person(f"person{number}") for number in range(how_many)]
    with django_assert_num_queries(3):
        tell(*(Notice(person, "test", 1, "All") for person in people), now=now)
    assert Message.objects.count() == Delivery.objects.count() == how_many


def test_nobody_to_tell_costs_nothing(db, now, django_assert_num_queries):
    with django_assert_num_queries(0):
        tell(now=now)


# --- languages ------------------------------------------------------------------------------------------------------
def test_each_reads_it_in_their_own_language(intake, ana, ben, now):
    ana.language = "en"
    ana.save()
    for person in (ana, ben):
        enrolment_actions.enrol(person, intake, now=now)
    assert told(ana) == ["You are enrolled: K"]
    assert told(ben)[0] != told(ana)[0]
    assert "儿童保护个案服务者" in told(ben)[0]


def test_it_was_told_when_it_happened(intake, ana, now):
    then = now - timedelta(days=40)
    enrolment_actions.enrol(ana, intake, now=then)
    assert Message.objects.get().created_at == then


# --- admission ------------------------------------------------------------------------------------------------------
def test_an_applicant_gets_every_letter_word_by_word(ana, intake, staff, scorers, now):
    choice = stories.admit_to_ranking(ana, intake, staff, scorers)
    admissions.offer(choice, by=staff, now=now)
    letters = Letter.objects.order_by("pk")
    found = Message.objects.for_user(ana).order_by("pk")
    assert [(one.subject, one.body) for one in found] == [(letter.subject, letter.body) for letter in letters]
    assert [one.kind for one in letters] == ["receipt", "offer"]
    assert found.last().url == f"/applications/{choice.application.number}/letters/{letters.last().number}/"
    with transaction.atomic():
        events.publish(LetterWritten(letters.last().pk))
    assert found.count() == 2


@pytest.fixture
def scorers(programme):
    people = [factories.person(name) for name in ("scorer-1", "scorer-2")]
    for user in people:
        factories.grant(user, "scorer", programme=programme)
    return people


# --- supervision and roles ------------------------------------------------------------------------------------------
def test_learner_and_supervisor_are_told_of_each_other_and_of_the_end(enrolment, english_learner, staff, now):
    wei, next_one = factories.person("wei", language="en"), factories.person("next", language="en")
    enrolment_actions.assign_supervisor(enrolment, wei, by=staff, now=now)
    enrolment_actions.assign_supervisor(enrolment, next_one, by=staff, now=now + timedelta(days=1))
    assert told(english_learner) == [
        "wei is your supervisor",
        "wei does not supervise you any more",
        "next is your supervisor",
    ]
    assert told(wei) == ["You supervise 亢一凡", "You do not supervise 亢一凡 any more"]
    assert told(next_one) == ["You supervise 亢一凡"]


def test_who_leaves_is_told_that_nothing_is_lost(enrolment, english_learner, staff, now):
    enrolment_actions.withdraw(enrolment, by=staff, reason="Moved away", now=now)
    assert told(english_learner) == ["You have left: K"]
    assert "Moved away" not in Message.objects.get().body


def test_who_is_given_a_role_hears_of_it_and_of_its_end(programme, director, now):
    person = factories.person("new-scorer", language="en")
    given = grants.grant(person, "scorer", by=director, now=now, until=now + timedelta(days=9), programme=programme)
    grants.revoke(given, by=director, now=now)
    assert told(person) == [
        "You have a role: scorer of applications, Liangxing programme",
        "Your role has ended: scorer of applications, Liangxing programme",
    ]


# --- submissions ----------------------------------------------------------------------------------------------------
@pytest.fixture
def jing(course):
    """井鉴秋, who teaches the course."""
    person = factories.person("jing", name="井鉴秋", language="en")
    factories.grant(person, "instructor", course=course)
    return person


@pytest.fixture
def essay(course, english_learner, jing):
    """An assignment that asks for a text."""
    activity = any_assignment(course, title="家访小结", form="text")
    return activity


def test_a_receipt_goes_to_the_author_and_a_notice_to_the_marker(essay, english_learner, jing):
    version = hand_in(_essay(essay, english_learner))
    submission = version.submission
    receipt = Message.objects.get(recipient=english_learner, kind="receipt")
    assert receipt.subject == f"Received: 家访小结, {submission.number}"
    assert version.receipt in receipt.body and version.sha256[:8].upper() in receipt.body
    notice = Message.objects.get(recipient=jing, kind="to_mark")
    assert notice.subject == f"To be marked: 家访小结, {submission.number}"
    assert notice.url == f"/desk/marking/{submission.uuid}/"
    assert english_learner.name not in notice.subject + notice.body


@pytest.mark.parametrize(
    ("outcome", "subject"), [("return", "Please revise: "), ("accept", "Accepted: "), ("reject", "Not accepted: ")]
)
def test_an_answer_is_told_without_its_words(essay, english_learner, jing, outcome, subject):
    submission = hand_in(_essay(essay, english_learner)).submission
    answer(submission, jing, outcome, comment=CANARY)
    message = Message.objects.get(recipient=english_learner, kind="graded")
    assert message.subject == f"{subject}家访小结, {submission.number}"
    assert CANARY not in message.subject + message.body


def _essay(activity, learner):
    submission = submission_actions.start(activity, learner, now=clock.now())
    for section in submission_forms["text"].sections():
        values = {field.key: "写得够长的一段话。" * 60 for field in section.fields if field.kind != "files"}
        submission_actions.save_section(submission, section.key, values, 0, now=clock.now())
    submission.refresh_from_db()
    return submission


# --- case work ------------------------------------------------------------------------------------------------------
def test_no_word_of_a_case_record_travels(record, english_learner, supervisor, now):  # noqa: F811
    """A canary in every text of the record, in the grade and in the reasons; then all is told and sent."""
    hand_in_record(record, text=CANARY)
    answer(record, supervisor, "return", comment=CANARY)
    hand_in_record(record, text=CANARY, key="k2")
    answer(record, supervisor, "accept", comment=CANARY)
    entry = time_actions.enter_time(
        record.case.enrolment, date=now.date(), minutes=60, kind="visit", case=record.case, now=now
    )
    time_actions.refuse_times([entry], by=supervisor, reason=CANARY, now=now)
    consent_actions.withdraw(record.case.consents.valid().first(), by=supervisor, now=now)
    deliver_waiting(clock.now())
    kinds = set(Message.objects.values_list("kind", flat=True))
    assert {"receipt", "to_mark", "graded", "hours_refused", "consent_withdrawn"} <= kinds
    assert len(mail.outbox) == Message.objects.count()
    everything = [f"{one.subject} {one.body} {one.url}" for one in Message.objects.all()]
    everything += [letter.message().as_string() + letter.subject + letter.body for letter in mail.outbox]
    assert [text for text in everything if CANARY in text] == []


def test_hours_confirmed_together_are_told_in_one_message(enrolment, english_learner, supervisor, now):
    entries = [
        time_actions.enter_time(enrolment, date=now.date(), minutes=minutes, kind="visit", now=now)
        for minutes in (60, 90, 30)
    ]
    time_actions.confirm_times(entries[:2], by=supervisor, now=now)
    time_actions.refuse_times(entries[2:], by=supervisor, reason="twice", now=now)
    assert told(english_learner, "hours_confirmed") == ["Confirmed: 2.5 hours of service"]
    assert told(english_learner, "hours_refused") == ["Not confirmed: 0.5 hours of service"]
    assert ServiceTime.objects.confirmed().count() == 2


def test_a_withdrawn_consent_is_told_to_the_supervisor_by_code(agreed, learner, supervisor, now):  # noqa: F811
    supervisor.language = "en"
    supervisor.save()
    consent = agreed.consents.valid().get(purpose="training", giver="child")
    consent_actions.withdraw(consent, by=learner, now=now)
    assert told(supervisor, "consent_withdrawn") == [f"Consent withdrawn: case {agreed.code}, training and supervision"]
    assert told(learner, "consent_withdrawn") == []
    with transaction.atomic():
        events.publish(ConsentWithdrawn(consent.pk))
    assert len(told(supervisor, "consent_withdrawn")) == 1


def test_an_erased_case_is_told_of_by_code_alone(agreed, english_learner, director, now):  # noqa: F811
    erasure.erase(agreed, by=director, reason=CANARY, now=now)
    [subject] = told(english_learner, "case_erased")
    assert subject == f"Erased: case {agreed.code}"
    assert CANARY not in Message.objects.get(kind="case_erased").body


# --- graduation -----------------------------------------------------------------------------------------------------
@pytest.fixture
def board(ready, english_learner, staff, director, signatory):  # noqa: F811
    for person in (staff, director, signatory):
        person.language = "en"
        person.save()
    return ready


def test_signers_are_asked_and_the_learner_is_told(board, english_learner, staff, director, signatory, now):  # noqa: F811
    decisions = graduation.propose([board], "graduate", by=staff, now=now)
    asked = ["1 proposal waits for your signature: K · Cohort 1"]
    assert told(director, "to_sign") == told(signatory, "to_sign") == asked
    assert told(staff, "to_sign") == []
    graduation.sign(decisions, by=director, now=now)
    assert told(english_learner, "decided") == []
    graduation.sign(decisions, by=signatory, now=now)
    assert told(english_learner, "decided") == ["Congratulations, you graduate: K"]
    [certificate] = english_learner.credentials.all()
    assert told(english_learner, "credential") == [f"Your certificate: {certificate.number}"]


def test_three_proposals_of_an_intake_are_one_message(board, intake, supervisor, staff, director, now):
    others = [factories.enrol(factories.person(f"other{number}"), intake) for number in range(2)]
    graduation.propose([board, *others], "not_yet", reason="later", by=staff, now=now)
    assert told(director, "to_sign") == ["3 proposals wait for your signature: K · Cohort 1"]


def test_not_yet_is_told_and_so_is_a_proposal_sent_back(board, english_learner, staff, director, signatory, now):  # noqa: F811
    [first] = graduation.propose([board], "graduate", by=staff, now=now)
    graduation.refuse(first, reason=CANARY, by=director, now=now)
    assert told(staff, "proposal_refused") == ["Proposal sent back: 亢一凡"]
    second = graduation.propose([board], "not_yet", reason=CANARY, by=staff, now=now)
    graduation.sign(second, by=director, now=now)
    graduation.sign(second, by=signatory, now=now)
    assert told(english_learner, "decided") == ["Not yet graduated: K"]
    assert not Message.objects.filter(body__contains=CANARY).exists()


def test_a_certificate_that_ends_is_told_with_the_reason(board, english_learner, staff, director, signatory, now):  # noqa: F811
    decisions = graduation.propose([board], "graduate", by=staff, now=now)
    for signer in (director, signatory):
        graduation.sign(decisions, by=signer, now=now)
    old = english_learner.credentials.get()
    new = credentials.replace(old, name="亢一帆", reason="misspelt", by=director, now=now)
    credentials.revoke(new, reason="issued by mistake", by=director, now=now)
    assert told(english_learner, "credential") == [
        f"Your certificate: {old.number}",
        f"Your new certificate: {new.number}",
    ]
    assert told(english_learner, "credential_ended") == [f"Your certificate was revoked: {new.number}"]
    assert "issued by mistake" in Message.objects.get(kind="credential_ended").body


def test_hours_refused_again_after_a_correction_are_told_again(enrolment, english_learner, supervisor, now):
    entry = time_actions.enter_time(enrolment, date=now.date(), minutes=60, kind="visit", now=now)
    time_actions.refuse_times([entry], by=supervisor, reason="twice", now=now)
    later = now + timedelta(hours=1)
    time_actions.change_time(entry, date=entry.date, minutes=50, kind="visit", now=later)
    time_actions.refuse_times([entry], by=supervisor, reason="still", now=later)
    assert len(told(english_learner, "hours_refused")) == 2
