"""What happens to grants, told upward."""

from dataclasses import dataclass


@dataclass(frozen=True)
class GrantsChanged:
    """A person's grants are not what they were, by a hand or by the clock; whoever opens doors looks again."""

    user_id: int


@dataclass(frozen=True)
class RoleGranted:
    grant_id: int


@dataclass(frozen=True)
class RoleEnded:
    """Somebody ended a grant before its time. One that runs out tells only ``GrantsChanged``."""

    grant_id: int
