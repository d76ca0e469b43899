"""Cases, consent, and what may be begun with them."""

from datetime import timedelta

import pytest

from assessments.submissions.actions import start
from assessments.submissions.texts import places_and_texts
from lms.casework import actions, consent_actions
from lms.casework.events import ConsentWithdrawn
from lms.casework.models import Case, Consent
from lms.casework.record_form import SECTIONS
from lms.casework.submission_form import CaseRecordForm
from lms.verdicts import Refused
from tests import factories
from tests.casework.conftest import fill, hand_in, say, valid


def test_cases_are_known_by_the_next_code_of_the_year(enrolment, now):
    year = now.year
    codes = [actions.open_case(enrolment, age_band="0-5", now=now).code for _ in range(3)]

    assert codes == [f"K-{year}-0001", f"K-{year}-0002", f"K-{year}-0003"]


def test_one_simulated_case_at_most_in_each_training(enrolment, simulated, now):
    with pytest.raises(Refused, match="already have a simulated case"):
        actions.open_case(enrolment, age_band="6-8", simulated=True, now=now)

    other = factories.enrol(enrolment.learner, factories.intake("P"))
    assert actions.open_case(other, age_band="6-8", simulated=True, now=now).simulated


def test_nobody_opens_a_case_after_leaving(enrolment, now):
    enrolment.state = "withdrawn"
    enrolment.save()

    with pytest.raises(Refused, match="You left"):
        actions.open_case(enrolment, age_band="0-5", now=now)


def test_no_field_of_casework_asks_for_a_name():
    fields = {field.name for model in (Case, Consent) for field in model._meta.get_fields()}

    assert not {name for name in fields if "name" in name or "address" in name or "birth" in name}


# --- consent --------------------------------------------------------------------------------------------------------
def test_a_simulated_case_needs_no_consent(simulated, assignment, learner, now):
    assert CaseRecordForm().may_start(assignment, learner, now)
    assert actions.start_record(simulated, assignment, now=now).form == "case_record"


def test_without_consent_nothing_is_begun_and_the_reason_names_what_is_missing(case, assignment, learner, now):
    verdict = CaseRecordForm().may_start(assignment, learner, now)

    assert not verdict
    assert str(verdict.reason) == "Still missing: the consent of the guardian to “service and record”."
    assert verdict.facts == {"purpose": "service", "giver": "guardian"}
    with pytest.raises(Refused, match="Still missing"):
        actions.start_record(case, assignment, now=now)
    with pytest.raises(Refused, match="Still missing"):
        start(assignment, learner, now=now)


def test_the_guardian_alone_is_not_enough_for_a_child_that_is_asked(case, assignment, learner, now):
    say(case, "service", "guardian", by=learner)
    say(case, "training", "guardian", by=learner)

    with pytest.raises(Refused, match="consent of the child to “service and record”"):
        actions.start_record(case, assignment, now=now)


@pytest.mark.parametrize("age_band", ["6-8", "9-13", "14-17"])
def test_the_child_is_asked_from_6_on(age_band, enrolment, assignment, learner, now):
    case = actions.open_case(enrolment, age_band=age_band, now=now)
    for purpose in ("service", "training"):
        say(case, purpose, "guardian", by=learner)
    with pytest.raises(Refused, match="of the child"):
        actions.start_record(case, assignment, now=now)
    for purpose in ("service", "training"):
        say(case, purpose, "child", by=learner)

    assert actions.start_record(case, assignment, now=now)


def test_a_small_child_need_not_be_asked_but_its_no_is_a_no(enrolment, assignment, learner, now):
    case = actions.open_case(enrolment, age_band="0-5", now=now)
    for purpose in ("service", "training"):
        say(case, purpose, "guardian", by=learner)
    assert CaseRecordForm().may_start(assignment, learner, now)

    say(case, "training", "child", agreed=False, words="", by=learner)

    with pytest.raises(Refused, match="The child does not agree to “training and supervision”"):
        actions.start_record(case, assignment, now=now)


