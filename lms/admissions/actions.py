"""Decisions and seats: offer, wait, decline, ask, confirm, withdraw, give up, take back, lapse, promote.

Every verb locks the intake's row first, then the choice's: seats are counted and taken in one transaction (on SQLite
the transaction itself is exclusive). Before anything else it lets overdue offers lapse and the waiting list move up,
so a silent worker changes nothing. A letter is written in the transaction of the state that it tells.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from wagtail.log_actions import log

from lms.admissions import applying, letters, rules
from lms.admissions.events import SeatConfirmed, SeatFreed, SeatOffered
from lms.admissions.models import CHECKS, Choice, LetterTemplate
from lms.admissions.working_days import add_working_days, office_hours_end
from lms.enrolment.actions import enrol, take_back
from lms.events import publish
from lms.programmes.models import Intake

Kind = LetterTemplate.Kind
State = Choice.State
ASK_DAYS = 3  # working days to supplement an application


@transaction.atomic
def offer(choice, *, by, now):
    """Offer the applicant a seat, or refuse with the reason. An open offer takes a seat until it lapses."""
    intake, choice = _lock(choice, now)
    rules.may_offer(rank=choice.rank, **_standing(choice, intake)).require()
    _seat_left(intake, now).require()
    return _offer(choice, intake, by=by, now=now)


@transaction.atomic
def waitlist(choice, *, by, now):
    """Put the applicant at the end of the intake's waiting list."""
    intake, choice = _lock(choice, now)
    rules.may_wait(**_standing(choice, intake)).require()
    choice.rank = intake.choices.waitlisted().count() + 1
    _decide(choice, State.WAITLISTED, by=by, now=now)
    letters.write(Kind.WAITLIST, choice, now=now, position=choice.rank)
    log(choice, "admissions.waitlist", user=by)
    return choice


@transaction.atomic
def decline(choice, *, reason, by, now):
    """Decline with the reason that stands in the letter."""
    intake, choice = _lock(choice, now)
    rules.may_decline(state=choice.state, reason=reason).require()
    _leave_list(intake, choice)
    _decide(choice, State.DECLINED, by=by, now=now, reason=reason)
    letters.write(Kind.DECLINE, choice, now=now, reason=reason)
    log(choice, "admissions.decline", user=by)
    applying.close_when_over(choice.application)
    return choice


@transaction.atomic
def ask(choice, *, items, by, now, sections=None):
    """Ask for exactly these items within three working days, and reopen those sections of the application."""
    _intake, choice = _lock(choice, now)
    rules.may_ask(state=choice.state, items=items).require()
    choice.asked_until = ask_ends(now)
    _decide(choice, State.ASKED, by=by, now=now, reason=items[:500])
    letters.write(Kind.ASK, choice, now=now, items=items, deadline=choice.asked_until)
    log(choice, "admissions.ask", user=by)
    applying.reopen(choice.application, until=choice.asked_until, by=by, now=now, sections=sections)
    return choice


@transaction.atomic
def confirm(choice, *, now):
    """The applicant takes the offered seat and is enrolled."""
    intake, choice = _lock(choice, now)
    rules.may_confirm(state=choice.state, offered_until=choice.offered_until, now=now).require()
    choice.state = State.CONFIRMED
    choice.save(update_fields=["state"])
    enrolment = enrol(choice.application.applicant, intake, now=now)
    letters.write(Kind.CONFIRMED, choice, now=now)
    log(choice, "admissions.confirm", user=choice.application.applicant)
    publish(SeatConfirmed(choice.pk, enrolment.pk))
    return choice


@transaction.atomic
def withdraw(choice, *, by, now):
    """Take the choice back, at any time before the seat is confirmed; a seat that was offered goes to the list."""
    intake, choice = _lock(choice, now)
    rules.may_withdraw(state=choice.state).require()
    held = choice.state == State.OFFERED
    _leave_list(intake, choice)
    choice.state = State.WITHDRAWN
    choice.save(update_fields=["state", "rank"])
    log(choice, "admissions.withdraw", user=by)
    applying.close_when_over(choice.application)
    if held:
        publish(SeatFreed(choice.pk))
        _move_up(intake, now, freed=1)
    return choice


@transaction.atomic
def give_up_seat(enrolment, *, by, now):
    """Somebody who had confirmed leaves: their seat goes to the head of the waiting list, as an offered one would."""
    intake = _locked_intake(enrolment.intake_id)
    _lapse(intake, now)
    choice = _choice_of(enrolment, State.CONFIRMED)
    if choice is None:
        return
    choice.state = State.LEFT
    choice.save(update_fields=["state"])
    log(choice, "admissions.give_up", user=by)
    publish(SeatFreed(choice.pk))
    _move_up(intake, now, freed=1)


