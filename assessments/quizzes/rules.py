"""Verdicts about quizzes: may an attempt begin, when must it end, may the answers be shown. Values in, verdicts out."""

from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.quizzes.models import QuizPage
from lms.verdicts import YES, Verdict, first_no

GRACE = timedelta(seconds=10)  # for the way over the network; a request that arrives later came too late


def may_start(quiz, allowance, *, used, passed, now):
    """Whether another attempt may begin: the window, the attempts left, and not after the answers were shown."""
    return first_no(
        opened(quiz.opens_at, now),
        not_closed(closing(quiz.closes_at, allowance.due_at), now),
        not_finished(quiz.show_answers, passed),
        attempts_left(allowed(quiz.attempts_allowed, allowance.attempts), used),
    )


def opened(opens_at, now):
    return Verdict(opens_at is None or now >= opens_at, _("This quiz has not opened yet."))


def not_closed(closes_at, now):
    return Verdict(closes_at is None or now < closes_at, _("This quiz has closed."))


def not_finished(policy, passed):
    """Who has passed and seen the answers has nothing left to prove."""
    reason = _("You have passed, and the answers are shown: there is no further attempt.")
    return Verdict(not (passed and policy == QuizPage.Answers.FINISHED), reason)


def attempts_left(allowed, used):
    """``facts``: left; None when there is no limit."""
    if allowed is None:
        return Verdict(True, _("You may try as often as you like."), {"left": None})
    left = max(0, allowed - used)
    if not left:
        return Verdict(False, _("No attempt is left."), {"left": 0})
    reason = ngettext("%(left)s attempt left", "%(left)s attempts left", left) % {"left": left}
    return Verdict(True, reason, {"left": left})


def allowed(attempts_allowed, extra):
    return None if attempts_allowed is None else attempts_allowed + extra


def closing(closes_at, extended_to):
    """When the window closes for this person: the later of the quiz's date and their own; None: never."""
    return None if closes_at is None else max(closes_at, extended_to or closes_at)


def due_at(started_at, minutes, extra_minutes, closes_at):
    """When an attempt ends: after its minutes, or when the window closes, whichever comes first; None: open end."""
    by_limit = None if minutes is None else started_at + timedelta(minutes=minutes + extra_minutes)
    return min((moment for moment in (by_limit, closes_at) if moment), default=None)


def still_open(submitted_at, due_at, arrived_at):
    """Whether an answer that arrived at this moment still counts."""
    if submitted_at:
        return Verdict(False, _("This attempt has been handed in."))
    return Verdict(not overdue(due_at, arrived_at), _("The time for this attempt is over."))


def overdue(due_at, arrived_at):
    return due_at is not None and arrived_at > due_at + GRACE


def answers_shown(policy, *, passed, left, opened, closes_at, now):
    """Whether right answers may be shown for a handed-in attempt; the reason says when they will be.

    Never while another attempt is ``opened``: the answers of the first would be those of the second.
    """
    answers, closed = QuizPage.Answers, closes_at is not None and now >= closes_at
    if policy != answers.NEVER and opened:
        return Verdict(False, _("The answers are shown after you have handed in the attempt that is under way."))
    if policy == answers.SUBMITTED:
        return YES
    if policy == answers.FINISHED:
        reason = _("The answers are shown when you have passed or no attempt is left.")
        return Verdict(bool(passed) or left == 0 or closed, reason)
    if policy == answers.CLOSED:
        return Verdict(closed, _("The answers are shown after the quiz has closed."))
    return Verdict(False, _("The answers of this quiz are not shown."))


def passes(percent, pass_mark):
    """Whether a result passes; without a pass mark there is nothing to pass (None)."""
    if pass_mark is None or percent is None:
        return None
    return percent >= pass_mark