@pytest.mark.parametrize(("age_band", "needed"), [("6-8", False), ("9-13", True), ("14-17", True)])
def test_an_older_child_agrees_in_its_own_words(age_band, needed, enrolment, learner, now):
    case = actions.open_case(enrolment, age_band=age_band, now=now)

    if needed:
        with pytest.raises(Refused, match="own words"):
            say(case, "service", "child", words=" ", by=learner)
        say(case, "service", "child", words="好", by=learner)
    else:
        say(case, "service", "child", words="", by=learner)

    assert valid(case) == {("service", "child")}


def test_a_guardian_is_recorded_by_relation_and_never_in_the_future(case, learner, now):
    with pytest.raises(Refused, match="related"):
        say(case, "service", "guardian", relation="", by=learner)
    with pytest.raises(Refused, match="future"):
        say(case, "service", "guardian", given_on=(now + timedelta(days=2)).date(), by=learner)


def test_refusing_is_recorded_like_agreeing_and_may_change_later(case, learner, now):
    refusal = say(case, "publication", "guardian", agreed=False, by=learner)

    assert (refusal.agreed, refusal.text_version, refusal.recorded_by) == (False, "2026-1", learner)
    assert valid(case) == set()
    say(case, "publication", "guardian", by=learner)
    assert valid(case) == {("publication", "guardian")}


def test_the_same_agreement_is_kept_once(case, learner):
    assert say(case, "service", "guardian", by=learner) == say(case, "service", "guardian", by=learner)


@pytest.mark.parametrize("purpose", ["service", "training"])
@pytest.mark.parametrize("giver", ["guardian", "child"])
def test_withdrawing_service_or_training_closes_the_text_at_once(purpose, giver, agreed, record, learner, now):
    consent_actions.withdraw(agreed.consents.get(purpose=purpose, giver=giver), by=learner, now=now)

    agreed.refresh_from_db()
    record.refresh_from_db()
    assert (agreed.closed_at, record.closed_at) == (now, now)


@pytest.mark.parametrize("purpose", ["evaluation", "publication"])
def test_withdrawing_another_purpose_ends_only_itself(purpose, agreed, record, learner, now):
    consent_actions.withdraw(say(agreed, purpose, "guardian", by=learner), by=learner, now=now)

    agreed.refresh_from_db()
    assert agreed.closed_at is None
    assert valid(agreed) == {(p, g) for p in ("service", "training") for g in ("guardian", "child")}


def test_consent_is_withdrawn_once(agreed, learner, now):
    consent = agreed.consents.valid().first()
    consent_actions.withdraw(consent, by=learner, now=now)

    with pytest.raises(Refused, match="not valid any more"):
        consent_actions.withdraw(consent, by=learner, now=now)


def test_whoever_uses_a_case_is_told_in_the_same_transaction(agreed, learner, now, heard):
    consent = agreed.consents.valid().first()

    consent_actions.withdraw(consent, by=learner, now=now)

    assert heard == [ConsentWithdrawn(consent.pk)]


def test_a_no_after_a_yes_closes_like_a_withdrawal(agreed, record, learner):
    say(agreed, "training", "child", agreed=False, words="不要", by=learner)

    agreed.refresh_from_db()
    assert agreed.closed_at is not None


def test_a_closed_case_takes_no_record_and_no_consent(agreed, assignment, learner, now):
    consent_actions.withdraw(agreed.consents.valid().first(), by=learner, now=now)

    with pytest.raises(Refused, match="closed"):
        actions.start_record(agreed, assignment, now=now)
    with pytest.raises(Refused, match="closed"):
        say(agreed, "service", "guardian", by=learner)


# --- duty -----------------------------------------------------------------------------------------------------------
REASON = "怀疑照护人伤害孩子，已按未保法第十一条报告派出所和民政"


