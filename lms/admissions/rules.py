"""Verdicts of admission. Values in, a verdict with its reason out; nothing here knows a database or a clock."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lms.admissions.models import Choice
from lms.verdicts import YES, Verdict

MONTHS_NEEDED = 12
CHOICES_ALLOWED = 3
GAP = 15  # points between two scorers from which a third is asked (domain brief, section 3)
BASELINE_SHARE = 0.15  # points for each per cent of the baseline assessment
WAITING_DAYS = 14  # the waiting list outlives the closing of the intake by so many days at least
ENOUGH_SCHOOLING = ("bachelor", "master", "doctor")

State = Choice.State


# --- applying -------------------------------------------------------------------------------------------------------
def accepts(*, opens_at, closes_at, arrived_at):
    """Whether an intake takes an application that arrived then. Closing is exclusive: at that moment it is too late."""
    if arrived_at < opens_at:
        return Verdict(False, _("Applications are not open yet."))
    if arrived_at >= closes_at:
        return Verdict(False, _("Applications have closed."))
    return YES


def may_choose(count):
    """One to three tracks."""
    if not count:
        return Verdict(False, _("Choose at least one track."))
    if count > CHOICES_ALLOWED:
        return Verdict(False, _("Choose at most %(n)s tracks.") % {"n": CHOICES_ALLOWED})
    return YES


def may_edit(section, *, sent, reopened_until, reopened_sections, arrived_at):
    """A draft is the applicant's; what was sent changes only where staff reopened it, until they said."""
    if not sent:
        return YES
    if reopened_until is None:
        return Verdict(False, _("The application has been sent. Only the programme office can reopen it."))
    if arrived_at >= reopened_until:
        return Verdict(False, _("The time to supplement this application is over."))
    if section not in reopened_sections:
        return Verdict(False, _("This part was not reopened."))
    return YES


def may_send(*, missing, accepted):
    """``missing``: titles of incomplete sections; ``accepted``: how many choices the deadline still lets through."""
    if missing:
        return Verdict(False, _("Not complete yet: %(sections)s.") % {"sections": _(", ").join(map(str, missing))})
    if not accepted:
        return Verdict(False, _("None of the chosen tracks takes applications any more. Your draft is kept."))
    return YES


def months_of_service(spans, until):
    """Calendar months of (first, last) dates, both inclusive, overlaps counted once; ``last`` None: until now."""
    covered = set()
    for first, last in spans:
        start, end = _month(first), min(_month(last or until), _month(until))
        covered.update(range(start, end + 1))
    return len(covered)


def _month(day):
    return day.year * 12 + day.month


def enough_months(months):
    reason = ngettext(
        "%(n)s month of work with children, %(needed)s needed",
        "%(n)s months of work with children, %(needed)s needed",
        months,
    ) % {"n": months, "needed": MONTHS_NEEDED}
    return Verdict(months >= MONTHS_NEEDED, reason, {"months": months})


def in_district(towns, elsewhere):
    """At least one span of service in a town of the programme's district."""
    if any(town and town != elsewhere for town in towns):
        return Verdict(True, _("At least one period in the district"))
    return Verdict(False, _("At least one period must be in the district."))


def enough_schooling(degree):
    if degree in ENOUGH_SCHOOLING:
        return Verdict(True, _("Bachelor or above"))
    return Verdict(False, _("Below bachelor: an exception needs a reason and a second person."))


# --- seats ----------------------------------------------------------------------------------------------------------
def seat_left(*, seats, taken):
    """Open offers and confirmations take seats."""
    reason = _("%(taken)s of %(seats)s seats taken") % {"taken": taken, "seats": seats}
    return Verdict(taken < seats, reason, {"taken": taken, "seats": seats})


def may_offer(*, state, passed, checks, score, floor, rank):
    """Screened with a yes in every check, scored, not below the floor; from the waiting list only its head."""
    if state not in Choice.DECIDABLE:
        return Verdict(False, _("This choice is already decided or withdrawn."))
    if passed < checks:
        return Verdict(False, _("Screening is not passed: %(n)s of %(of)s checks.") % {"n": passed, "of": checks})
    if score is None:
        return Verdict(False, _("The score is not complete."))
    if score < floor:
        return Verdict(False, _("The score %(score)s is below %(floor)s.") % {"score": round(score, 1), "floor": floor})
    if rank is not None and rank > 1:
        return Verdict(False, _("Number %(rank)s on the waiting list: it is not this person's turn.") % {"rank": rank})
    return YES


