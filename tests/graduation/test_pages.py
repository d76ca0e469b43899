"""The same page for learner, supervisor and staff; the board; and who sees none of it."""

import pytest
from django.urls import reverse

from assessments.models import Marker
from lms.graduation import actions
from lms.graduation.freezing import freeze
from lms.graduation.models import Decision, Policy
from lms.graduation.outlook import GraduationOutlook
from tests import factories
from tests.graduation.conftest import accepted, write_policy

pytestmark = pytest.mark.django_db
OPENED = ("assessments:submission", "desk_assessments:grade")


@pytest.fixture(autouse=True)
def without_second_factor(settings):
    settings.SECOND_FACTOR_REQUIRED = False


@pytest.fixture
def reader(client):
    def as_user(user):
        client.force_login(user)
        client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
        return client

    return as_user


@pytest.fixture
def stranger(intake):
    """Staff of another cohort's intake, and learner there."""
    user = factories.person("stranger")
    other = factories.intake("P", cohort=factories.cohort(5))
    factories.grant(user, "director", intake=other)
    factories.enrol(user, other)
    return user


def test_learner_supervisor_and_staff_read_the_same_lines(
    reader, policy, enrolment, learner, supervisor, staff, director, signatory
):
    accepted(enrolment, supervisor, code="K-2025-0009", grade=86)
    url = reverse("graduation:enrolment", args=[enrolment.pk])
    for person in (learner, supervisor, staff, director, signatory):
        page = reader(person).get(url).content.decode()
        for fact in ("Accepted case records", "1 accepted, 2 needed", "K-2025-0009", "grade 86"):
            assert fact in page, person
        assert "秘密" not in page


def test_a_record_opens_only_for_its_author_and_its_marker(reader, policy, enrolment, learner, supervisor, staff, now):
    submission = accepted(enrolment, supervisor)
    url = reverse("graduation:enrolment", args=[enrolment.pk])
    as_author, as_marker = (reverse(name, args=[submission.uuid]) for name in OPENED)
    assert as_author in reader(learner).get(url).content.decode()
    for person in (supervisor, staff):
        page = reader(person).get(url).content.decode()
        assert as_author not in page and as_marker not in page

    Marker.objects.create(submission=submission, user=supervisor, capacity="supervisor", allowed_at=now)
    assert as_marker in reader(supervisor).get(url).content.decode()
    submission.closed_at = now
    submission.save()
    assert as_marker not in reader(supervisor).get(url).content.decode()


def test_nobody_else_sees_it_and_missing_looks_like_forbidden(reader, policy, enrolment, ana, stranger):
    url = reverse("graduation:enrolment", args=[enrolment.pk])
    for person in (ana, stranger):
        client = reader(person)
        assert client.get(url).status_code == 404
        assert client.get(reverse("graduation:enrolment", args=[999])).status_code == 404


def test_a_supervisor_sees_it_no_longer_than_they_supervise(reader, policy, enrolment, supervisor, now):
    enrolment.supervisions.update(until=now)
    assert reader(supervisor).get(reverse("graduation:enrolment", args=[enrolment.pk])).status_code == 404


def test_one_enrolment_is_shown_at_once_and_several_as_a_list(reader, policy, learner, enrolment):
    client = reader(learner)
    assert client.get(reverse("graduation:mine")).url == reverse("graduation:enrolment", args=[enrolment.pk])
    factories.enrol(learner, factories.intake("P"))
    assert "0 of 1 criteria met" in client.get(reverse("graduation:mine")).content.decode()


def test_a_track_without_a_policy_says_so(reader, learner, enrolment):
    page = reader(learner).get(reverse("graduation:enrolment", args=[enrolment.pk])).content.decode()
    assert "No graduation policy yet" in page


@pytest.mark.parametrize("how_many", [1, 3])
def test_the_home_page_is_told_with_one_query_per_line(policy, intake, now, django_assert_num_queries, how_many):
    rows = [factories.enrol(factories.person(f"learner{number}"), intake) for number in range(how_many)]
    with django_assert_num_queries(2):
        lines = GraduationOutlook.lines(rows, now)
    [line] = lines[rows[-1].pk]
    assert (line.met, line.todo, line.reason) == (False, "Hand in 2 more case records", "0 accepted, 2 needed")


