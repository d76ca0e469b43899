"""Who left reads what they did and changes nothing: one rule, asked at every door. And the way back."""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry

from assessments.models import Attempt
from assessments.quizzes import actions as quizzes
from assessments.submissions import actions as submissions
from assessments.submissions.assignments import AssignmentPage
from lms import clock
from lms.casework import actions as cases
from lms.casework import consent_actions, time_actions
from lms.credentials.models import Credential, Series
from lms.enrolment import actions
from lms.enrolment.models import Change, Enrolment
from lms.graduation.models import Decision
from lms.notifications.models import Message
from lms.programmes.models import TrackCourse
from lms.verdicts import Refused
from tests import factories
from tests.assessments import quiz_factories, submission_factories
from tests.casework.conftest import say

pytestmark = pytest.mark.django_db
LEFT = "You left this training"


@pytest.fixture(autouse=True)
def no_second_factor(settings):
    settings.SECOND_FACTOR_REQUIRED = False


@pytest.fixture
def browser():
    def signed_in(user):
        client = Client(headers={"accept-language": "en"})
        client.force_login(user)
        return client

    return signed_in


@pytest.fixture
def essay(course):
    """A plain assignment."""
    return submission_factories.assignment(course, title="家访小结", form="text")


@pytest.fixture
def record_task(course):
    return submission_factories.assignment(course, title="个案记录", form="case_record", repeatable=True)


@pytest.fixture
def written(essay, learner, now):
    """A draft with a sentence in it."""
    draft = submissions.start(essay, learner, now=now)
    submissions.save_section(draft, "text", {"text": "写了一半"}, 0, now=now)
    draft.refresh_from_db()
    return draft


@pytest.fixture
def case(enrolment, now):
    return cases.open_case(enrolment, age_band="9-13", now=now)


def leave(enrolment, *, by=None, reason="", now=None):
    return actions.withdraw(enrolment, by=by or enrolment.learner, reason=reason, now=now or clock.now())


def second_place(enrolment):
    """The learner's place in another track that has the same course."""
    other = factories.intake("P")
    course = enrolment.intake.track.courses.get()
    TrackCourse.objects.create(track=other.track, course=course)
    return factories.enrol(enrolment.learner, other)


# --- what is handed in ----------------------------------------------------------------------------------------------
def test_who_left_saves_nothing_and_hands_in_nothing(written, enrolment, now):
    leave(enrolment)

    with pytest.raises(Refused, match=LEFT):
        submissions.save_section(written, "text", {"text": "再写一点"}, 1, now=now)
    checked = submissions.check(written, now=now)
    with pytest.raises(Refused, match=LEFT):
        submissions.submit(written, key="k", seen=checked.sha256, confirmed=set(), now=now)

    written.refresh_from_db()
    assert written.draft == {"text": {"text": "写了一半"}} and not written.versions.exists()


def test_what_was_typed_meanwhile_stays_on_the_page_with_the_reason(written, enrolment, learner, browser):
    page = browser(learner)
    leave(enrolment)
    here = reverse("assessments:section", args=[written.uuid, "text"])

    answer = page.post(here, {"f-text": "刚写的一段", "base_revision": 1, "go": "next"})
    by_script = page.post(here, {"f-text": "刚写的一段", "base_revision": 1}, headers={"accept": "application/json"})

    assert answer.status_code == 409 and "刚写的一段" in answer.content.decode() and LEFT in answer.content.decode()
    assert by_script.status_code == 409 and LEFT in by_script.json()["refused"]


def test_a_draft_is_still_read_but_offers_no_way_to_save(written, enrolment, learner, browser):
    leave(enrolment)
    page = browser(learner).get(reverse("assessments:section", args=[written.uuid, "text"])).content.decode()

    assert "写了一半" in page and LEFT in page
    assert 'value="next"' not in page and "data-draft" not in page


def test_an_assignment_that_was_taken_away_says_so(written, essay, now):
    AssignmentPage.objects.get(translation_key=essay.uuid).unpublish()

    with pytest.raises(Refused, match="not published"):
        submissions.save_section(written, "text", {"text": "再写一点"}, 1, now=now)


