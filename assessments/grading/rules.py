"""Verdicts and sums of grading. Pure: criteria and points in, figures and verdicts out."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.grading.models import Grade
from lms.verdicts import YES, Verdict, first_no

BEST = 4  # points of the highest level
LONGEST = 5_000  # characters of one comment


@dataclass(frozen=True)
class Weighed:
    """One criterion as the sum needs it; ``points`` is None while no level is chosen."""

    weight: int
    veto: bool
    points: int | None
    best: int = BEST

    @property
    def mark(self):
        """What it adds: weight × level ÷ best level."""
        return None if self.points is None else self.weight * self.points / self.best


def total(weighed):
    """The grade so far: Σ weight × level ÷ 4, scaled to 100 when the weights are not. None without criteria."""
    full = sum(one.weight for one in weighed)
    if not full:
        return None
    return round(100 * sum(one.mark or 0 for one in weighed) / full, 2)


def reachable(weighed):
    """How much the criteria that have been judged could give at most."""
    full = sum(one.weight for one in weighed)
    return round(100 * sum(one.weight for one in weighed if one.points is not None) / full, 2) if full else 0


def left(weighed):
    return sum(one.points is None for one in weighed)


def vetoed(weighed):
    """Whether the lowest level was chosen where it refuses the work (safety)."""
    return any(one.veto and one.points == 1 for one in weighed)


def can_be_kept(texts):
    """No comment is longer than we keep: nothing is cut in silence."""
    longest = max(texts, key=len, default="")
    reason = _("The text that begins “%(text)s” has %(n)s characters; at most %(most)s can be kept. Nothing was saved.")
    facts = {"text": longest[:12], "n": len(longest), "most": LONGEST}
    return Verdict(len(longest) <= LONGEST, reason % facts)


def may_change(released_at, *, is_marker, is_latest, waits):
    """A grade is written by a marker, about the newest version while it waits, and never again after release."""
    return first_no(
        Verdict(is_marker, _("You are not a marker of this work any more.")),
        Verdict(released_at is None, _("This grade has been released; it cannot be changed.")),
        Verdict(is_latest and waits, _("This work no longer waits for a grade.")),
    )


def may_release(outcome, weighed, *, pass_mark, said):
    """Whether this outcome may be told. ``said``: whether the marker wrote anything at all."""
    if outcome == Grade.Outcome.ACCEPT:
        return _may_accept(weighed, pass_mark)
    if outcome in (Grade.Outcome.RETURN, Grade.Outcome.REJECT):
        return Verdict(said, _("Write at least one sentence that says what to change, or why."))
    return Verdict(False, _("Choose what is to happen: return, accept or do not accept."))


def _may_accept(weighed, pass_mark):
    if not weighed:
        return YES
    count, sum_ = left(weighed), total(weighed)
    missing = ngettext("%(n)s criterion has no level yet.", "%(n)s criteria have no level yet.", count)
    below = _("%(total)s is below the pass mark of %(pass_mark)s: return it, or do not accept it.")
    return first_no(
        Verdict(not count, missing % {"n": count}, {"left": count}),
        Verdict(not vetoed(weighed), _("The lowest level in safety: it cannot be accepted, whatever the sum.")),
        Verdict(sum_ >= pass_mark, below % {"total": f"{sum_:g}", "pass_mark": pass_mark}, {"total": sum_}),
    )
