"""Verdicts about submissions: may one begin, may its text be changed, may it be handed in. Values in, verdicts out."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from assessments.submissions.models import Submission
from lms.verdicts import YES, Verdict, first_no

State = Submission.State

LOCKED_REASONS = {
    State.SUBMITTED: gettext_lazy("It has been handed in; nothing can be changed unless it is returned."),
    State.ACCEPTED: gettext_lazy("It has been accepted; nothing can be changed any more."),
    State.REJECTED: gettext_lazy("It was not accepted; nothing can be changed any more."),
}


def may_edit(state, closed_at):
    """A draft and what was returned can be changed, unless the text was closed."""
    if closed_at or state == State.ERASED:
        return Verdict(False, _("This text is closed."))
    return Verdict(state in Submission.EDITABLE, LOCKED_REASONS.get(state, ""))


def in_time(*, due_at, extended_to, versions, arrived_at):
    """The first version comes before the deadline, or before one's own later one; a revision may come at any time."""
    if versions or due_at is None:
        return YES
    reason = _("The deadline has passed. Ask your instructor for a later one.")
    return Verdict(arrived_at < max(due_at, extended_to or due_at), reason)


def is_complete(problems):
    """Nothing that the form asks for is missing."""
    count = len(problems)
    reason = ngettext("%(n)s thing is still missing.", "%(n)s things are still missing.", count) % {"n": count}
    return Verdict(not count, reason, {"missing": count})


def findings_confirmed(findings, confirmed):
    """Whatever looked like a child's was looked at by the author: ``confirmed`` holds the ids."""
    left = [finding for finding in findings if finding.id not in confirmed]
    reason = _("Please look at what might tell who the child is: change it, or confirm that it is harmless.")
    return Verdict(not left, reason, {"unconfirmed": len(left)})


def unchanged(seen, sha256):
    """What is handed in is what was checked."""
    return Verdict(seen == sha256, _("The text was changed since you checked it. Please check it again."))


def may_submit(submission, checked, *, confirmed, seen):
    """Whether this draft may become a version. ``checked``: what ``actions.check`` found in it."""
    return first_no(
        may_edit(submission.state, submission.closed_at),
        checked.deadline,
        is_complete(checked.problems),
        unchanged(seen, checked.sha256),
        findings_confirmed(checked.findings, confirmed),
    )
