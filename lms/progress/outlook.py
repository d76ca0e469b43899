"""What is still missing, told by the layers above: graduation registers its criteria, the home page shows them."""

from dataclasses import dataclass
from typing import Protocol

from lms.plugins import Registry

outlooks = Registry("lms.progress.outlooks")


@dataclass(frozen=True)
class Line:
    """One requirement of one enrolment: what to do (an imperative), the figure against the target, and where."""

    met: bool
    todo: str
    reason: str
    url: str = ""


class Outlook(Protocol):
    key: str

    def lines(self, enrolments, now) -> dict[int, list[Line]]:
        """Lines by enrolment id, for many enrolments with a constant number of queries."""
        ...
