"""What happens to activities, told upward."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class LearningEvent:
    """A learner did something that may count: ``verb`` is completed, passed, attempted, submitted, accepted …

    ``minutes`` is the credit in minutes, ``score`` a percentage or None, ``key`` makes the record unique, so that
    publishing twice records once.
    """

    activity_id: int
    learner_id: int
    verb: str
    at: datetime
    key: str
    minutes: int = 0
    score: float | None = None
    facts: dict = field(default_factory=dict)
