"""Learners at the desk: who sees whom, how far they are, in pages that cost the same everywhere."""

import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from assessments.models import Override
from lms import clock
from lms.casework import actions as cases
from lms.casework import time_actions
from lms.enrolment.models import Enrolment
from lms.people.models import User
from lms.progress import learners
from lms.progress.models import Completion
from tests import factories
from tests.progress.conftest import nodes

LIST = "/desk/learners/"


@pytest.fixture(autouse=True)
def one_factor(settings):
    settings.SECOND_FACTOR_REQUIRED = False


def names(response):
    return [str(row.enrolment.learner) for row in response.context["page"].rows]


def crowd(intake, size):
    """So many people enrolled in the intake."""
    people = User.objects.bulk_create(User(username=f"p{n}", name=f"学员{n:05}") for n in range(size))
    return Enrolment.objects.bulk_create(
        Enrolment(learner=one, intake=intake, enrolled_at=intake.opens_at) for one in people
    )


def test_staff_see_the_learners_of_their_intakes_only(client, programme, intake, learner, ana, ben):
    factories.enrol(ana, factories.intake("P"))
    factories.grant(ben, "staff", intake=intake)
    client.force_login(ben)

    assert names(client.get(LIST)) == [learner.name]


def test_staff_of_a_programme_without_learners_see_that_there_are_none(client, ana, learner):
    factories.grant(ana, "staff", programme=factories.programme("elsewhere"))
    client.force_login(ana)
    page = client.get(LIST, headers={"accept-language": "en"})

    assert names(page) == [] and "Nobody is enrolled yet" in page.content.decode()


def test_a_supervisor_sees_their_own_learners_only(client, supervisor, learner, intake, ana):
    factories.enrol(ana, intake)
    client.force_login(supervisor)

    assert names(client.get(LIST)) == [learner.name]


def test_learners_and_strangers_see_nobody(client, learner, ana):
    for user in (learner, ana):
        client.force_login(user)
        assert client.get(LIST).status_code == 404
        assert client.get(reverse("desk_learn:export")).status_code == 404


def test_a_learner_does_not_open_a_colleagues_page(client, learner, intake, ana):
    colleague = factories.enrol(ana, intake)
    client.force_login(learner)

    assert client.get(reverse("desk_learn:learner", args=[colleague.pk])).status_code == 404


def test_the_list_says_how_much_of_what_is_required_is_done(client, staff, learner, course, now):
    first, second, _third = nodes(course)
    Completion.objects.create(learner=learner, activity_id=first.activity, completed_at=now)
    Override.objects.create(
        learner=learner, activity_id=second.activity, excused=True, reason="生病", given_by=staff, given_at=now
    )
    client.force_login(staff)
    row = client.get(LIST).context["page"].rows[0]

    assert (row.done, row.required, row.mark) == (1, 2, "part")


def test_the_list_filters_by_name_and_state(client, staff, learner, intake, ana):
    factories.enrol(ana, intake, state="graduated")
    client.force_login(staff)

    assert names(client.get(LIST, {"name": "安"})) == ["安娜"]
    assert names(client.get(LIST, {"state": "active"})) == [learner.name]
    assert names(client.get(LIST, {"intake": intake.pk})) == [learner.name, "安娜"]
    assert names(client.get(LIST, {"intake": "99999", "track": "no"})) == [learner.name, "安娜"]
    assert "Nobody was found" in client.get(LIST, {"name": "xyz"}, headers={"accept-language": "en"}).content.decode()


def test_pages_are_cut_by_key_both_ways(staff, intake, now):
    crowd(intake, 5)
    found = learners.enrolments(staff, now)
    first = learners.page(found, size=2)
    second = learners.page(found, after=first.after, size=2)
    third = learners.page(found, after=second.after, size=2)
    back = learners.page(found, before=third.before, size=2)

    assert [len(cut.rows) for cut in (first, second, third)] == [2, 2, 1]
    assert (first.before, third.after) == (None, None)
    assert [row.enrolment.pk for row in back.rows] == [row.enrolment.pk for row in second.rows]


@pytest.mark.parametrize("size", [1, 100])
def test_the_list_costs_the_same_for_one_and_for_a_hundred(
    client, staff, course, intake, size, django_assert_num_queries
):
    crowd(intake, size)
    client.force_login(staff)
    client.get(LIST)

    with django_assert_num_queries(8):  # session, user, intakes, rows, required, done, excused, rail
        client.get(LIST)


