"""What may be done with a case, and when: consent, service time, erasure. Values in, verdicts out.

Sources: domain brief section 6; 民法典 art. 19, 未保法 art. 4(5), 19 and 72, 个人信息保护法 art. 15, 31 and 47.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from lms.casework.models import Case, Consent
from lms.enrolment.rules import may_change
from lms.verdicts import YES, Verdict

Purpose, Giver, Basis, AgeBand = Consent.Purpose, Consent.Giver, Consent.Basis, Case.AgeBand

TO_START = (Purpose.SERVICE, Purpose.TRAINING)
"""The purposes without which no record of a child may be written here."""

LONG_DAY = 480


@dataclass(frozen=True)
class ChildAsked:
    """How a child of an age band is asked. ``needed``: nothing starts before the child was asked and is willing."""

    needed: bool
    own_words: bool


CHILD_ASKED = {
    AgeBand.UNDER_6: ChildAsked(needed=False, own_words=False),
    AgeBand.UNDER_9: ChildAsked(needed=True, own_words=False),
    AgeBand.UNDER_14: ChildAsked(needed=True, own_words=True),
    AgeBand.UNDER_18: ChildAsked(needed=True, own_words=True),
}


def newest_answers(consents):
    """``{(purpose, giver): consent}``: the newest row of each, from rows in the order in which they were recorded."""
    return {(consent.purpose, consent.giver): consent for consent in consents}


def consent_given(purpose, *, age_band, answers):
    """Whether one purpose is covered: by the guardian, and by the child as its age band asks; a child's no is a no.

    ``answers`` is what ``newest_answers`` gives. The facts name the giver who is missing, for the link to record it.
    """
    for giver in (Giver.GUARDIAN, Giver.CHILD):
        answer = answers.get((purpose, giver))
        if answer is None and giver == Giver.CHILD and not CHILD_ASKED[age_band].needed:
            continue
        if answer is None or not answer.is_valid:
            return Verdict(False, _missing(purpose, giver, answer), {"purpose": str(purpose), "giver": str(giver)})
    return YES


def _missing(purpose, giver, answer):
    """The sentence that says whose consent stands in the way, and why."""
    names = {"purpose": Purpose(purpose).label, "giver": Giver(giver).label}
    if answer is None:
        return _("Still missing: the consent of the %(giver)s to “%(purpose)s”.") % names
    if answer.agreed:
        return _("The %(giver)s has withdrawn the consent to “%(purpose)s”.") % names
    return _("The %(giver)s does not agree to “%(purpose)s”.") % names


def may_start_record(*, state, simulated, closed, age_band, answers):
    """A record may be written of a simulated case, or with valid consent to service and to training.

    Here and below ``state`` is that of the enrolment: who is not learning there any more changes nothing.
    """
    if not may_change(state):
        return may_change(state)
    if closed:
        return Verdict(False, _("This case is closed. Nothing can be written about it any more."))
    if simulated:
        return YES
    for purpose in TO_START:
        verdict = consent_given(purpose, age_band=age_band, answers=answers)
        if not verdict:
            return verdict
    return YES


def may_open_case(*, state, simulated, simulated_already):
    """A case belongs to an enrolment that is running, which has at most one simulated case."""
    if not may_change(state):
        return may_change(state)
    if simulated and simulated_already:
        return Verdict(False, _("You already have a simulated case. At most one counts."))
    return YES


def may_record_consent(*, state, purpose, giver, agreed, age_band, closed, simulated, by_duty, words, relation):
    """Whether an answer can be recorded as given. ``by_duty``: the supervisor decided for this case by legal duty.

    A no is recorded at any time, also by a learner who has left.
    """
    if agreed and not may_change(state):
        return may_change(state)
    if closed:
        return Verdict(False, _("This case is closed. Nothing can be written about it any more."))
    if simulated:
        return Verdict(False, _("A simulated case needs no consent."))
    if by_duty and (giver == Giver.GUARDIAN or purpose == Purpose.PUBLICATION):
        return Verdict(
            False,
            _("The supervisor decided by legal duty: this guardian is not asked, and the case is never published."),
        )
    if giver == Giver.GUARDIAN and not relation:
        return Verdict(False, _("Say how the guardian is related to the child."), {"field": "relation"})
    if giver == Giver.CHILD and agreed and CHILD_ASKED[age_band].own_words and not words.strip():
        return Verdict(False, _("Write what the child said, in the child's own words."), {"field": "words"})
    return YES


def may_be_dated(*, date, today):
    """An answer was given today or earlier."""
    return YES if date <= today else Verdict(False, _("The date lies in the future."), {"field": "given_on"})


def may_decide_by_duty(*, is_supervisor, reason, closed, simulated):
    """Only the supervisor decides without the guardian, and writes down why."""
    if not is_supervisor:
        return Verdict(False, _("Only the supervisor decides this."))
    if closed or simulated:
        return Verdict(False, _("This case needs no such decision."))
    if len(reason.strip()) < 20:
        return Verdict(False, _("Write the reason and the legal basis, at least 20 characters."), {"field": "reason"})
    return YES


def may_withdraw_consent(*, valid, basis, is_supervisor):
    """A valid consent can always be withdrawn; a decision by duty is taken back by the supervisor alone."""
    if not valid:
        return Verdict(False, _("This consent is not valid any more."))
    if basis == Basis.DUTY and not is_supervisor:
        return Verdict(False, _("Only the supervisor decides this."))
    return YES


def closes_the_case(purpose):
    """Withdrawing service or training closes the text at once; evaluation and publication end only themselves."""
    return purpose in TO_START


def refusal_closes(purpose, *, has_record):
    """A no to service or training ends a record that was already begun."""
    return has_record and closes_the_case(purpose)


def may_enter_time(*, state, date, minutes, today, first_day):
    """``date`` is not in the future and not before the cohort began; 5 to 1,440 minutes."""
    if not may_change(state):
        return may_change(state)
    if date > today:
        return Verdict(False, _("The date lies in the future."), {"field": "date"})
    if date < first_day:
        return Verdict(False, _("The date lies before your cohort began."), {"field": "date"})
    if not 5 <= minutes <= 1440:
        return Verdict(False, _("Enter between 5 and 1,440 minutes."), {"field": "minutes"})
    return YES


def may_change_time(*, exists, confirmed, state):
    """What the supervisor has confirmed stays as it is. ``state``: None when the time is gone."""
    if not exists:
        return Verdict(False, _("This time was removed already."))
    return Verdict(False, _("This time is confirmed and stays as it is.")) if confirmed else may_change(state)


def may_refuse_time(*, reason):
    return YES if reason.strip() else Verdict(False, _("Write the reason."), {"field": "reason"})


def is_long_day(minutes):
    """More than eight hours on one day: shown to the learner and to the supervisor, not refused."""
    return minutes > LONG_DAY


def may_erase(*, is_director, reason, held_until, today, already):
    """A director erases, with a reason, what is not under a legal hold."""
    if not is_director:
        return Verdict(False, _("Only a director erases a case."))
    if already:
        return Verdict(False, _("This case was erased already."))
    if held_until and held_until >= today:
        return Verdict(False, _("A legal hold keeps this case until %(date)s.") % {"date": held_until.isoformat()})
    if len(reason.strip()) < 5:
        return Verdict(False, _("Write the reason."), {"field": "reason"})
    return YES


def may_hold(*, is_director, reason, until, today):
    """A director keeps a case from erasure, with a reason, until a day ahead."""
    if not is_director:
        return Verdict(False, _("Only a director decides a legal hold."))
    if len(reason.strip()) < 5:
        return Verdict(False, _("Write the reason."), {"field": "reason"})
    if until <= today:
        return Verdict(False, _("The last day lies in the past."), {"field": "until"})
    return YES


def may_release(*, is_director):
    return YES if is_director else Verdict(False, _("Only a director decides a legal hold."))


def may_allocate(*, handed_in, is_staff, is_instructor, is_author, is_marker, until, now):
    """Staff name an instructor who also marks one case record that was handed in and is open."""
    if not is_staff:
        return Verdict(False, _("Only programme staff allocate case records."))
    if not handed_in:
        return Verdict(False, _("This record was not handed in, or it is closed."))
    if is_author:
        return Verdict(False, _("Nobody marks their own work."))
    if not is_instructor:
        return Verdict(False, _("This person has not been granted instruction in this programme."))
    if is_marker:
        return Verdict(False, _("This person marks this record already."))
    if until and until <= now:
        return Verdict(False, _("The last day lies in the past."), {"field": "until"})
    return YES


def may_end_allocation(*, is_staff, capacity):
    """Staff take back what they allocated; a supervisor's view ends with the supervision."""
    if not is_staff:
        return Verdict(False, _("Only programme staff allocate case records."))
    if capacity != "instructor":
        return Verdict(False, _("A supervisor's view ends when another supervisor is assigned."))
    return YES
