"""The learner's and the desk's pages: who may open them, what they show, what they do."""

from datetime import timedelta

import pytest
from django.urls import reverse

from lms import clock
from lms.casework import actions, consent_actions, time_actions
from lms.casework.models import Case, Consent, ServiceTime, Tombstone
from lms.desk import queues
from lms.programmes.models import Cohort
from media.models import Opening
from tests import factories
from tests.casework.conftest import CANARY, fill, say, valid
from tests.casework.test_cases import REASON

CASE_PAGES = ["casework:case", "casework:consents"]


@pytest.fixture
def as_(client):
    def sign_in(user):
        client.force_login(user)
        client.cookies["django_language"] = "en"
        return client

    return sign_in


@pytest.fixture
def told(agreed, supervisor, learner, now):
    """The case with words in it: the child's, and the supervisor's decision."""
    say(agreed, "evaluation", "child", words=f"{CANARY} words", by=learner)
    consent_actions.decide_by_duty(agreed, reason=f"{CANARY} {REASON}", by=supervisor, now=now)
    return agreed


def text_of(response):
    return response.content.decode()


# --- who may open a case --------------------------------------------------------------------------------------------
@pytest.mark.parametrize("page", CASE_PAGES)
def test_the_learner_and_the_supervisor_open_a_case(page, told, learner, supervisor, as_):
    for person in (learner, supervisor):
        response = as_(person).get(reverse(page, args=[told.code]))
        assert response.status_code == 200
        assert (CANARY in text_of(response)) == (page == "casework:consents")


@pytest.mark.parametrize("page", CASE_PAGES)
def test_a_stranger_another_supervisor_staff_and_an_instructor_find_nothing(
    page, told, course, ana, wei, jing, staff, director, intake, as_
):
    factories.supervise(factories.enrol(ana, intake), wei)
    factories.grant(jing, "instructor", course=course)

    for person in (ana, wei, jing, staff, director):
        assert as_(person).get(reverse(page, args=[told.code])).status_code == 404


@pytest.mark.parametrize("page", CASE_PAGES)
def test_a_former_supervisor_finds_nothing(page, told, enrolment, supervisor, as_):
    enrolment.supervisions.update(until=clock.now())

    assert as_(supervisor).get(reverse(page, args=[told.code])).status_code == 404


@pytest.mark.parametrize("page", CASE_PAGES)
def test_signed_out_people_are_asked_to_sign_in(page, told, client):
    response = client.get(reverse(page, args=[told.code]))

    assert response.status_code == 302
    assert reverse("account_login") in response["Location"]


def test_missing_and_forbidden_look_alike(told, ana, as_):
    forbidden, missing = (as_(ana).get(reverse("casework:case", args=[code])) for code in (told.code, "K-1999-0001"))

    assert (forbidden.status_code, missing.status_code) == (404, 404)
    assert CANARY not in text_of(forbidden)


@pytest.mark.parametrize("page", CASE_PAGES)
def test_that_a_supervisor_looks_is_written_down(page, told, supervisor, as_):
    as_(supervisor).get(reverse(page, args=[told.code]))

    assert [(one.user, one.kind, one.reference, one.capacity) for one in Opening.objects.all()] == [
        (supervisor, "case", told.code, "supervisor")
    ]


def test_words_are_not_shown_any_more_when_the_case_is_closed(told, learner, as_, now):
    actions.close_case(told, now=now)

    assert CANARY not in text_of(as_(learner).get(reverse("casework:consents", args=[told.code])))


@pytest.mark.parametrize("who", ["supervisor", "wei", "staff", "ana"])
def test_nobody_but_the_learner_records_consent_or_begins_the_record(who, agreed, assignment, request, as_):
    person = request.getfixturevalue(who)

    for page, arguments in [
        ("casework:record_consent", [agreed.code, "guardian"]),
        ("casework:start_record", [agreed.code, assignment.uuid]),
    ]:
        assert as_(person).post(reverse(page, args=arguments)).status_code == 404
    agreed.refresh_from_db()
    assert agreed.submission is None


# --- the learner ----------------------------------------------------------------------------------------------------
def test_a_learner_opens_a_case_and_is_led_to_consent(enrolment, learner, as_):
    response = as_(learner).post(reverse("casework:open"), {"age_band": "6-8", "simulated": ""})

    case = Case.objects.get()
    assert (case.enrolment, case.age_band, case.simulated) == (enrolment, "6-8", False)
    assert response["Location"] == reverse("casework:consents", args=[case.code])


