"""Lists cost the same with one row and with three: session, user and what the page is about."""

import pytest
from django.urls import reverse

from lms import clock
from lms.casework import actions, time_actions
from lms.enrolment.actions import assign_supervisor
from tests import factories
from tests.casework.conftest import hand_in, say

COSTS = {
    "casework:list": 8,
    "casework:case": 8,
    "casework:consents": 5,
    "casework:choose": 7,
    "casework:hours": 10,
    "desk_casework:hours": 7,
    "desk_casework:supervision": 4,
    "desk_casework:supervision_of_intake": 8,
    "desk_casework:register": 7,
}


@pytest.fixture(params=[1, 3])
def world(request, enrolment, assignment, intake, supervisor, staff, now):
    """One or three learners of one supervisor; the first has as many cases, records and entries of time."""
    for number in range(request.param - 1):
        other = factories.enrol(factories.person(f"other{number}"), intake)
        assign_supervisor(other, supervisor, by=staff, now=now)
        populate(other, assignment, now)
    for _ in range(request.param):
        case = populate(enrolment, assignment, now)
    return {"case": case.code, "assignment": assignment.uuid, "intake": intake.pk}


def populate(enrolment, assignment, now):
    """A case with its consents, its record handed in, and time that waits."""
    learner = enrolment.learner
    case = actions.open_case(enrolment, age_band="9-13", now=now)
    for purpose in ("service", "training"):
        for giver in ("guardian", "child"):
            say(case, purpose, giver, by=learner)
    hand_in(actions.start_record(case, assignment, now=now), key=case.code)
    for _ in range(2):
        time_actions.enter_time(enrolment, date=clock.today(), minutes=60, kind="visit", case=case, now=now)
    return case


ARGUMENTS = {
    "casework:case": "case",
    "casework:consents": "case",
    "casework:choose": "assignment",
    "desk_casework:supervision_of_intake": "intake",
}


@pytest.mark.parametrize("page", COSTS)
def test_a_page_costs_the_same_with_one_and_with_three(
    page, world, learner, supervisor, staff, client, django_assert_num_queries
):
    staff_pages = ("supervision", "register")
    area, _colon, name = page.partition(":")
    client.force_login(learner if area == "casework" else staff if name.startswith(staff_pages) else supervisor)
    arguments = [world[ARGUMENTS[page]]] if page in ARGUMENTS else []
    url = reverse(page, args=arguments)
    client.get(url)

    with django_assert_num_queries(COSTS[page]):
        assert client.get(url).status_code == 200


@pytest.mark.parametrize("many", [1, 3])
def test_the_list_of_intakes_to_supervise_costs_the_same(programme, staff, client, many, django_assert_num_queries):
    for number in range(many):
        factories.intake("K", cohort=factories.cohort(number + 1))
    client.force_login(staff)
    with django_assert_num_queries(4):
        assert client.get(reverse("desk_casework:supervision")).status_code == 200