@transaction.atomic
def readmit(enrolment, *, reason, by, now):
    """Take back a learner who left, while a seat is left; their old choice holds it again."""
    intake = _locked_intake(enrolment.intake_id)
    _lapse(intake, now)
    _seat_left(intake, now).require()
    choice = _choice_of(enrolment, State.LEFT)
    if choice:
        choice.state = State.CONFIRMED
        choice.save(update_fields=["state"])
        log(choice, "admissions.take_back", user=by)
    return take_back(enrolment, by=by, reason=reason, now=now)


def _choice_of(enrolment, state):
    """The learner's newest choice of the intake in this state, locked; or None."""
    mine = Choice.objects.filter(intake=enrolment.intake_id, application__applicant=enrolment.learner_id, state=state)
    return mine.select_for_update(of=("self",)).order_by("-pk").first()


def lapse_offers(now, intake=None):
    """Let overdue offers lapse and offer their seats to the waiting lists; how many lapsed.

    Called by the worker for all intakes and by reads for theirs; one query when nothing is due.
    """
    due = Choice.objects.lapsing(now)
    due = due.filter(intake=intake) if intake else due
    lapsed = 0
    for pk in due.values_list("intake", flat=True).distinct().order_by():
        with transaction.atomic():
            lapsed += _lapse(_locked_intake(pk), now)
    return lapsed


def offer_ends(intake, now):
    """An offer made now can be confirmed until the office closes, so many days from today."""
    return office_hours_end(timezone.localdate(now) + timedelta(days=intake.confirm_days))


def ask_ends(now):
    return office_hours_end(add_working_days(timezone.localdate(now), ASK_DAYS))


# --- under the intake's lock ----------------------------------------------------------------------------------------
def _locked_intake(pk):
    return Intake.objects.select_for_update(of=("self",)).select_related("track", "cohort").get(pk=pk)


def _lock(choice, now):
    intake = _locked_intake(choice.intake_id)
    _lapse(intake, now)
    choice = (
        Choice.objects.select_for_update(of=("self",))
        .select_related("application__applicant", "application__programme")
        .get(pk=choice.pk)
    )
    choice.intake = intake
    return intake, choice


def _standing(choice, intake):
    return {
        "state": choice.state,
        "passed": sum(check.passes for check in choice.checks.all()),
        "checks": CHECKS,
        "score": choice.score,
        "floor": intake.floor,
    }


def _seat_left(intake, now):
    return rules.seat_left(seats=intake.seats, taken=intake.choices.holding_a_seat(now).count())


def _offer(choice, intake, *, by, now):
    _leave_list(intake, choice)
    choice.offered_until = offer_ends(intake, now)
    _decide(choice, State.OFFERED, by=by, now=now)
    letters.write(Kind.OFFER, choice, now=now, deadline=choice.offered_until)
    log(choice, "admissions.offer", user=by)
    publish(SeatOffered(choice.pk))
    return choice


def _decide(choice, state, *, by, now, reason=""):
    choice.state, choice.reason, choice.decided_by, choice.decided_at = state, reason[:500], by, now
    choice.save(update_fields=["state", "reason", "decided_by", "decided_at", "offered_until", "asked_until", "rank"])


def _lapse(intake, now):
    due = list(intake.choices.lapsing(now).select_related("application__applicant", "application__programme"))
    for choice in due:
        choice.intake, choice.state = intake, State.LAPSED
        choice.save(update_fields=["state"])
        letters.write(Kind.LAPSE, choice, now=now, deadline=choice.offered_until)
        log(choice, "admissions.lapse")
        publish(SeatFreed(choice.pk))
    _move_up(intake, now, freed=len(due))
    return len(due)


def _move_up(intake, now, *, freed):
    """Offer each freed seat to the head of the waiting list, while there is one and the list is in use."""
    if timezone.localdate(now) > letters.waiting_list_ends(intake):
        return
    waiting = intake.choices.waitlisted().select_related("application__applicant", "application__programme")
    for _seat in range(freed):
        head = waiting.first()
        if head is None or not _seat_left(intake, now):
            return
        head.intake = intake
        _offer(head, intake, by=None, now=now)


def _leave_list(intake, choice):
    """Close the gap behind this choice. Two steps through negative places: a place is unique at every moment."""
    if choice.rank is None:
        return
    place, choice.rank = choice.rank, None
    choice.save(update_fields=["rank"])
    intake.choices.filter(rank__gt=place).update(rank=1 - F("rank"))
    intake.choices.filter(rank__lt=0).update(rank=-F("rank"))
