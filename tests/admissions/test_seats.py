"""Offers, confirmations and the waiting list, one at a time. Races stand in test_races.py."""

from datetime import timedelta

import pytest
from django.utils import timezone

from lms.admissions import actions
from lms.admissions.models import Choice
from lms.enrolment import actions as enrolment
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


# --- leaving after confirming ---------------------------------------------------------------------------------------
@pytest.fixture
def waiting(one_seat, ranked, staff, now):
    """The first has confirmed the only seat, the others wait. Returns the enrolment."""
    actions.offer(ranked[0], by=staff, now=now)
    for choice in ranked[1:]:
        actions.waitlist(choice, by=staff, now=now)
    actions.confirm(ranked[0], now=now)
    return Enrolment.objects.get()


def test_a_learner_who_leaves_gives_the_seat_to_the_head_of_the_list(waiting, ranked, staff, now):
    enrolment.withdraw(waiting, by=staff, reason="搬到外地", now=now)

    assert [state(choice) for choice in ranked] == [
        (State.LEFT, None),
        (State.OFFERED, None),
        (State.WAITLISTED, 1),
        (State.WAITLISTED, 2),
    ]
    assert ranked[1].application.letters.filter(kind="offer").count() == 1


def test_a_seat_that_is_left_after_the_list_has_ended_stays_free(waiting, ranked, one_seat, staff, now):
    ended = one_seat.closes_at + timedelta(days=15)

    enrolment.withdraw(waiting, by=staff, reason="搬到外地", now=ended)

    assert state(ranked[1]) == (State.WAITLISTED, 1)
    assert not one_seat.choices.holding_a_seat(ended).exists()


def test_a_learner_without_an_application_leaves_no_seat_behind(one_seat, ana, staff, now):
    enrolment.withdraw(enrolment.enrol(ana, one_seat, now=now), by=staff, reason="搬到外地", now=now)
    assert not one_seat.choices.exists()


def test_whoever_is_taken_back_needs_a_seat_and_holds_it_again(waiting, ranked, one_seat, staff, now):
    enrolment.withdraw(waiting, by=staff, reason="点错了", now=now)
    with pytest.raises(Refused, match="1 of 1 seats taken"):
        actions.readmit(waiting, by=staff, reason="点错了", now=now)
    one_seat.seats = 2
    one_seat.save()

    actions.readmit(waiting, by=staff, reason="点错了", now=now)

    waiting.refresh_from_db()
    assert (state(ranked[0]), waiting.state) == ((State.CONFIRMED, None), Enrolment.State.ACTIVE)
    assert one_seat.choices.holding_a_seat(now).count() == 2


def test_nobody_is_taken_back_who_has_not_left_or_without_a_reason(one_seat, waiting, staff, now):
    one_seat.seats = 9
    one_seat.save()
    with pytest.raises(Refused, match="has not left"):
        actions.readmit(waiting, by=staff, reason="点错了", now=now)
    enrolment.withdraw(waiting, by=staff, reason="点错了", now=now)
    with pytest.raises(Refused, match="taken back"):
        actions.readmit(waiting, by=staff, reason=" ", now=now)
    assert Enrolment.objects.get().state == Enrolment.State.WITHDRAWN


def test_the_applicants_page_tells_who_left_that_they_left(client, waiting, ranked, staff, now):
    enrolment.withdraw(waiting, by=staff, reason="搬到外地", now=now)
    client.force_login(waiting.learner)
    page = client.get(f"/applications/{ranked[0].application.number}/", headers={"accept-language": "en"})
    assert "You left the training" in page.content.decode()