# --- whom one supervises --------------------------------------------------------------------------------------------
def worked(enrolment, now):
    """A case, and time that waits."""
    case = cases.open_case(enrolment, age_band="9-13", now=now)
    time_actions.enter_time(enrolment, date=clock.today(), minutes=95, kind="visit", case=case, now=now)
    return case


def test_a_supervisor_sees_cases_by_code_and_what_waits_beside_how_far_they_are(client, supervisor, enrolment, now):
    case = worked(enrolment, now)
    client.force_login(supervisor)
    page = client.get(LIST, headers={"accept-language": "en"}).content.decode()

    assert case.code in page and "1 h 35 min" in page and "Waits for me" in page
    assert f"{reverse('desk_casework:hours')}?learner={enrolment.pk}" in page


def test_staff_see_no_cases_in_the_list(client, staff, enrolment, now):
    case = worked(enrolment, now)
    client.force_login(staff)
    page = client.get(LIST, headers={"accept-language": "en"}).content.decode()

    assert case.code not in page and "Waits for me" not in page


def test_who_is_staff_and_supervises_sees_cases_of_their_own_learners_only(
    client, staff, enrolment, learner, intake, ana, now
):
    other = worked(factories.enrol(ana, intake), now)
    case = worked(enrolment, now)
    factories.supervise(enrolment, staff)
    client.force_login(staff)
    page = client.get(LIST).content.decode()

    assert case.code in page and other.code not in page
    assert names(client.get(LIST, {"mine": "on"})) == [learner.name]


@pytest.mark.parametrize("people", [1, 3])
def test_the_supervisors_list_costs_the_same(
    client, supervisor, enrolment, intake, now, people, django_assert_num_queries
):
    for number in range(people - 1):
        other = factories.enrol(factories.person(f"other{number}"), intake)
        factories.supervise(other, supervisor)
        worked(other, now)
    for _ in range(people):
        worked(enrolment, now)
    client.force_login(supervisor)
    client.get(LIST)
    with django_assert_num_queries(9):  # no course here; for supervisors service, its policies, cases
        client.get(LIST)


def test_the_export_holds_everyone_and_no_formula(client, staff, intake, learner):
    learner.name = "=1+1"
    learner.save()
    crowd(intake, 60)
    client.force_login(staff)
    response = client.get(reverse("desk_learn:export"))
    rows = list(load_workbook(io.BytesIO(b"".join(response.streaming_content))).active.values)

    assert len(rows) == 62
    assert rows[1][0] == "'=1+1"


@pytest.mark.parametrize("size", [1, 100])
def test_the_export_costs_the_same_for_one_and_for_a_hundred(
    client, staff, course, intake, size, django_assert_num_queries
):
    crowd(intake, size)
    client.force_login(staff)

    with django_assert_num_queries(8):  # session, user, intakes, rows, required, done, excused, no more rows
        b"".join(client.get(reverse("desk_learn:export")).streaming_content)


def test_a_learners_page_shows_what_counts_and_why(client, staff, learner, enrolment, course, now):
    first, second, _third = nodes(course)
    client.force_login(learner)
    client.post(reverse("learn:finish", args=[first.key]))
    Override.objects.create(
        learner=learner,
        activity_id=second.activity,
        excused=True,
        reason="生病，已补交说明",
        given_by=staff,
        given_at=now,
    )
    client.force_login(staff)
    response = client.get(reverse("desk_learn:learner", args=[enrolment.pk]))
    group = response.context["groups"][0]

    assert (group.counted, group.wanted) == (1, 2)
    assert "生病，已补交说明" in response.content.decode()


def test_a_learners_page_costs_the_same_with_one_lesson_and_with_many(
    client, staff, enrolment, case_track, django_assert_num_queries
):
    client.force_login(staff)
    for lessons in (1, 3):
        factories.course("课程", lessons=lessons, tracks=[case_track])
        client.get(reverse("desk_learn:learner", args=[enrolment.pk]))
        with django_assert_num_queries(13):
            client.get(reverse("desk_learn:learner", args=[enrolment.pk]))


def test_the_desk_begins_with_what_waits(client, staff):
    client.force_login(staff)
    response = client.get(reverse("desk:home"))

    assert response.status_code == 200
    assert reverse("desk_learn:learners") in response.content.decode()


def test_people_without_a_desk_find_none(client, learner):
    client.force_login(learner)

    assert client.get(reverse("desk:home")).status_code == 404
