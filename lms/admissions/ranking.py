"""The ranked list of an intake: places, the line that the seats draw, and why equal scores stand in this order."""

from dataclasses import dataclass

from lms.admissions import rules
from lms.admissions.models import Choice


@dataclass(frozen=True)
class Standing:
    """A scored choice in the ranking: its place from 1, and why it stands below an equal one above."""

    place: int
    tie: str


def standings(intake):
    """{choice id: Standing} of every scored choice still in the running, best first. One query."""
    rows = list(
        intake.choices.exclude(state__in=Choice.OUT)
        .exclude(score=None)
        .ranked()
        .values_list("pk", "score", "case_quality", "application__months", "submitted_at")
    )
    return {
        pk: Standing(place, rules.tie(rows[place - 2][1:], values) if place > 1 else "")
        for place, (pk, *values) in enumerate(rows, start=1)
    }


@dataclass(frozen=True)
class Totals:
    """Sent totals of the scorers of one choice, and what follows."""

    totals: tuple
    settlement: rules.Settlement

    @property
    def used(self):
        """The two totals that count when there are three; else nothing to say."""
        if len(self.totals) < 3 or self.settlement.mean is None:
            return ()
        return tuple(self.totals[n] for n in self.settlement.used)


def totals(choice):
    """From the prefetched sheets of a choice."""
    sent = sorted(
        (sheet for sheet in choice.sheets.all() if sheet.sent_at), key=lambda sheet: (sheet.sent_at, sheet.pk)
    )
    found = tuple(sheet.total for sheet in sent)
    return Totals(found, rules.settle(found))