def test_another_place_keeps_the_course_open_but_not_a_record_of_the_place_that_was_left(
    written, record_task, enrolment, learner, case, now
):
    for purpose in ("service", "training"):
        for giver in ("guardian", "child"):
            say(case, purpose, giver, by=learner)
    record = cases.start_record(case, record_task, now=now)
    second_place(enrolment)
    leave(enrolment)

    assert submissions.save_section(written, "text", {"text": "再写一点"}, 1, now=now).revision == 2
    with pytest.raises(Refused, match=LEFT):
        submissions.save_section(record, "intake", {"need": "x"}, 0, now=now)


# --- quizzes --------------------------------------------------------------------------------------------------------
@pytest.fixture
def attempt(course, learner, intake, now):
    """A quiz under way, one of two answers given and right."""
    quiz = quiz_factories.quiz(course.get_children().first().specific, ["single", "true_false"])
    begun = quizzes.start(quiz_factories.activity_of(quiz), learner, scope=f"intake:{intake.pk}", now=now)
    item = begun.items.get(position=1)
    quizzes.save_response(begun, 1, quiz_factories.right(item), 0, now=now)
    return begun


def test_a_quiz_under_way_is_handed_in_with_what_was_answered(attempt, enrolment):
    leave(enrolment)

    attempt.refresh_from_db()
    assert (attempt.percent, attempt.closed_by) == (50, "leaving")
    assert attempt.submitted_at == Enrolment.objects.get(pk=enrolment.pk).ended_at


def test_it_goes_on_where_another_place_opens_the_quiz(attempt, enrolment):
    second_place(enrolment)
    leave(enrolment)

    assert Attempt.objects.get(pk=attempt.pk).submitted_at is None


def test_no_quiz_is_begun_any_more_and_the_page_says_why(attempt, enrolment, learner, browser):
    leave(enrolment)
    page = browser(learner)
    answer = page.get(reverse("assessments:quiz", args=[attempt.activity.uuid]))
    page.post(reverse("assessments:quiz_start", args=[attempt.activity.uuid]))

    assert answer.status_code == 403 and LEFT in answer.content.decode()
    assert Attempt.objects.count() == 1


# --- case work ------------------------------------------------------------------------------------------------------
def test_no_case_no_agreement_no_service_time(case, enrolment, learner, now):
    time = time_actions.enter_time(enrolment, date=clock.today(), minutes=60, kind="visit", now=now)
    enrolment = leave(enrolment)

    for refused in (
        lambda: cases.open_case(enrolment, age_band="0-5", now=now),
        lambda: say(case, "service", "guardian", by=learner),
        lambda: time_actions.enter_time(enrolment, date=clock.today(), minutes=60, kind="visit", now=now),
        lambda: time_actions.change_time(time, date=clock.today(), minutes=90, kind="visit", now=now),
        lambda: time_actions.remove_time(time),
    ):
        with pytest.raises(Refused, match=LEFT):
            refused()


def test_a_familys_no_is_recorded_by_who_left_too(case, enrolment, learner, now):
    agreed = say(case, "service", "guardian", by=learner)
    leave(enrolment)

    say(case, "training", "guardian", by=learner, agreed=False)
    consent_actions.withdraw(agreed, by=learner, now=now)

    case.refresh_from_db()
    assert case.closed_at is not None


def test_pages_of_case_work_show_it_all_and_offer_nothing(case, enrolment, learner, browser, now):
    time = time_actions.enter_time(enrolment, date=clock.today(), minutes=60, kind="visit", case=case, now=now)
    leave(enrolment)
    page = browser(learner)
    for address in (reverse("casework:list"), reverse("casework:hours"), reverse("casework:case", args=[case.code])):
        words = page.get(address).content.decode()
        assert LEFT in words and case.code in words
        assert reverse("casework:open") not in words and reverse("casework:time", args=[time.pk]) not in words
    assert page.get(reverse("casework:open")).url == reverse("casework:list")
    assert page.post(reverse("casework:hours"), {"minutes": 5}).url == reverse("casework:list")


