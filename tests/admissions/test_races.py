"""Fifty people and one seat, on a real database: a file of SQLite, or PostgreSQL; TEST_DATABASE_URL names it.

The negative controls show that the rig races: without the lock the same rule oversells.
"""

import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier, Event, Thread

import pytest
from django.db import connection, transaction
from django.db.models.query import QuerySet

from lms import events
from lms.admissions import actions, rules, screening
from lms.admissions.events import SeatOffered
from lms.admissions.models import Application, Check, Choice, Letter
from lms.enrolment import actions as enrolment
from lms.enrolment.models import Enrolment
from lms.people.models import User
from lms.programmes.series import next_number
from lms.verdicts import Refused
from tests import factories

pytestmark = [pytest.mark.races, pytest.mark.django_db(transaction=True)]
CROWD = 50
State = Choice.State


@pytest.fixture(autouse=True)
def real_database():
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip("needs a file database or PostgreSQL: set TEST_DATABASE_URL")


def crowd(intake, staff, now, number=CROWD):
    """So many screened and scored choices of the intake, in rows rather than by the actions: this is about seats."""
    people = User.objects.bulk_create(User(username=f"p{n}", name=f"p{n}") for n in range(number))
    forms = Application.objects.bulk_create(
        Application(
            applicant=user, programme=intake.track.programme, number=f"SQ-{n}", created_at=now, submitted_at=now
        )
        for n, user in enumerate(people)
    )
    choices = Choice.objects.bulk_create(
        Choice(application=form, intake=intake, preference=1, state=State.SUBMITTED, submitted_at=now, score=80)
        for form in forms
    )
    Check.objects.bulk_create(
        Check(choice=choice, key=key, answer="yes", by=staff, at=now) for choice in choices for key in screening.CHECKS
    )
    return choices


def together(acts):
    """Run these functions in a thread each, all beginning at the same moment; what each returned or raised."""
    barrier = Barrier(len(acts))

    def one(act):
        try:
            barrier.wait()
            return act()
        except Exception as problem:
            return problem
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(one, acts))


@contextmanager
def sampled(intake, now):
    """Counts the taken seats every few milliseconds, on a connection of its own, while the block runs."""
    seen, done = [], Event()

    def look():
        while not done.is_set():
            seen.append(intake.choices.holding_a_seat(now).count())
            time.sleep(0.005)
        connection.close()

    thread = Thread(target=look)
    thread.start()
    try:
        yield seen
    finally:
        done.set()
        thread.join()


def ranks(intake):
    return list(intake.choices.waitlisted().values_list("rank", flat=True))


@pytest.mark.parametrize("seats", [1, 5, 49])
def test_fifty_offers_never_oversell(seats, staff, now):
    intake = factories.intake("K", seats=seats)
    choices = crowd(intake, staff, now)

    with sampled(intake, now) as seen:
        found = together([lambda c=choice: actions.offer(c, by=staff, now=now) for choice in choices])

    assert sum(isinstance(one, Choice) for one in found) == seats
    assert sum(isinstance(one, Refused) for one in found) == CROWD - seats
    assert intake.choices.holding_a_seat(now).count() == Letter.objects.filter(kind="offer").count() == seats
    assert max(seen) <= seats


def test_fifty_at_once_get_the_places_one_to_fifty_of_the_waiting_list(staff, now):
    intake = factories.intake("K", seats=1)
    choices = crowd(intake, staff, now)

    found = together([lambda c=choice: actions.waitlist(c, by=staff, now=now) for choice in choices])

    assert {type(one) for one in found} == {Choice}
    assert ranks(intake) == list(range(1, CROWD + 1))


def test_each_seat_given_back_goes_to_exactly_the_head_of_the_list(staff, now):
    intake = factories.intake("K", seats=5)
    choices = crowd(intake, staff, now, 25)
    for choice in choices[:5]:
        actions.offer(choice, by=staff, now=now)
    for choice in choices[5:]:
        actions.waitlist(choice, by=staff, now=now)
    leaving = [*choices[:5], choices[20], choices[21]]

    with sampled(intake, now) as seen:
        found = together([lambda c=choice: actions.withdraw(c, by=staff, now=now) for choice in leaving])

    assert {type(one) for one in found} == {Choice}
    assert max(seen) <= 5
    assert set(intake.choices.holding_a_seat(now)) == set(choices[5:10])
    assert ranks(intake) == list(range(1, 14))