def test_a_second_simulated_case_is_refused_beside_the_form(simulated, learner, as_):
    response = as_(learner).post(reverse("casework:open"), {"age_band": "6-8", "simulated": "1"})

    assert response.status_code == 200
    assert "You already have a simulated case." in text_of(response)
    assert Case.objects.count() == 1


def test_a_learner_in_two_trainings_says_which(enrolment, learner, as_):
    other = factories.enrol(learner, factories.intake("P"))

    assert 'name="enrolment"' in text_of(as_(learner).get(reverse("casework:open")))
    as_(learner).post(reverse("casework:open"), {"age_band": "6-8", "enrolment": other.pk})

    assert Case.objects.get().enrolment == other


def test_people_who_learn_nothing_here_open_no_case(ana, as_):
    assert as_(ana).get(reverse("casework:open")).status_code == 404


def test_the_guardian_answers_each_purpose_by_itself(case, learner, as_):
    response = as_(learner).post(
        reverse("casework:record_consent", args=[case.code, "guardian"]),
        {"service": "yes", "training": "yes", "publication": "no", "relation": "mother", "given_on": clock.today()},
    )

    assert response.status_code == 302
    assert valid(case) == {("service", "guardian"), ("training", "guardian")}
    assert Consent.objects.get(agreed=False).purpose == "publication"
    assert {one.relation for one in Consent.objects.all()} == {"mother"}


def test_an_answer_without_words_is_kept_on_the_page_with_the_reason(case, learner, as_):
    response = as_(learner).post(
        reverse("casework:record_consent", args=[case.code, "child"]),
        {"service": "yes", "training": "no", "words": "", "given_on": clock.today()},
    )

    assert "Write what the child said" in text_of(response)
    assert not case.consents.exists()


def test_a_form_without_any_answer_says_so(case, learner, as_):
    response = as_(learner).post(
        reverse("casework:record_consent", args=[case.code, "guardian"]),
        {"relation": "mother", "given_on": clock.today()},
    )

    assert "Choose an answer for at least one purpose." in text_of(response)


def test_consent_is_withdrawn_by_one_button(agreed, record, learner, as_):
    consent = agreed.consents.get(purpose="training", giver="guardian")
    page = reverse("casework:withdraw", args=[agreed.code, consent.pk])
    assert "cannot be opened again by anybody" in text_of(as_(learner).get(page))

    as_(learner).post(page)

    agreed.refresh_from_db()
    record.refresh_from_db()
    assert agreed.closed_at and record.closed_at
    assert as_(learner).post(page).status_code == 404


def test_the_consent_text_is_printed_by_version_in_both_languages(learner, client):
    client.force_login(learner)
    client.cookies["django_language"] = "zh-hans"
    page = reverse("casework:consent_text", args=["2026-1"])

    assert "知情同意书" in text_of(client.get(page))
    client.cookies["django_language"] = "en"
    assert "Your rights" in text_of(client.get(page))
    assert client.get(reverse("casework:consent_text", args=["1999-1"])).status_code == 404


def test_the_assignment_lists_cases_with_start_continue_or_the_reason_why_not(
    agreed, enrolment, assignment, learner, as_, now
):
    actions.open_case(enrolment, age_band="6-8", now=now)
    page = reverse("casework:choose", args=[assignment.uuid])

    before = text_of(as_(learner).get(page))
    as_(learner).post(reverse("casework:start_record", args=[agreed.code, assignment.uuid]))
    after = text_of(as_(learner).get(page))

    assert ("Start the record" in before, "Go on writing" in before) == (True, False)
    assert ("Start the record" in after, "Go on writing" in after) == (False, True)
    assert "Still missing: the consent of the guardian" in after


def test_the_assignments_page_leads_to_the_list_even_when_something_is_missing(case, assignment, learner, as_):
    response = as_(learner).get(reverse("assessments:assignment", args=[assignment.uuid]))

    assert "Still missing" in text_of(response)
    assert reverse("casework:choose", args=[assignment.uuid]) in text_of(response)