def test_the_supervisor_decides_for_a_guardian_suspected_of_harm(case, supervisor, learner, assignment, now):
    say(case, "publication", "guardian", by=learner)
    say(case, "service", "guardian", by=learner)
    for purpose in ("service", "training"):
        say(case, purpose, "child", by=learner)

    consent_actions.decide_by_duty(case, reason=REASON, by=supervisor, now=now)

    assert actions.start_record(case, assignment, now=now)
    assert {(one.purpose, one.basis, one.recorded_by) for one in case.consents.valid().filter(giver="guardian")} == {
        ("service", "duty", supervisor),
        ("training", "duty", supervisor),
    }
    case.refresh_from_db()
    assert case.closed_at is None


def test_such_a_case_is_never_published_and_its_guardian_never_asked(case, supervisor, learner, now):
    consent_actions.decide_by_duty(case, reason=REASON, by=supervisor, now=now)

    for purpose, giver in [("publication", "guardian"), ("publication", "child"), ("evaluation", "guardian")]:
        with pytest.raises(Refused, match="never published"):
            say(case, purpose, giver, by=learner)


def test_only_the_supervisor_decides_and_says_why(case, supervisor, wei, learner, staff, now):
    for person in (learner, wei, staff):
        with pytest.raises(Refused, match="Only the supervisor"):
            consent_actions.decide_by_duty(case, reason=REASON, by=person, now=now)
    with pytest.raises(Refused, match="at least 20"):
        consent_actions.decide_by_duty(case, reason="怀疑", by=supervisor, now=now)


def test_only_the_supervisor_takes_such_a_decision_back(case, supervisor, learner, now):
    decision = consent_actions.decide_by_duty(case, reason=REASON, by=supervisor, now=now)[0]

    with pytest.raises(Refused, match="Only the supervisor"):
        consent_actions.withdraw(decision, by=learner, now=now)
    consent_actions.withdraw(decision, by=supervisor, now=now)

    case.refresh_from_db()
    assert case.closed_at == now


# --- record ---------------------------------------------------------------------------------------------------------
def test_a_case_has_one_record(agreed, assignment, now):
    first = actions.start_record(agreed, assignment, now=now)

    assert actions.start_record(agreed, assignment, now=now) == first
    assert (first.key, first.scope) == (f"case:{agreed.pk}", f"enrolment:{agreed.enrolment_id}")


def test_all_cases_have_their_record_then_another_must_be_opened(record, assignment, learner, now):
    assert str(CaseRecordForm().may_start(assignment, learner, now).reason).startswith("Open a case first")


def test_a_case_of_another_training_is_no_case_for_this_assignment(case, assignment, learner, ana, now):
    other = factories.enrol(ana, factories.intake("P"))
    actions.open_case(other, age_band="6-8", simulated=True, now=now)

    assert str(CaseRecordForm().may_start(assignment, ana, now).reason).startswith("Open a case first")


def test_the_form_of_case_records_can_be_filled_in_and_handed_in(record):
    assert hand_in(record).state == "submitted"


def test_the_form_asks_for_four_contacts_of_eighty_characters(record, now):
    fill(record)
    draft = record.draft["work"]["contacts"]

    assert len(draft) == 4
    assert all(len(contact[key]) == 80 for contact in draft for key in ("done", "reaction", "next"))


def test_accepted_work_still_counts_after_consent_is_withdrawn(agreed, sent, learner, now):
    sent.state = "accepted"
    sent.save()

    consent_actions.withdraw(agreed.consents.valid().first(), by=learner, now=now)

    sent.refresh_from_db()
    assert sent.state == "accepted"
    assert type(sent).objects.accepted().count_by_enrolment([agreed.enrolment]) == {agreed.enrolment_id: 1}


def test_only_what_fits_its_field_is_looked_through():
    section = next(one for one in SECTIONS if any(field.kind == "text" for field in one.fields))
    field = next(one for one in section.fields if one.kind == "text")

    def looked_through(text):
        return [typed for _place, typed in places_and_texts(CaseRecordForm(), {section.key: {field.key: text}}, {})]

    fitting = "字" * field.maximum
    assert looked_through(fitting) == [fitting]
    assert looked_through(fitting + "字") == []