# --- what stays open ------------------------------------------------------------------------------------------------
def test_what_was_done_stays_readable(essay, written, case, enrolment, learner, browser, now):
    submission_factories.hand_in(written)
    leave(enrolment)
    page = browser(learner)
    for address in (
        reverse("learn:record"),
        reverse("assessments:submission", args=[written.uuid]),
        reverse("assessments:version", args=[written.uuid, 1]),
        reverse("assessments:receipt", args=[written.uuid, 1]),
        reverse("casework:case", args=[case.code]),
        reverse("graduation:enrolment", args=[enrolment.pk]),
        reverse("credentials:mine"),
    ):
        assert page.get(address).status_code == 200, address


def test_the_home_page_says_since_when_and_why_and_what_is_still_to_be_read(enrolment, learner, staff, browser):
    leave(enrolment, by=staff, reason="搬到外地")
    page = browser(learner).get(reverse("learn:home")).content.decode()

    assert "Trainings you have left" in page and "搬到外地" in page and reverse("learn:record") in page


@pytest.mark.parametrize("places", [1, 3])
def test_the_home_page_costs_the_same_for_one_training_left_and_for_three(
    learner, enrolment, browser, django_assert_num_queries, places
):
    leave(enrolment)
    for number in range(places - 1):
        other = factories.intake("K", cohort=factories.cohort(number + 2))
        leave(factories.enrol(learner, other))
    page = browser(learner)
    page.get(reverse("learn:home"))
    with django_assert_num_queries(8):
        page.get(reverse("learn:home"))


# --- leaving on one's own -------------------------------------------------------------------------------------------
def test_a_learner_leaves_after_reading_what_it_means(enrolment, learner, supervisor, browser):
    address = reverse("learn:leave", args=[enrolment.intake_id])
    page = browser(learner)
    assert reverse("learn:leave", args=[enrolment.intake_id]) in page.get(reverse("learn:home")).content.decode()
    assert "Your seat is given up" in page.get(address).content.decode()

    unread = page.post(address, {"reason": "搬家"})
    assert "搬家" in unread.content.decode() and not Change.objects.exists()
    assert page.post(address, {"reason": "", "understood": "on"}).url == reverse("learn:home")

    enrolment.refresh_from_db()
    assert enrolment.state == Enrolment.State.WITHDRAWN
    assert enrolment.changes.values_list("kind", "by", "reason").get() == ("left", learner.pk, "")
    assert page.get(address).url == reverse("learn:home")
    assert Message.objects.filter(recipient=learner, kind="withdrawn").count() == 1


def test_nobody_leaves_for_somebody_else(enrolment, ana, browser):
    address = reverse("learn:leave", args=[enrolment.intake_id])
    assert browser(ana).post(address, {"understood": "on"}).status_code == 404


# --- the office -----------------------------------------------------------------------------------------------------
def test_the_office_lets_a_learner_go_with_the_reason(enrolment, staff, learner, supervisor, browser):
    page = browser(staff)
    address = reverse("desk_learn:withdraw", args=[enrolment.pk])
    assert address in page.get(reverse("desk_learn:learner", args=[enrolment.pk])).content.decode()

    assert page.post(address, {"reason": " "}).status_code == 422
    page.post(address, {"reason": "搬到外地"})

    assert ModelLogEntry.objects.get(action="enrolment.withdraw").data == {"reason": "搬到外地"}
    assert "搬到外地" in page.get(reverse("desk_learn:learner", args=[enrolment.pk])).content.decode()
    message = Message.objects.get(recipient=learner, kind="withdrawn")
    assert "搬到外地" not in message.subject + message.body
    assert not enrolment.supervisions.filter(until=None).exists()


@pytest.mark.parametrize("verb", ["withdraw", "readmit", "name"])
def test_only_the_office_of_the_intake_does_so(enrolment, supervisor, learner, ana, director, verb, browser):
    factories.grant(ana, "staff", intake=factories.intake("P"))
    signatory = factories.person("signatory")
    factories.grant(signatory, "signatory", intake=enrolment.intake)
    address = reverse(f"desk_learn:{verb}", args=[enrolment.pk])
    for person in (supervisor, learner, ana, signatory):
        assert browser(person).post(address, {"reason": "x", "name": "别的"}).status_code == 404
    assert browser(director).get(address).status_code == 200
    assert address not in browser(supervisor).get(reverse("desk_learn:learner", args=[enrolment.pk])).content.decode()