def test_starting_leads_to_the_record_and_twice_is_once(agreed, assignment, learner, as_):
    page = reverse("casework:start_record", args=[agreed.code, assignment.uuid])
    first, second = (as_(learner).post(page)["Location"] for _ in range(2))

    agreed.refresh_from_db()
    assert first == second == reverse("assessments:submission", args=[agreed.submission.uuid])
    assert as_(learner).get(first).status_code == 200


def test_names_are_looked_for_and_forgotten(agreed, record, learner, as_):
    fill(record, "陪斗南星回家。")
    response = as_(learner).post(reverse("casework:names", args=[agreed.code]), {"names": "斗南星\n壁长青"})

    assert "<q>斗南星</q>" in text_of(response)
    assert response.headers["Cache-Control"].count("no-store") == 1
    assert "壁长青" not in str(dict(as_(learner).session))


# --- service time ---------------------------------------------------------------------------------------------------
def entry(**facts):
    return {"kind": "visit", "date": clock.today().isoformat(), "minutes": 60, "case": "", **facts}


def test_time_is_entered_from_the_page_of_a_case(case, learner, as_):
    response = as_(learner).post(reverse("casework:hours"), entry(case=case.code))

    assert response["Location"] == reverse("casework:case", args=[case.code])
    assert [(one.case, one.minutes) for one in ServiceTime.objects.all()] == [(case, 60)]


def test_a_future_day_is_refused_beside_the_field(enrolment, learner, as_):
    response = as_(learner).post(reverse("casework:hours"), entry(date=(clock.today() + timedelta(days=1)).isoformat()))

    assert "The date lies in the future." in text_of(response)
    assert not ServiceTime.objects.exists()


def test_a_long_day_is_kept_and_pointed_out(enrolment, learner, as_):
    response = as_(learner).post(reverse("casework:hours"), entry(minutes=481), follow=True)

    assert "more than eight hours" in text_of(response)
    assert ServiceTime.objects.get().minutes == 481


def test_the_case_of_somebody_else_cannot_be_named(case, ana, intake, as_):
    factories.enrol(ana, intake)

    as_(ana).post(reverse("casework:hours"), entry(case=case.code))

    assert not ServiceTime.objects.exists()


def test_one_corrects_and_removes_only_ones_own_time(enrolment, learner, ana, intake, as_, now):
    time = time_actions.enter_time(enrolment, date=clock.today(), minutes=60, kind="visit", now=now)
    factories.enrol(ana, intake)
    edit, remove = (reverse(f"casework:{name}", args=[time.pk]) for name in ("time", "remove_time"))

    assert as_(ana).post(edit, entry(minutes=5)).status_code == 404
    assert as_(ana).post(remove).status_code == 404
    as_(learner).post(edit, entry(minutes=45))
    time.refresh_from_db()
    assert time.minutes == 45
    as_(learner).post(remove)
    assert not ServiceTime.objects.exists()


def test_the_supervisor_confirms_and_refuses_what_is_chosen(enrolment, supervisor, as_, now):
    one, two, three = (
        time_actions.enter_time(enrolment, date=clock.today(), minutes=60, kind="visit", now=now) for _ in range(3)
    )
    page = reverse("desk_casework:hours")

    as_(supervisor).post(page, {"do": "confirm", "times": [one.pk]})
    missing = as_(supervisor).post(page, {"do": "refuse", "times": [two.pk], "reason": ""})
    as_(supervisor).post(page, {"do": "refuse", "times": [two.pk], "reason": "that was a meeting"})

    for time in (one, two, three):
        time.refresh_from_db()
    assert "This field is required." in text_of(missing)
    assert (one.confirmed_by, two.refused_reason, three.is_waiting) == (supervisor, "that was a meeting", True)


@pytest.mark.parametrize("hostile", ["²", "9" * 30, "9" * 5000, "-1", "x"])
def test_numbers_that_are_none_find_nothing_at_the_supervisors_desk(enrolment, supervisor, as_, hostile):
    page = reverse("desk_casework:hours")
    assert as_(supervisor).get(page, {"learner": hostile}).status_code == 200
    assert as_(supervisor).post(page, {"do": "confirm", "times": [hostile]}).status_code == 200


