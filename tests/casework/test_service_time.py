"""Service time: entered, confirmed or refused, summed."""

from datetime import timedelta

import pytest

from lms import clock
from lms.casework import rules, time_actions
from lms.casework.counting import Counted, counted
from lms.casework.models import ServiceTime
from lms.verdicts import Refused
from tests import factories


@pytest.fixture
def visit(enrolment, now):
    return enter(enrolment, now)


def enter(enrolment, now, *, minutes=60, kind="visit", days_ago=0, case=None):
    date = clock.today() - timedelta(days=days_ago)
    return time_actions.enter_time(enrolment, date=date, minutes=minutes, kind=kind, case=case, now=now)


@pytest.mark.parametrize("minutes", [5, 1440])
def test_a_day_has_between_five_and_1440_minutes(minutes, enrolment, now):
    assert enter(enrolment, now, minutes=minutes).minutes == minutes


@pytest.mark.parametrize("minutes", [0, 4, 1441])
def test_other_minutes_are_refused(minutes, enrolment, now):
    with pytest.raises(Refused, match="between 5 and 1,440"):
        enter(enrolment, now, minutes=minutes)


def test_nothing_is_entered_ahead_or_before_the_cohort_began(enrolment, now):
    with pytest.raises(Refused, match="future"):
        enter(enrolment, now, days_ago=-1)
    with pytest.raises(Refused, match="before your cohort"):
        enter(enrolment, now, days_ago=31)


def test_whoever_left_enters_nothing(enrolment, now):
    enrolment.state = "withdrawn"

    with pytest.raises(Refused, match="You left"):
        enter(enrolment, now)


def test_the_supervisor_confirms_many_at_once(enrolment, supervisor, now):
    times = [enter(enrolment, now) for _ in range(3)]

    assert time_actions.confirm_times(times, by=supervisor, now=now) == 3
    assert {one.confirmed_by for one in ServiceTime.objects.confirmed()} == {supervisor}


def test_nobody_else_confirms_anything(visit, learner, supervisor, wei, staff, now):
    for person in (learner, wei, staff):
        assert time_actions.confirm_times([visit], by=person, now=now) == 0


def test_nobody_confirms_their_own_time_even_as_their_own_supervisor(enrolment, learner, visit, now):
    factories.supervise(enrolment, learner)

    assert time_actions.confirm_times([visit], by=learner, now=now) == 0


def test_a_former_supervisor_confirms_nothing(enrolment, supervisor, visit, now):
    enrolment.supervisions.update(until=now)

    assert time_actions.confirm_times([visit], by=supervisor, now=now) == 0


def test_refusing_needs_a_reason_and_the_learner_may_correct(visit, supervisor, now):
    with pytest.raises(Refused, match="reason"):
        time_actions.refuse_times([visit], by=supervisor, reason=" ", now=now)
    time_actions.refuse_times([visit], by=supervisor, reason="that was a meeting", now=now)
    visit.refresh_from_db()
    assert (visit.is_waiting, visit.refused_reason) == (False, "that was a meeting")

    time_actions.change_time(visit, date=visit.date, minutes=45, kind="meeting", now=now)

    visit.refresh_from_db()
    assert (visit.is_waiting, visit.kind, visit.refused_reason) == (True, "meeting", "")


def test_what_is_confirmed_is_neither_changed_nor_removed(visit, supervisor, now):
    time_actions.confirm_times([visit], by=supervisor, now=now)

    with pytest.raises(Refused, match="confirmed"):
        time_actions.change_time(visit, date=visit.date, minutes=45, kind="visit", now=now)
    with pytest.raises(Refused, match="confirmed"):
        time_actions.remove_time(visit)


def test_what_waits_can_be_taken_back_once(visit):
    time_actions.remove_time(visit)

    with pytest.raises(Refused, match="removed already"):
        time_actions.remove_time(visit)


def test_more_than_eight_hours_on_a_day_stand_out(enrolment, now):
    enter(enrolment, now, minutes=300, days_ago=1)
    enter(enrolment, now, minutes=200, days_ago=1)
    enter(enrolment, now, minutes=480, days_ago=2)

    totals = {one.date: one.day_total for one in ServiceTime.objects.with_day_total()}

    assert sorted(totals.values()) == [480, 500]
    assert [rules.is_long_day(total) for total in (480, 481)] == [False, True]


@pytest.mark.parametrize(
    ("direct", "indirect", "counted"), [(70, 30, 30), (70, 31, 30), (700, 100, 100), (0, 60, 0), (60, 60, 25)]
)
def test_other_service_counts_for_at_most_thirty_per_cent(direct, indirect, counted):
    found = Counted(direct, indirect, share=30)
    assert (found.indirect_counted, found.total) == (counted, direct + counted)


def test_an_enrolment_of_which_no_policy_speaks_counts_thirty_per_cent(enrolment, intake, supervisor, now):
    times = [enter(enrolment, now, minutes=70), enter(enrolment, now, minutes=90, kind="record")]
    time_actions.confirm_times(times, by=supervisor, now=now)
    enter(enrolment, now, minutes=15)

    assert counted([enrolment]) == {enrolment.pk: Counted(70, 90, 30, waiting=15)}
    assert counted([enrolment])[enrolment.pk].total == 100


@pytest.mark.parametrize("learners", [1, 3])
def test_what_counts_of_many_costs_the_same(learners, intake, supervisor, now, django_assert_num_queries):
    enrolments = [factories.enrol(factories.person(f"p{n}"), intake) for n in range(learners)]
    for one in enrolments:
        factories.supervise(one, supervisor)
        times = [enter(one, now, minutes=90), enter(one, now, minutes=30, kind="record")]
        time_actions.confirm_times(times, by=supervisor, now=now)
        enter(one, now, minutes=500)

    with django_assert_num_queries(2):  # minutes, the policy of a track that is not frozen
        minutes = counted(enrolments)

    assert minutes == {one.pk: Counted(90, 30, 30, waiting=500) for one in enrolments}


def test_who_served_nothing_yet_has_zero_minutes(enrolment):
    assert not counted([enrolment])[enrolment.pk]
