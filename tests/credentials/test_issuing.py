"""A credential is issued once, by the second signature, and never edited."""

import threading

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection, connections

from lms.credentials import numbers
from lms.credentials.actions import issue, replace, revoke
from lms.credentials.models import Credential, Series
from lms.graduation import actions
from lms.graduation.models import Decision
from lms.programmes.models import Intake
from lms.verdicts import Refused
from tests import factories
from tests.graduation.conftest import accepted, serve, write_policy

pytestmark = pytest.mark.django_db


def more_ready(intake, supervisor, how_many, name="学员"):
    """Enrolments that meet the policy of two records."""
    for number in range(how_many):
        one = factories.enrol(factories.person(f"{name}{number}", name=name), intake)
        accepted(one, supervisor, code=f"{name}{number}-1")
        accepted(one, supervisor, code=f"{name}{number}-2")
        yield one


def test_the_second_signature_issues_one_credential(ready, staff, director, signatory, now):
    [decision] = actions.propose([ready], "graduate", by=staff, now=now)
    actions.sign([decision], by=director, now=now)
    assert not Credential.objects.exists()

    actions.sign([decision], by=signatory, now=now)
    [credential] = Credential.objects.all()
    assert (credential.holder, credential.decision, credential.issued_at) == (ready.learner, decision, now)
    assert len(credential.code) == 43


def test_not_yet_issues_nothing(enrolment, policy, staff, director, signatory, now):
    decisions = actions.propose([enrolment], "not_yet", reason="还差两份", by=staff, now=now)
    actions.sign(decisions, by=director, now=now)
    actions.sign(decisions, by=signatory, now=now)
    assert not Credential.objects.exists()


def test_issuing_again_does_nothing_even_after_a_revocation(credential, director, now):
    revoke(credential, reason="核实有误", by=director, now=now)
    assert issue([credential.decision], now=now) == []
    assert Credential.objects.count() == 1


def test_numbers_name_area_year_track_and_have_no_gaps(graduate, ready, supervisor, intake):
    issued = graduate(ready, *more_ready(intake, supervisor, 2))
    year = intake.cohort.starts_on.year
    assert [one.number[:-2] for one in issued] == [f"LX-NS-{year}-K-{n:04d}" for n in (1, 2, 3)]
    assert all(numbers.is_well_formed(one.number) for one in issued)


def test_a_refused_issue_leaves_no_gap(graduate, ready, supervisor, intake, learner):
    [unprintable] = more_ready(intake, supervisor, 1, name="星🌟")
    with pytest.raises(Refused):
        graduate(unprintable)
    [credential] = graduate(ready)
    assert credential.number[-6:-2] == "0001"


@pytest.mark.parametrize("wrong", ["LX-NS-2025-K-0008", "LX-NS-2025-C-0007", "LX-NS-2052-K-0007", "LX-SN-2025-K-0007"])
def test_the_check_character_finds_a_mistyped_number(wrong):
    right = numbers.number("LX-NS-2025-K", 7)
    assert numbers.is_well_formed(right)
    assert not numbers.is_well_formed(f"{wrong}-{right[-1]}")


def test_numbers_are_read_as_people_type_them():
    assert numbers.tidied(" ｌx ns–2025—k 0007 c ") == "LX-NS-2025-K-0007-C"


def test_a_region_that_cannot_stand_in_a_number_is_refused(graduate, ready, programme):
    programme.region = "广州市南沙区"
    programme.save()
    ready.intake.cohort.programme.refresh_from_db()
    with pytest.raises(Refused, match="广州市南沙区"):
        graduate(ready)
    assert not Decision.objects.filter(decided_at__isnull=False).exists()


def test_a_name_that_cannot_be_printed_is_refused_before_anybody_signs(ready, learner, staff, now):
    learner.name = "亢一🌟凡"
    learner.save()
    with pytest.raises(Refused, match="cannot print these characters of the name: 🌟"):
        actions.propose([ready], "graduate", by=staff, now=now)
    assert not Decision.objects.exists()


def test_a_name_spoilt_between_the_signatures_stops_the_second(ready, learner, staff, director, signatory, now):
    decisions = actions.propose([ready], "graduate", by=staff, now=now)
    actions.sign(decisions, by=director, now=now)
    learner.name = "🌟"
    learner.save()
    with pytest.raises(Refused, match="🌟"):
        actions.sign(decisions, by=signatory, now=now)
    ready.refresh_from_db()
    assert (ready.state, Credential.objects.count()) == ("active", 0)