def may_wait(*, state, passed, checks, score, floor):
    """Who may be put on the waiting list could also be offered a seat."""
    if state == State.WAITLISTED:
        return Verdict(False, _("Already on the waiting list."))
    return may_offer(state=state, passed=passed, checks=checks, score=score, floor=floor, rank=None)


def may_decline(*, state, reason):
    if state not in Choice.DECIDABLE:
        return Verdict(False, _("This choice is already decided or withdrawn."))
    if not reason.strip():
        return Verdict(False, _("Say the reason: it stands in the letter."))
    return YES


def may_ask(*, state, items):
    if state not in Choice.UNDECIDED:
        return Verdict(False, _("More can only be asked for before the decision."))
    if not items.strip():
        return Verdict(False, _("Say exactly what is missing: it stands in the letter."))
    return YES


def may_confirm(*, state, offered_until, now):
    if state == State.CONFIRMED:
        return Verdict(False, _("This seat is confirmed already."))
    if state == State.LAPSED or (state == State.OFFERED and now >= offered_until):
        return Verdict(False, _("The offer has lapsed; the seat went to the waiting list."))
    if state != State.OFFERED:
        return Verdict(False, _("There is no offer to confirm."))
    return YES


def may_withdraw(*, state):
    """Until the seat is confirmed; after that it is leaving the training, which has a page of its own."""
    if state in (State.DRAFT, *Choice.DECIDABLE, State.OFFERED):
        return YES
    if state == State.CONFIRMED:
        return Verdict(
            False, _("You are enrolled. Leaving the training has its own page, beside your track under “Learn”.")
        )
    return Verdict(False, _("This choice is already decided or withdrawn."))


def waiting_list_ends(*, closes_on: date, starts_on: date):
    """The last date on which a free seat goes to the waiting list."""
    return max(starts_on, closes_on + timedelta(days=WAITING_DAYS))


# --- scores ---------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Settlement:
    """``mean`` of the totals at the positions ``used``; None while a total is missing. ``gap`` of the first two."""

    mean: float | None
    used: tuple = ()
    gap: float | None = None

    @property
    def needs_third(self):
        return self.mean is None and self.gap is not None


def settle(totals):
    """Two scorers: their mean. More than GAP apart: a third, then the mean of the two closest (or the higher pair)."""
    if len(totals) < 2:
        return Settlement(None)
    gap = abs(totals[0] - totals[1])
    if gap <= GAP:
        return Settlement(_mean(totals, (0, 1)), (0, 1), gap)
    if len(totals) < 3:
        return Settlement(None, (), gap)
    used = min(combinations(range(3), 2), key=lambda pair: (_apart(totals, pair), -_mean(totals, pair)))
    return Settlement(_mean(totals, used), used, gap)


def _apart(totals, pair):
    return abs(totals[pair[0]] - totals[pair[1]])


def _mean(totals, pair):
    return (totals[pair[0]] + totals[pair[1]]) / 2


def may_score(*, state, own_sent, others):
    """``others``: totals that other scorers have sent. Two score; a third only when those are too far apart."""
    if state not in Choice.DECIDABLE:
        return Verdict(False, _("This choice is already decided or withdrawn."))
    if own_sent:
        return Verdict(False, _("Your score has been sent."))
    if len(others) >= 3 or (len(others) == 2 and not settle(others).needs_third):
        return Verdict(False, _("Two scorers have sent their scores."))
    return YES


def tie(above, row):
    """Why ``row`` stands below ``above`` when both have the same score; empty when the scores differ.

    Both are (score, case quality, months, sent at).
    """
    if None in (above[0], row[0]) or round(above[0], 1) != round(row[0], 1):
        return ""
    if above[0] != row[0]:
        return _("Equal when rounded: the unrounded score decides")
    if above[1] != row[1]:
        return _("Same score: case quality %(own)s after %(above)s") % {"own": row[1], "above": above[1]}
    if above[2] != row[2]:
        return _("Same score and case quality: %(own)s months after %(above)s") % {"own": row[2], "above": above[2]}
    return _("Same score, case quality and months: sent later")
