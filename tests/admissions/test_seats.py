"""Offers, confirmations and the waiting list, one at a time. Races stand in test_races.py."""

from datetime import timedelta

import pytest
from django.utils import timezone

from lms.admissions import actions
from lms.admissions.models import Choice
from lms.enrolment.models import Enrolment
from lms.verdicts import Refused
from tests import factories
from tests.admissions.stories import admit_to_ranking, apply, pass_screening

State = Choice.State


@pytest.fixture
def one_seat(case_track):
    return factories.intake("K", seats=1)


@pytest.fixture
def ranked(one_seat, staff, scorers):
    """Four screened and scored choices for one seat, best first."""
    people = [factories.person(f"applicant-{n}") for n in range(4)]
    return [admit_to_ranking(user, one_seat, staff, scorers, motivation=15 - n) for n, user in enumerate(people)]


def state(choice):
    return Choice.objects.values_list("state", "rank").get(pk=choice.pk)


def test_the_last_seat_is_offered_once(one_seat, ranked, staff, now):
    first, second, *_ = ranked

    actions.offer(first, by=staff, now=now)
    with pytest.raises(Refused, match=r"1.*1"):
        actions.offer(second, by=staff, now=now)

    assert list(one_seat.choices.holding_a_seat(now)) == [first]


def test_only_who_passed_screening_and_the_floor_is_offered_a_seat(one_seat, ana, ben, staff, scorers, now):
    unscreened = apply(ana, one_seat)
    with pytest.raises(Refused):
        actions.offer(unscreened, by=staff, now=now)

    low = admit_to_ranking(ben, one_seat, staff, scorers, experience=5, motivation=5)
    assert low.score == 46
    with pytest.raises(Refused):
        actions.offer(low, by=staff, now=now)


def test_confirming_enrols_and_keeps_the_seat_for_good(one_seat, ranked, staff, now):
    first = ranked[0]
    actions.offer(first, by=staff, now=now)

    actions.confirm(first, now=now + timedelta(days=1))

    later = now + timedelta(days=30)
    assert list(one_seat.choices.holding_a_seat(later)) == [first]
    assert Enrolment.objects.get().learner == first.application.applicant
    with pytest.raises(Refused):
        actions.confirm(first, now=later)
    assert Enrolment.objects.count() == 1


def test_an_offer_is_open_until_six_in_the_evening_of_its_last_day(one_seat, ranked, staff, now):
    offered = actions.offer(ranked[0], by=staff, now=now)

    assert f"{timezone.localtime(offered.offered_until):%H:%M}" == "18:00"
    with pytest.raises(Refused):
        actions.confirm(offered, now=offered.offered_until)
    actions.confirm(offered, now=offered.offered_until - timedelta(seconds=1))
    assert state(offered) == (State.CONFIRMED, None)


def test_a_lapsed_offer_goes_to_the_head_of_the_list(one_seat, ranked, staff, now):
    first, second, third, fourth = ranked
    offered = actions.offer(first, by=staff, now=now)
    for choice in (second, third, fourth):
        actions.waitlist(choice, by=staff, now=now)
    late = offered.offered_until + timedelta(minutes=1)

    assert actions.lapse_offers(late) == 1
    assert actions.lapse_offers(late) == 0

    assert [state(choice) for choice in ranked] == [
        (State.LAPSED, None),
        (State.OFFERED, None),
        (State.WAITLISTED, 1),
        (State.WAITLISTED, 2),
    ]
    kinds = list(first.application.letters.order_by("pk").values_list("kind", flat=True))
    assert kinds == ["receipt", "offer", "lapse"]
    assert list(second.application.letters.order_by("pk").values_list("kind", flat=True)) == [
        "receipt",
        "waitlist",
        "offer",
    ]


def test_withdrawing_an_offered_seat_promotes_exactly_the_head(one_seat, ranked, staff, now):
    first, second, third, _fourth = ranked
    actions.offer(first, by=staff, now=now)
    actions.waitlist(second, by=staff, now=now)
    actions.waitlist(third, by=staff, now=now)

    actions.withdraw(first, by=first.application.applicant, now=now)

    assert [state(choice) for choice in ranked[:3]] == [
        (State.WITHDRAWN, None),
        (State.OFFERED, None),
        (State.WAITLISTED, 1),
    ]


def test_leaving_the_waiting_list_leaves_no_gap(one_seat, ranked, staff, now):
    for choice in ranked:
        actions.waitlist(choice, by=staff, now=now)

    actions.withdraw(ranked[1], by=staff, now=now)
    actions.decline(ranked[0], reason="资格不符", by=staff, now=now)

    assert [state(choice)[1] for choice in ranked] == [None, None, 1, 2]


def test_nobody_on_the_list_is_offered_a_seat_before_their_turn(one_seat, ranked, staff, now):
    first, second, *_ = ranked
    actions.waitlist(first, by=staff, now=now)
    actions.waitlist(second, by=staff, now=now)

    with pytest.raises(Refused):
        actions.offer(second, by=staff, now=now)
    actions.offer(first, by=staff, now=now)

    assert state(second) == (State.WAITLISTED, 1)


def test_the_waiting_list_ends_two_weeks_after_closing(one_seat, ranked, staff, now):
    first, second, *_ = ranked
    actions.offer(first, by=staff, now=now)
    actions.waitlist(second, by=staff, now=now)

    assert actions.lapse_offers(one_seat.closes_at + timedelta(days=15)) == 1

    assert state(second) == (State.WAITLISTED, 1)


def test_a_read_lets_offers_lapse_when_the_worker_is_silent(client, one_seat, ranked, staff, now):
    first, second, *_ = ranked
    actions.offer(first, by=staff, now=now - timedelta(days=5))
    actions.waitlist(second, by=staff, now=now - timedelta(days=5))
    client.force_login(second.application.applicant)

    client.get(f"/applications/{second.application.number}/")

    assert state(first) == (State.LAPSED, None)
    assert state(second) == (State.OFFERED, None)


def test_decisions_need_their_reason(one_seat, ana, staff, now):
    choice = apply(ana, one_seat)
    with pytest.raises(Refused):
        actions.decline(choice, reason=" ", by=staff, now=now)
    with pytest.raises(Refused):
        actions.ask(choice, items="", by=staff, now=now)


def test_a_decided_choice_is_not_decided_again(one_seat, ana, staff, now):
    choice = apply(ana, one_seat)
    pass_screening(choice, staff)
    actions.decline(choice, reason="不在南沙区", by=staff, now=now)

    for verb in (actions.offer, actions.waitlist):
        with pytest.raises(Refused):
            verb(choice, by=staff, now=now)
    assert choice.application.letters.count() == 2
