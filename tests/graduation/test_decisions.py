"""Staff propose, a director and a host sign, and nobody edits."""

import threading
from datetime import timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection, connections

from lms import clock
from lms.enrolment.models import Enrolment
from lms.graduation import actions
from lms.graduation.models import Decision, Signature
from lms.graduation.queues import ToPropose, ToSign
from lms.verdicts import Refused
from tests import factories
from tests.graduation.conftest import accepted

pytestmark = pytest.mark.django_db
GRADUATE, NOT_YET = Decision.Outcome.GRADUATE, Decision.Outcome.NOT_YET


@pytest.fixture(autouse=True)
def english(settings):
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def proposal(ready, staff, now):
    [decision] = actions.propose([ready], GRADUATE, by=staff, now=now)
    return decision


def test_a_decision_keeps_that_days_verdicts(proposal, ready, supervisor):
    [line] = proposal.verdicts
    assert (line["key"], line["met"], line["reason"]) == ("accepted_records", True, "2 accepted, 2 needed")
    assert [one["text"] for one in line["facts"]["evidence"]] == ["K-2025-0001", "K-2025-0002"]

    accepted(ready, supervisor, code="K-2025-0003")
    proposal.refresh_from_db()
    assert proposal.verdicts == [line]


def test_nothing_of_a_case_record_but_code_grade_and_date_is_kept(proposal):
    assert "秘密" not in str(proposal.verdicts)


def test_who_does_not_meet_everything_is_not_proposed_for_graduation(enrolment, policy, staff, now):
    with pytest.raises(Refused, match="亢一凡: 1 criterion is not met: Accepted case records"):
        actions.propose([enrolment], GRADUATE, by=staff, now=now)
    assert not Decision.objects.exists()


def test_a_batch_is_proposed_whole_or_not_at_all(ready, ana, staff, now):
    behind = factories.enrol(ana, ready.intake)
    with pytest.raises(Refused, match="安娜"):
        actions.propose([ready, behind], GRADUATE, by=staff, now=now)
    assert not Decision.objects.exists()


def test_an_empty_policy_graduates_nobody(enrolment, staff, now):
    with pytest.raises(Refused, match="no graduation policy"):
        actions.propose([enrolment], GRADUATE, by=staff, now=now)


def test_not_yet_needs_a_reason(enrolment, policy, staff, now):
    with pytest.raises(Refused, match="give the reason"):
        actions.propose([enrolment], NOT_YET, by=staff, now=now)
    [decision] = actions.propose([enrolment], NOT_YET, reason="还差两份个案记录", by=staff, now=now)
    assert decision.is_open


def test_only_the_staff_of_the_intake_propose(ready, director, supervisor, ana, now):
    elsewhere = factories.intake("P", cohort=factories.cohort(7))
    factories.grant(ana, "staff", intake=elsewhere)
    for person in (director, supervisor, ana, ready.learner):
        with pytest.raises(Refused, match="Only the programme staff"):
            actions.propose([ready], GRADUATE, by=person, now=now)


def test_one_open_proposal_at_a_time(proposal, ready, staff, now):
    with pytest.raises(Refused, match="already waiting"):
        actions.propose([ready], GRADUATE, by=staff, now=now)


def test_two_signatures_graduate(proposal, ready, director, signatory, now):
    actions.sign([proposal], by=director, now=now)
    ready.refresh_from_db(), proposal.refresh_from_db()
    assert (ready.state, proposal.decided_at) == (Enrolment.State.ACTIVE, None)

    later = now + timedelta(hours=1)
    actions.sign([proposal], by=signatory, now=later)
    ready.refresh_from_db(), proposal.refresh_from_db()
    assert (ready.state, ready.ended_at, proposal.decided_at) == (Enrolment.State.GRADUATED, later, later)
    assert [one.capacity for one in proposal.signatures.all()] == ["director", "signatory"]


def test_a_signature_carries_the_real_time_and_a_receipt(proposal, director, now):
    before = clock.real_now()
    clock.set_offset(timedelta(days=100))
    [signature] = actions.sign([proposal], by=director, now=clock.now())
    assert before <= signature.signed_at <= clock.real_now()
    assert len(signature.receipt.split("-")) == 4


def test_not_yet_leaves_the_learner_learning(enrolment, policy, staff, director, signatory, now):
    [decision] = actions.propose([enrolment], NOT_YET, reason="还差两份", by=staff, now=now)
    actions.sign([decision], by=director, now=now)
    actions.sign([decision], by=signatory, now=now)
    enrolment.refresh_from_db(), decision.refresh_from_db()
    assert (enrolment.state, decision.decided_at) == (Enrolment.State.ACTIVE, now)