def test_confirming_nothing_is_said_where_one_chooses(enrolment, supervisor, as_, now):
    time_actions.enter_time(enrolment, date=clock.today(), minutes=60, kind="visit", now=now)
    page = as_(supervisor).post(reverse("desk_casework:hours"), {"do": "confirm"}).content.decode()
    assert 'href="#times"' in page and page.count("Choose at least one line.") == 2


@pytest.mark.parametrize("page", ["desk_casework:supervision", "desk_casework:register"])
def test_staff_of_a_programme_without_intakes_see_that_there_is_nothing(page, programme, staff, ana, as_):
    assert as_(staff).get(reverse(page)).status_code == 200
    assert as_(ana).get(reverse(page)).status_code == 404


def test_another_supervisor_decides_nothing(enrolment, wei, ana, intake, as_, now):
    factories.supervise(factories.enrol(ana, intake), wei)
    time = time_actions.enter_time(enrolment, date=clock.today(), minutes=60, kind="visit", now=now)

    response = as_(wei).post(reverse("desk_casework:hours"), {"do": "confirm", "times": [time.pk]})

    time.refresh_from_db()
    assert response.status_code == 200
    assert time.is_waiting


def test_service_time_is_confirmed_by_those_who_supervise(enrolment, supervisor, learner, staff, as_):
    page = reverse("desk_casework:hours")
    assert as_(supervisor).get(page).status_code == 200
    for person in (learner, staff):
        assert as_(person).get(page).status_code == 404


def test_the_supervisor_decides_by_duty_on_a_page_of_its_own(case, supervisor, wei, learner, as_):
    page = reverse("desk_casework:duty", args=[case.code])

    for person in (wei, learner):
        assert as_(person).post(page, {"reason": REASON}).status_code == 404
    as_(supervisor).post(page, {"reason": REASON})

    assert valid(case) == {("service", "guardian"), ("training", "guardian")}


# --- staff ----------------------------------------------------------------------------------------------------------
def test_staff_assign_a_supervisor_to_those_chosen(enrolment, intake, wei, staff, as_, now):
    page = reverse("desk_casework:supervision_of_intake", args=[intake.pk])

    as_(staff).post(page, {"supervisor": "危思齐", "enrolments": [enrolment.pk]})

    assert [row.supervisor for row in enrolment.supervisions.active(clock.now())] == [wei]


def test_a_name_that_two_people_bear_must_be_told_apart(enrolment, intake, wei, staff, as_):
    factories.person("wei2", name="危思齐")
    page = reverse("desk_casework:supervision_of_intake", args=[intake.pk])

    response = as_(staff).post(page, {"supervisor": "危思齐", "enrolments": [enrolment.pk]})
    nobody = as_(staff).post(page, {"supervisor": "谁也不是", "enrolments": [enrolment.pk]})

    assert "Several people have this name" in text_of(response)
    assert "Nobody here has this name." in text_of(nobody)
    as_(staff).post(page, {"supervisor": "wei2", "enrolments": [enrolment.pk]})
    assert enrolment.supervisions.get().supervisor.username == "wei2"


@pytest.mark.parametrize("who", ["learner", "supervisor", "wei", "ana"])
def test_others_have_no_business_in_supervision_and_register(who, case, supervisor, intake, request, as_):
    person = request.getfixturevalue(who)

    for page, arguments in [
        ("supervision", []),
        ("supervision_of_intake", [intake.pk]),
        ("register", []),
        ("registered", [case.code]),
    ]:
        assert as_(person).get(reverse(f"desk_casework:{page}", args=arguments)).status_code == 404


def test_staff_of_another_cohort_find_nothing(case, ana, as_):
    factories.grant(ana, "staff", cohort=factories.cohort(2))

    assert as_(ana).get(reverse("desk_casework:registered", args=[case.code])).status_code == 404


def test_the_register_tells_code_learner_and_state_and_no_word_more(told, assignment, learner, staff, as_, now):
    record = actions.start_record(told, assignment, now=now)
    fill(record, CANARY)

    for page in (reverse("desk_casework:register"), reverse("desk_casework:registered", args=[told.code])):
        response = as_(staff).get(page)
        assert told.code in text_of(response)
        assert "亢一凡" in text_of(response)
        assert CANARY not in text_of(response)