def test_each_learner_who_leaves_gives_the_seat_to_the_head_while_others_confirm_and_are_offered(staff, now):
    intake = factories.intake("K", seats=6)
    choices = crowd(intake, staff, now, 20)
    for choice in choices[:6]:
        actions.offer(choice, by=staff, now=now)
    for choice in choices[:5]:
        actions.confirm(choice, now=now)
    for choice in choices[6:]:
        actions.waitlist(choice, by=staff, now=now)
    learners = list(Enrolment.objects.order_by("pk"))

    with sampled(intake, now) as seen:
        found = together(
            [
                *(lambda e=one: enrolment.withdraw(e, by=staff, reason="gone", now=now) for one in learners[:4]),
                *(lambda e=one: enrolment.withdraw(e, by=staff, reason="gone", now=now) for one in learners[:4]),
                lambda: actions.confirm(choices[5], now=now),
                lambda: actions.lapse_offers(now),
            ]
        )

    assert sum(isinstance(one, Enrolment) for one in found) == 4
    assert sum(isinstance(one, Refused) for one in found) == 4
    assert max(seen) <= 6
    assert set(intake.choices.holding_a_seat(now)) == {choices[4], choices[5], *choices[6:10]}
    assert ranks(intake) == list(range(1, 11))


def test_numbers_of_a_series_are_given_once():
    def begin():
        with transaction.atomic():
            return next_number("SQ-2026")

    assert sorted(together([begin] * 24)) == list(range(1, 25))


def test_a_seat_lapses_once_however_many_notice(staff, now):
    intake = factories.intake("K", seats=1)
    first, second, third = crowd(intake, staff, now, 3)
    late = actions.offer(first, by=staff, now=now).offered_until
    for choice in (second, third):
        actions.waitlist(choice, by=staff, now=now)

    found = together([lambda: actions.lapse_offers(late) for _ in range(12)])

    assert sum(found) == 1
    assert list(intake.choices.holding_a_seat(late)) == [second]
    assert ranks(intake) == [1]


def test_confirming_twelve_times_at_once_enrols_once(staff, now):
    intake = factories.intake("K", seats=1)
    (choice,) = crowd(intake, staff, now, 1)
    actions.offer(choice, by=staff, now=now)

    found = together([lambda: actions.confirm(choice, now=now) for _ in range(12)])

    assert sum(isinstance(one, Choice) for one in found) == 1
    assert sum(isinstance(one, Refused) for one in found) == 11
    assert Enrolment.objects.count() == Letter.objects.filter(kind="confirmed").count() == 1


# --- negative controls ----------------------------------------------------------------------------------------------
def test_without_the_row_lock_postgresql_oversells(monkeypatch, staff, now):
    if connection.vendor != "postgresql":
        pytest.skip("on SQLite the transaction itself is exclusive")
    intake = factories.intake("K", seats=1)
    choices = crowd(intake, staff, now)
    monkeypatch.setattr(QuerySet, "select_for_update", lambda queryset, **options: queryset)
    events.records(SeatOffered)(slowly)
    try:
        together([lambda c=choice: actions.offer(c, by=staff, now=now) for choice in choices])
    finally:
        events._records[SeatOffered].remove(slowly)

    assert intake.choices.holding_a_seat(now).count() > 1


def slowly(event):
    """Hold the transaction open for a moment before it commits."""
    time.sleep(0.05)


def test_without_a_transaction_sqlite_oversells(staff, now):
    if connection.vendor != "sqlite":
        pytest.skip("the control for SQLite")
    intake = factories.intake("K", seats=1)
    choices = crowd(intake, staff, now, 12)

    def careless(choice):
        taken = intake.choices.holding_a_seat(now).count()
        rules.seat_left(seats=intake.seats, taken=taken).require()
        time.sleep(0.05)
        until = actions.offer_ends(intake, now)
        Choice.objects.filter(pk=choice.pk).update(state=State.OFFERED, offered_until=until)

    together([lambda c=choice: careless(c) for choice in choices])

    assert intake.choices.holding_a_seat(now).count() > 1
