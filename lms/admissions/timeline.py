"""How far each choice has come, as steps for the applicant's page. Says nothing that a letter has not said before."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from lms.admissions.models import Choice

State = Choice.State
DONE, NOW, LATER = "is-done", "is-now", "is-later"


@dataclass(frozen=True)
class Step:
    """One step: done, now or later; when; what; and a sentence more."""

    state: str
    when: datetime | date | None
    title: str
    text: str = ""
    until: bool = False


def tag(choice):
    """(word, kind, icon) that tells the state of a choice."""
    return {
        State.DRAFT: (_("not sent"), "", ""),
        State.SUBMITTED: (_("being reviewed"), "note", ""),
        State.ASKED: (_("please supplement"), "warn", "clock"),
        State.OFFERED: (_("offered, to be confirmed"), "ok", "check"),
        State.CONFIRMED: (_("enrolled"), "ok", "check"),
        State.WAITLISTED: (_("number %(rank)s on the waiting list") % {"rank": choice.rank}, "note", ""),
        State.DECLINED: (_("not admitted"), "", ""),
        State.LAPSED: (_("offer lapsed"), "", ""),
        State.WITHDRAWN: (_("withdrawn"), "", ""),
        State.LEFT: (_("left after confirming"), "", ""),
    }[choice.state]


def steps(choice, valid_until):
    """The steps of a choice, in order. ``valid_until``: the last date of the waiting list."""
    sent = Step(DONE, choice.submitted_at, _("Received"))
    return [sent, *_BY_STATE[choice.state](choice, valid_until)]


def _submitted(choice, valid_until):
    return [
        Step(NOW, None, _("Screening and scoring"), _("Two scorers give points independently.")),
        Step(LATER, None, _("Result, by letter"), _("What counts is the letter; this page is never earlier.")),
    ]


def _asked(choice, valid_until):
    return [
        Step(NOW, choice.asked_until, _("Please supplement"), choice.reason, until=True),
        Step(LATER, None, _("Screening and scoring")),
        Step(LATER, None, _("Result, by letter")),
    ]


def _scored(choice):
    if choice.score is None:
        return Step(DONE, None, _("Screened"))
    text = _("Nobody sees the scores of others, and nobody else sees yours.")
    return Step(DONE, None, _("Screened and scored: %(score).1f") % {"score": choice.score}, text)


def _offered(choice, valid_until):
    return [
        _scored(choice),
        Step(NOW, choice.offered_until, _("Waiting for you to confirm"), until=True),
        Step(LATER, choice.intake.cohort.starts_on, _("The cohort begins")),
    ]


def _confirmed(choice, valid_until):
    return [
        _scored(choice),
        Step(DONE, choice.decided_at, _("Offered and confirmed")),
        Step(NOW, choice.intake.cohort.starts_on, _("The cohort begins")),
    ]


def _waitlisted(choice, valid_until):
    text = _("When a seat becomes free, the next person gets a letter and %(days)s days to confirm.")
    rank = _("Number %(rank)s on the waiting list") % {"rank": choice.rank}
    text = text % {"days": choice.intake.confirm_days}
    return [_scored(choice), Step(NOW, valid_until, rank, text, until=True)]


def _declined(choice, valid_until):
    return [Step(DONE, choice.decided_at, _("Not admitted this time"), choice.reason)]


def _lapsed(choice, valid_until):
    return [_scored(choice), Step(DONE, choice.offered_until, _("Not confirmed in time; the offer lapsed"))]


def _withdrawn(choice, valid_until):
    return [Step(DONE, None, _("You withdrew this choice"))]


def _left(choice, valid_until):
    return [
        _scored(choice),
        Step(DONE, choice.decided_at, _("Offered and confirmed")),
        Step(DONE, None, _("You left the training")),
    ]


def _draft(choice, valid_until):
    return []


_BY_STATE = {
    State.DRAFT: _draft,
    State.SUBMITTED: _submitted,
    State.ASKED: _asked,
    State.OFFERED: _offered,
    State.CONFIRMED: _confirmed,
    State.WAITLISTED: _waitlisted,
    State.DECLINED: _declined,
    State.LAPSED: _lapsed,
    State.WITHDRAWN: _withdrawn,
    State.LEFT: _left,
}