def test_nobody_decides_about_themselves(enrolment, learner, browser):
    factories.grant(learner, "staff", intake=enrolment.intake)
    assert (
        browser(learner).post(reverse("desk_learn:withdraw", args=[enrolment.pk]), {"reason": "x"}).status_code == 404
    )


# --- back again -----------------------------------------------------------------------------------------------------
def test_enrolling_anew_makes_the_same_place_active_and_keeps_that_it_was_left(enrolment, learner, intake, staff, now):
    leave(enrolment, by=staff, reason="搬到外地")

    back = actions.enrol(learner, intake, now=now)

    assert (back.pk, back.state, back.ended_at) == (enrolment.pk, Enrolment.State.ACTIVE, None)
    assert back.enrolled_at == enrolment.enrolled_at
    assert list(back.changes.values_list("kind", "by", "reason")) == [
        ("left", staff.pk, "搬到外地"),
        ("returned", learner.pk, ""),
    ]
    assert ModelLogEntry.objects.filter(action="enrolment.readmit").count() == 1
    assert Message.objects.filter(recipient=learner, kind="readmitted").count() == 1


def test_a_graduate_stays_a_graduate(enrolment, learner, intake, now):
    Enrolment.objects.update(state="graduated")
    assert actions.enrol(learner, intake, now=now).state == "graduated"
    assert not Change.objects.exists()


def test_the_office_takes_a_learner_back_with_a_reason(enrolment, learner, staff, written, browser, now):
    leave(enrolment)
    page, address = browser(staff), reverse("desk_learn:readmit", args=[enrolment.pk])
    assert page.post(address, {"reason": ""}).status_code == 422
    page.post(address, {"reason": "点错了"})

    enrolment.refresh_from_db()
    assert enrolment.state == Enrolment.State.ACTIVE
    assert submissions.save_section(written, "text", {"text": "再写一点"}, 1, now=now).revision == 2


def test_who_left_twice_is_told_twice(enrolment, learner, intake, now):
    for _time in range(2):
        leave(enrolment)
        actions.enrol(learner, intake, now=now)
    assert Message.objects.filter(recipient=learner, kind="withdrawn").count() == 2


# --- names ----------------------------------------------------------------------------------------------------------
def test_the_office_corrects_a_name_and_the_learner_is_told(enrolment, learner, staff, browser):
    page, address = browser(staff), reverse("desk_learn:name", args=[enrolment.pk])

    same = page.post(address, {"name": learner.name, "reason": "写错"})
    assert same.status_code == 422 and "The name is the same as before." in same.content.decode()
    page.post(address, {"name": " 亢一帆 ", "reason": "写错了字"})

    learner.refresh_from_db()
    assert learner.name == "亢一帆"
    assert ModelLogEntry.objects.get(action="enrolment.correct_name").data == {
        "old": "亢一凡",
        "new": "亢一帆",
        "reason": "写错了字",
    }
    message = Message.objects.get(recipient=learner, kind="name")
    assert "亢一帆" in message.subject and "亢一凡" in message.body


def test_a_certificate_keeps_its_name_and_the_page_leads_to_replacing_it(enrolment, learner, staff, browser, now):
    decision = Decision.objects.create(
        enrolment=enrolment, outcome="graduate", verdicts=[], proposed_by=staff, proposed_at=now, decided_at=now
    )
    credential = Credential.objects.create(
        decision=decision,
        holder=learner,
        series=Series.objects.create(code="LX"),
        number="LX-0001",
        code="c",
        values={"name": "亢一凡"},
        issued_at=now,
    )
    page, address = browser(staff), reverse("desk_learn:name", args=[enrolment.pk])
    page.post(address, {"name": "亢一帆", "reason": "写错了字"})

    words = page.get(address).content.decode()
    credential.refresh_from_db()
    assert credential.values["name"] == "亢一凡"
    assert "LX-0001 was issued to “亢一凡” and keeps this name." in words
    assert reverse("desk_credentials:credential", args=[credential.uuid]) in words