# --- the board ------------------------------------------------------------------------------------------------------
BOARD = ("desk_graduation:intake", "desk_graduation:excuses")


def test_the_board_is_for_staff_director_and_signatory_of_the_intake(
    reader, ready, staff, director, signatory, supervisor, learner, stranger
):
    urls = [reverse(name, args=[ready.intake_id]) for name in BOARD]
    urls.append(reverse("desk_graduation:dossier", args=[ready.pk]))
    for person in (staff, director, signatory):
        assert [reader(person).get(url).status_code for url in urls] == [200, 200, 200]
    for person in (supervisor, learner, stranger):
        assert [reader(person).get(url).status_code for url in urls] == [404, 404, 404]


def test_from_the_board_to_a_certificate(reader, ready, staff, director, signatory):
    board = reverse("desk_graduation:intake", args=[ready.intake_id])
    page = reader(staff).get(board).content.decode()
    assert "亢一凡" in page and "all met" in page
    proposal = {"enrolment": [ready.pk], "outcome": "graduate", "reason": "督导推荐"}
    reader(staff).post(reverse("desk_graduation:propose", args=[ready.intake_id]), proposal)
    decision = Decision.objects.get()

    for person in (director, signatory):
        page = reader(person).get(reverse("desk_graduation:dossier", args=[ready.pk])).content.decode()
        assert "Criteria, as they stood" in page and "督导推荐" in page
        reader(person).post(reverse("desk_graduation:sign", args=[ready.intake_id]), {"decision": [decision.pk]})

    page = reader(ready.learner).get(reverse("graduation:enrolment", args=[ready.pk])).content.decode()
    assert "Graduated" in page and reverse("credentials:mine") in page


def test_a_refused_proposal_says_why_and_keeps_what_was_chosen_and_typed(reader, policy, enrolment, staff):
    proposal = {"enrolment": [enrolment.pk], "outcome": "graduate", "reason": "督导推荐"}
    response = reader(staff).post(reverse("desk_graduation:propose", args=[enrolment.intake_id]), proposal)
    page = response.content.decode()
    assert response.status_code == 422
    assert "亢一凡: 1 criterion is not met: Accepted case records" in page
    assert "督导推荐" in page and f'value="{enrolment.pk}" checked' in page


def test_who_may_not_sign_is_told_why(reader, ready, staff, director, now):
    [decision] = actions.propose([ready], "graduate", by=staff, now=now)
    page = reader(staff).get(reverse("desk_graduation:dossier", args=[ready.pk])).content.decode()
    assert "Only a director and a signatory of a host sign" in page
    response = reader(staff).post(reverse("desk_graduation:sign", args=[ready.intake_id]), {"decision": [decision.pk]})
    assert response.status_code == 422 and not decision.signatures.exists()


def test_a_proposal_is_sent_back_with_a_reason(reader, ready, staff, director, now):
    [decision] = actions.propose([ready], "graduate", by=staff, now=now)
    url = reverse("desk_graduation:refuse", args=[decision.pk])
    assert reader(director).post(url, {"reason": ""}).status_code == 422
    reader(director).post(url, {"reason": "日期不对"})
    page = reader(staff).get(reverse("desk_graduation:dossier", args=[ready.pk])).content.decode()
    assert "日期不对" in page and "sent back" in page


def test_no_address_of_another_intake_proposes_or_signs(reader, ready, staff, stranger, now):
    [decision] = actions.propose([ready], "graduate", by=staff, now=now)
    for name, data in (("propose", {"enrolment": [ready.pk]}), ("sign", {"decision": [decision.pk]})):
        url = reverse(f"desk_graduation:{name}", args=[ready.intake_id])
        assert reader(stranger).post(url, data).status_code == 404
        elsewhere = reverse(f"desk_graduation:{name}", args=[stranger.enrolments.get().intake_id])
        assert reader(stranger).post(elsewhere, data).status_code == 422
    assert reader(stranger).post(reverse("desk_graduation:refuse", args=[decision.pk])).status_code == 404
    assert not decision.signatures.exists()


