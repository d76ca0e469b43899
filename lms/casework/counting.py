"""How much service counts: one rule for every page, and where its share comes from.

Service with children and families themselves counts in full; records, resources and meetings count up to a share of
all that counts (domain brief, sections 6 and 9: at most 30 per cent, so that at least 70 are direct). A graduation
policy may say another share. The layer that knows policies tells it here, so that a learner, a supervisor and the
graduation page read the same figure.
"""

from dataclasses import dataclass
from typing import Protocol

from lms.casework.models import ServiceTime
from lms.plugins import Registry

INDIRECT_SHARE = 30

indirect_shares = Registry("lms.casework.indirect_shares")


class IndirectShare(Protocol):
    """``shares``: the highest share of indirect service, in per cent, by enrolment id; for many in constant queries.

    Enrolments that are left out keep ``INDIRECT_SHARE``.
    """

    key: str

    def shares(self, enrolments) -> dict[int, int]: ...


@dataclass(frozen=True)
class Counted:
    """Confirmed minutes of one enrolment and what of them counts; ``waiting``: minutes nobody has decided about."""

    direct: int
    indirect: int
    share: int
    waiting: int = 0

    @property
    def indirect_counted(self):
        return min(self.indirect, self.direct * self.share // (100 - self.share))

    @property
    def total(self):
        """All that counts. Of it at most ``share`` per cent are indirect."""
        return self.direct + self.indirect_counted

    def __bool__(self):
        return bool(self.direct or self.indirect or self.waiting)


def counted(enrolments):
    """Counted by enrolment id, for many enrolments with the same number of queries as for one."""
    enrolments = list(enrolments)
    totals, shares = ServiceTime.objects.totals(enrolments), shares_of(enrolments)
    return {pk: Counted(**row, share=shares[pk]) for pk, row in totals.items()}


def shares_of(enrolments):
    """Per cent by enrolment id, as told from above; ``INDIRECT_SHARE`` where nobody says otherwise."""
    found = {one.pk: INDIRECT_SHARE for one in enrolments}
    for source in indirect_shares:
        found |= source.shares(enrolments)
    return found
