"""What happens to decisions, told upward. Each names all the decisions that one action touched."""

from dataclasses import dataclass


@dataclass(frozen=True)
class GraduationProposed:
    """Proposals were written. A subscriber may raise ``Refused``: then nothing of the proposal is stored."""

    decision_ids: tuple[int, ...]


@dataclass(frozen=True)
class GraduationDecided:
    """The second signature was given; each ``Decision.outcome`` says to what."""

    decision_ids: tuple[int, ...]


@dataclass(frozen=True)
class ProposalRefused:
    """Somebody who could have signed sent the proposal back."""

    decision_ids: tuple[int, ...]


@dataclass(frozen=True)
class SubstituteNamed:
    """From now on another activity counts in place of one that an intake has frozen."""

    substitute_id: int
