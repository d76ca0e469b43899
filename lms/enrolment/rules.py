"""Who may leave, and who may supervise whom."""

from django.utils.translation import gettext as _

from lms.enrolment.models import Enrolment
from lms.verdicts import YES, Verdict


def may_withdraw(*, state, reason):
    """Only somebody who is learning can leave, and never without a reason."""
    if state != Enrolment.State.ACTIVE:
        return Verdict(False, _("This learner is no longer learning here."))
    if not reason.strip():
        return Verdict(False, _("Say why the learner leaves."))
    return YES


def may_supervise(*, supervisor, learner, state):
    """``supervisor`` and ``learner`` are the ids of two different people; the learner is still learning."""
    if supervisor == learner:
        return Verdict(False, _("Nobody supervises themselves."))
    if state != Enrolment.State.ACTIVE:
        return Verdict(False, _("This learner is no longer learning here."))
    return YES
