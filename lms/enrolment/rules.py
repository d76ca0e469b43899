"""Who may still change what is theirs, who may leave and come back, who supervises whom, whose name is corrected."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.enrolment.models import Enrolment
from lms.verdicts import YES, Verdict, first_no

State = Enrolment.State

NOT_LEARNING = {
    State.WITHDRAWN: gettext_lazy("You left this training. What you did stays readable; nothing changes any more."),
    State.GRADUATED: gettext_lazy("You have graduated here. What you did stays readable; nothing changes any more."),
    State.ENDED: gettext_lazy("Your place here has ended. What you did stays readable; nothing changes any more."),
}


def may_change(state):
    """The one rule of who may add to or change what is booked to an enrolment: whoever is learning there now.

    Whoever left or is done goes on reading: the record, work with its grades and receipts, cases, letters,
    certificates. Ending a consent stays possible for ever: it is not the learner's to keep.
    """
    if state == State.ACTIVE:
        return YES
    return Verdict(False, NOT_LEARNING[state], {"state": str(state)})


def may_withdraw(*, state, reason, own):
    """Only somebody who is learning can leave. ``own``: learners need not say why they leave; the office says it."""
    if state != State.ACTIVE:
        return Verdict(False, _("This learner is no longer learning here."))
    return Verdict(own or bool(reason.strip()), _("Say why the learner leaves."), {"field": "reason"})


def may_return(*, state, reason, own):
    """Only who left comes back: by confirming an offer anew (``own``), or taken back by the office, which says why."""
    if state != State.WITHDRAWN:
        return Verdict(False, _("This learner has not left."))
    return Verdict(own or bool(reason.strip()), _("Say why the learner is taken back."), {"field": "reason"})


def may_supervise(*, supervisor, learner, state):
    """``supervisor`` and ``learner`` are the ids of two different people; the learner is still learning."""
    if supervisor == learner:
        return Verdict(False, _("Nobody supervises themselves."))
    if state != State.ACTIVE:
        return Verdict(False, _("This learner is no longer learning here."))
    return YES


def may_correct_name(*, old, new, reason, is_staff):
    """The office of the learner's intake writes a name as it should stand on a certificate, and says why."""
    return first_no(
        Verdict(is_staff, _("Only the programme staff of this intake correct a learner's name.")),
        Verdict(len(new) >= 2, _("A name has at least two characters."), {"field": "name"}),
        Verdict(new != old, _("The name is the same as before."), {"field": "name"}),
        Verdict(bool(reason.strip()), _("Please give the reason."), {"field": "reason"}),
    )