def test_staff_excuse_an_intake_from_an_activity(reader, course, case_track, intake, enrolment, staff, now):
    write_policy(case_track, required_lessons={})
    freeze(intake, now=now)
    row = intake.required.order_by("pk").first()
    url = reverse("desk_graduation:excuses", args=[intake.pk])
    assert reader(staff).post(url, {"activity": row.activity_id, "reason": ""}).status_code == 422
    reader(staff).post(url, {"activity": row.activity_id, "reason": "内容停用"})
    assert row.activity.overrides.get().learner == enrolment.learner


@pytest.mark.parametrize("hostile", ["²", "9" * 30, "9" * 5000, "-1", "x", ""])
def test_numbers_that_are_none_choose_nobody(reader, ready, intake, staff, hostile):
    browser = reader(staff)
    for verb, field in (("propose", "enrolment"), ("sign", "decision")):
        answer = browser.post(reverse(f"desk_graduation:{verb}", args=[intake.pk]), {field: hostile})
        assert answer.status_code == 422
    excuse = reverse("desk_graduation:excuses", args=[intake.pk])
    assert browser.post(excuse, {"activity": hostile, "reason": "调课"}).status_code == 404


@pytest.mark.parametrize("how_many", [1, 3])
def test_the_board_costs_the_same_for_one_and_for_three(
    reader, policy, intake, supervisor, staff, django_assert_num_queries, how_many
):
    for number in range(how_many):
        one = factories.enrol(factories.person(f"learner{number}"), intake)
        accepted(one, supervisor, code=f"K-{number}")
    client, url = reader(staff), reverse("desk_graduation:intake", args=[intake.pk])
    client.get(url)
    with django_assert_num_queries(10):
        client.get(url)


@pytest.mark.parametrize("how_many", [1, 3])
def test_the_list_of_intakes_costs_the_same_for_one_and_for_three(
    reader, policy, programme, staff, director, now, django_assert_num_queries, how_many
):
    for number in range(how_many):
        one = factories.enrol(
            factories.person(f"learner{number}"), factories.intake("K", cohort=factories.cohort(number + 1))
        )
        actions.propose([one], "not_yet", reason="x", by=staff, now=now)
    client, url = reader(director), reverse("desk_graduation:board")
    client.get(url)
    with django_assert_num_queries(6):
        client.get(url)


@pytest.mark.parametrize("how_many", [1, 3])
def test_the_list_of_ones_own_places_costs_the_same_for_one_and_for_three(
    reader, policy, ana, django_assert_num_queries, how_many
):
    for number in range(how_many + 1):
        factories.enrol(ana, factories.intake("K", cohort=factories.cohort(number + 1)))
    client, url = reader(ana), reverse("graduation:mine")
    client.get(url)
    with django_assert_num_queries(7):
        client.get(url)


# --- the policy's form ----------------------------------------------------------------------------------------------
@pytest.fixture
def admin(reader, db):
    return reader(factories.person("root", is_superuser=True, is_staff=True))


def test_the_staff_form_is_made_of_the_settings_of_every_criterion(admin, case_track):
    page = admin.get(reverse("graduation_policy:add")).content.decode()
    for words in ("Accepted case records", "Number of records", "Least share of direct service, in per cent"):
        assert words in page

    data = {"track": case_track.pk, "service_hours": "on", "service_hours-minimum": "60", "service_hours-direct": "70"}
    admin.post(reverse("graduation_policy:add"), data)
    [line] = Policy.objects.get(track=case_track).lines.all()
    assert (line.key, line.settings) == ("service_hours", {"minimum": 60, "direct": 70})


def test_a_chosen_criterion_needs_sensible_settings(admin, case_track):
    url = reverse("graduation_policy:add")
    for wrong in ("", "0", "many"):
        admin.post(url, {"track": case_track.pk, "accepted_records": "on", "accepted_records-minimum": wrong})
    assert not Policy.objects.exists()


def test_editing_keeps_the_lines_of_a_plugin_that_is_gone(admin, case_track):
    policy = write_policy(case_track, casecount_accepted={"minimum": 1}, accepted_records={"minimum": 2})
    url = reverse("graduation_policy:edit", args=[policy.pk])
    admin.post(url, {"track": case_track.pk, "accepted_records": "on", "accepted_records-minimum": "3"})
    assert {line.key: line.settings for line in policy.lines.all()} == {
        "accepted_records": {"minimum": 3},
        "casecount_accepted": {"minimum": 1},
    }