def test_nobody_signs_twice(proposal, director, programme, now):
    factories.grant(director, "signatory", programme=programme)
    actions.sign([proposal], by=director, now=now)
    with pytest.raises(Refused, match="You have signed"):
        actions.sign([proposal], by=director, now=now)


def test_two_directors_are_not_a_director_and_a_host(proposal, director, ana, programme, now):
    factories.grant(ana, "director", programme=programme)
    actions.sign([proposal], by=director, now=now)
    with pytest.raises(Refused, match="the other one is missing"):
        actions.sign([proposal], by=ana, now=now)


def test_neither_proposer_nor_supervisor_nor_learner_nor_stranger_signs(
    proposal, staff, supervisor, learner, ana, programme, now
):
    for person, reason in [
        (staff, "Who proposed"),
        (supervisor, "supervisor does not sign"),
        (learner, "about themselves"),
    ]:
        factories.grant(person, "director", programme=programme)
        with pytest.raises(Refused, match=reason):
            actions.sign([proposal], by=person, now=now)
    with pytest.raises(Refused, match="Only a director and a signatory"):
        actions.sign([proposal], by=ana, now=now)


def test_a_revoked_grant_signs_nothing(proposal, director, now):
    director.grants.update(revoked_at=now)
    with pytest.raises(Refused, match="Only a director"):
        actions.sign([proposal], by=director, now=now)


def test_a_refused_proposal_stays_and_a_new_one_may_follow(proposal, ready, staff, director, signatory, now):
    with pytest.raises(Refused, match="give the reason"):
        actions.refuse(proposal, reason="", by=director, now=now)
    actions.refuse(proposal, reason="第二份记录的日期不对", by=director, now=now)
    with pytest.raises(Refused, match="closed"):
        actions.sign([proposal], by=signatory, now=now)
    actions.propose([ready], GRADUATE, by=staff, now=now)
    assert Decision.objects.filter(enrolment=ready).count() == 2


def test_a_decided_one_cannot_be_refused(proposal, director, signatory, ana, programme, now):
    actions.sign([proposal], by=director, now=now)
    actions.sign([proposal], by=signatory, now=now)
    factories.grant(ana, "director", programme=programme)
    with pytest.raises(Refused, match="closed"):
        actions.refuse(proposal, reason="太晚了", by=ana, now=now)


def test_the_desk_counts_what_waits_for_each(ready, staff, director, signatory, supervisor, intake, now):
    intake.cohort.ends_on = clock.today() + timedelta(days=20)
    intake.cohort.save()
    assert ToPropose.count(staff, now) == 1
    [proposal] = actions.propose([ready], GRADUATE, by=staff, now=now)

    assert (ToPropose.count(staff, now), ToSign.count(staff, now)) == (0, None)
    assert (ToSign.count(director, now), ToSign.count(signatory, now), ToSign.count(supervisor, now)) == (1, 1, None)
    actions.sign([proposal], by=director, now=now)
    assert (ToSign.count(director, now), ToSign.count(signatory, now)) == (0, 1)


@pytest.mark.parametrize("how_many", [1, 3])
def test_deciding_costs_the_same_for_one_and_for_three(
    policy, intake, supervisor, staff, director, signatory, now, django_assert_num_queries, how_many
):
    rows = [factories.enrol(factories.person(f"learner{number}"), intake) for number in range(how_many)]
    for number, one in enumerate(rows):
        accepted(one, supervisor, code=f"K-{number}-1"), accepted(one, supervisor, code=f"K-{number}-2")
    ContentType.objects.get_for_model(type(intake))
    with django_assert_num_queries(17):  # 5 of them tell the signers
        decisions = actions.propose(rows, GRADUATE, by=staff, now=now)
    with django_assert_num_queries(11):
        actions.sign(decisions, by=director, now=now)


@pytest.mark.races
@pytest.mark.django_db(transaction=True)
def test_two_signers_at_once_make_one_decision(ready, staff, director, signatory, now):
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip("needs a file database or PostgreSQL: set TEST_DATABASE_URL")
    [proposal] = actions.propose([ready], GRADUATE, by=staff, now=now)
    barrier, errors = threading.Barrier(4), []

    def race(person):
        barrier.wait()
        try:
            actions.sign([proposal], by=person, now=now)
        except Refused as refused:
            errors.append(str(refused))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=race, args=[one]) for one in (director, director, signatory, signatory)]
    [one.start() for one in threads], [one.join() for one in threads]

    assert Signature.objects.filter(decision=proposal).count() == 2
    assert len(errors) == 2
    ready.refresh_from_db()
    assert ready.state == Enrolment.State.GRADUATED
