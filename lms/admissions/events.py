"""What happens to applications, told upward."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ApplicationSent:
    """The form arrived, for the first time or again after it was reopened."""

    application_id: int
    version_id: int


@dataclass(frozen=True)
class LetterWritten:
    """A letter was written and kept; it has to reach the applicant of its application."""

    letter_id: int


@dataclass(frozen=True)
class SeatOffered:
    """An open offer takes a seat until it is confirmed, withdrawn or lapses."""

    choice_id: int


@dataclass(frozen=True)
class SeatConfirmed:
    choice_id: int
    enrolment_id: int


@dataclass(frozen=True)
class SeatFreed:
    """An offer lapsed, or somebody withdrew who held a seat."""

    choice_id: int