def test_rare_characters_of_names_are_printed(graduate, ready, learner):
    learner.name = "䶮喆·𬱖㛃"
    learner.save()
    ready.learner.refresh_from_db()
    [credential] = graduate(ready)
    assert credential.values["name"] == "䶮喆·𬱖㛃"


def test_what_is_printed_is_frozen_with_the_hours_of_the_verdicts(graduate, case_track, ready, host, learner):
    write_policy(case_track, service_hours={"minimum": 60})
    serve(ready, 64.5)
    [credential] = graduate(ready)
    learner.name = "别名"
    learner.save()

    credential.refresh_from_db()
    values = credential.values
    assert (values["name"], values["service_hours"], values["course_hours"]) == ("亢一凡", 64.5, None)
    assert "兹证明亢一凡于 " in values["statement_zh"] and "完成实践服务 64.5 小时，" in values["statement_zh"]
    assert "64.5 hours of practice" in values["statement_en"]
    assert values["issuers"] == [{"zh": "亮星计划培养委员会", "en": "Liangxing Programme Board"}]
    assert values["verify_url"] == f"http://testserver/certificates/verify/{credential.code}/"


def test_a_revoked_credential_stays_with_its_reason(credential, director, now):
    revoke(credential, reason="核实有误", by=director, now=now)
    credential.refresh_from_db()
    assert (credential.state, credential.end_reason, credential.ended_by) == ("revoked", "核实有误", director)
    with pytest.raises(Refused, match="not valid any more"):
        revoke(credential, reason="再次", by=director, now=now)


def test_a_replacement_corrects_the_name_and_names_the_old_number(credential, staff, now):
    new = replace(credential, name="亢一帆", reason="姓名有误", by=staff, now=now)
    credential.refresh_from_db()
    assert (credential.state, credential.replacement, credential.values["name"]) == ("replaced", new, "亢一凡")
    assert (new.values["name"], new.values["replaces"], new.number[-6:-2]) == ("亢一帆", credential.number, "0002")
    assert "兹证明亢一帆于" in new.values["statement_zh"]
    assert new.code != credential.code


@pytest.mark.parametrize(
    ("name", "reason", "said"),
    [("亢一凡", "有误", "same as before"), ("🌟", "有误", "cannot print"), ("亢一帆", " ", "give the reason")],
)
def test_a_replacement_needs_another_printable_name_and_a_reason(credential, staff, now, name, reason, said):
    with pytest.raises(Refused, match=said):
        replace(credential, name=name, reason=reason, by=staff, now=now)


def test_only_staff_and_directors_of_the_intake_end_a_certificate(credential, learner, supervisor, signatory, ana, now):
    factories.grant(ana, "director", intake=factories.intake("P", cohort=factories.cohort(9)))
    for person in (learner, supervisor, signatory, ana):
        with pytest.raises(Refused, match="Only the staff or a director"):
            revoke(credential, reason="x", by=person, now=now)
        with pytest.raises(Refused, match="Only the staff or a director"):
            replace(credential, name="亢一帆", reason="x", by=person, now=now)


@pytest.mark.parametrize("how_many", [1, 3])
def test_the_second_signature_costs_the_same_for_one_and_for_three(
    policy, intake, supervisor, staff, director, signatory, host, now, django_assert_num_queries, how_many
):
    rows = list(more_ready(intake, supervisor, how_many))
    decisions = actions.propose(rows, "graduate", by=staff, now=now)
    actions.sign(decisions, by=director, now=now)
    ContentType.objects.get_for_model(Intake)
    with django_assert_num_queries(30):  # 8 of them tell the graduates
        actions.sign(decisions, by=signatory, now=now)
    assert Credential.objects.count() == how_many


@pytest.mark.races
@pytest.mark.django_db(transaction=True)
def test_boards_that_sign_at_once_number_without_gaps(ready, supervisor, staff, director, signatory, now):
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip("needs a file database or PostgreSQL: set TEST_DATABASE_URL")
    rows = [ready, *more_ready(ready.intake, supervisor, 7)]
    decisions = actions.propose(rows, "graduate", by=staff, now=now)
    actions.sign(decisions, by=director, now=now)
    barrier = threading.Barrier(16)

    def race(decision):
        barrier.wait()
        try:
            actions.sign([decision], by=signatory, now=now)
        except Refused:
            pass
        finally:
            connections.close_all()

    threads = [threading.Thread(target=race, args=[one]) for one in [*decisions, *decisions]]
    [one.start() for one in threads], [one.join() for one in threads]

    running = sorted(int(one.number.split("-")[4]) for one in Credential.objects.all())
    assert running == list(range(1, 9))
    assert Series.objects.get().last == 8