def test_the_directors_desk_names_texts_that_were_kept_long_enough(agreed, sent, staff, director, as_):
    entry = "Case texts to erase, or to keep with a reason"
    cohort, place = agreed.enrolment.intake.cohort, "/desk/cases/register/?show=kept"
    assert agreed.code not in text_of(as_(director).get(place))
    Cohort.objects.filter(pk=cohort.pk).update(
        starts_on=cohort.starts_on - timedelta(days=999), ends_on=cohort.ends_on - timedelta(days=999)
    )
    assert entry not in text_of(as_(staff).get("/desk/"))
    desk = text_of(as_(director).get("/desk/"))
    assert entry in desk and place in desk
    assert agreed.code in text_of(as_(director).get(place))


def test_staff_allocate_a_record_and_take_it_back(agreed, sent, course, jing, staff, as_):
    factories.grant(jing, "instructor", course=course)
    page = reverse("desk_casework:registered", args=[agreed.code])
    last_day = (clock.today() + timedelta(days=7)).isoformat()
    facts = {"allocate-instructor": jing.pk, "allocate-until": last_day}

    as_(staff).post(reverse("desk_casework:allocate", args=[agreed.code]), facts)
    marker = sent.markers.get(user=jing)
    assert (marker.capacity, marker.allowed_by) == ("instructor", staff)
    assert "井鉴秋" in text_of(as_(staff).get(page))
    as_(staff).post(reverse("desk_casework:end_allocation", args=[agreed.code, marker.pk]))

    assert not sent.markers.active(clock.now()).filter(user=jing).exists()


def test_the_office_withdraws_for_somebody_who_called(agreed, staff, as_):
    consent = agreed.consents.get(purpose="service", giver="guardian")

    as_(staff).post(reverse("desk_casework:withdraw", args=[agreed.code, consent.pk]))

    agreed.refresh_from_db()
    assert agreed.closed_at is not None


def test_a_director_keeps_and_erases_a_case_and_staff_cannot(agreed, director, staff, as_):
    hold, release, erase = (
        reverse(f"desk_casework:{name}", args=[agreed.code]) for name in ("hold", "release", "erase")
    )
    until = (clock.today() + timedelta(days=7)).isoformat()
    keep = {"hold-reason": "a complaint", "hold-until": until}
    gone = {"erase-reason": "asked for", "erase-code": agreed.code}

    as_(staff).post(hold, keep)
    as_(staff).post(erase, gone)
    agreed.refresh_from_db()
    assert (agreed.hold_until, Tombstone.objects.count()) == (None, 0)

    as_(director).post(hold, keep)
    held = as_(director).post(erase, gone)
    assert "legal hold keeps" in text_of(held)
    as_(director).post(release)
    assert "not the code" in text_of(as_(director).post(erase, gone | {"erase-code": "K-1"}))
    as_(director).post(erase, gone)

    assert Tombstone.objects.get().code == agreed.code
    assert "Erased" in text_of(as_(director).get(reverse("desk_casework:registered", args=[agreed.code])))


def test_what_waits_stands_on_the_desk(enrolment, agreed, sent, supervisor, staff, now):
    from_desk = {queue.key: queue for queue in queues}
    time_actions.enter_time(enrolment, date=clock.today(), minutes=60, kind="visit", now=now)

    counts = {
        key: (from_desk[key].count(supervisor, now), from_desk[key].count(staff, now))
        for key in from_desk
        if key.startswith("casework.")
    }

    assert counts == {
        "casework.hours": (1, None),
        "casework.learners": (1, None),
        "casework.without_supervisor": (None, 0),
        "casework.without_marker": (None, 0),
        "casework.kept_long_enough": (None, None),
    }


# --- the strict policy ----------------------------------------------------------------------------------------------
def test_pages_with_case_text_keep_the_strict_policy(told, learner, supervisor, as_):
    for person in (learner, supervisor):
        policy = as_(person).get(reverse("casework:consents", args=[told.code])).headers["Content-Security-Policy"]
        assert "unsafe-inline" not in policy


def test_why_a_time_is_refused_stands_beside_its_field(client, learner, intake):
    client.force_login(learner)
    early = intake.cohort.starts_on - timedelta(days=1)
    page = client.post(
        reverse("casework:hours"), {"kind": "visit", "date": early.isoformat(), "minutes": 60, "case": ""}
    )
    assert page.context["form"].errors["date"] and not page.context["form"].non_field_errors()
