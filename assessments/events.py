"""What happens to submissions, told upward. Quizzes tell theirs as ``content.events.LearningEvent``."""

from dataclasses import dataclass


@dataclass(frozen=True)
class SubmissionReceived:
    """A version was handed in. The layer above writes who may mark it, inside the same transaction."""

    submission_id: int
    version_id: int


@dataclass(frozen=True)
class SubmissionGraded:
    """A grade was released: returned for revision, accepted or not accepted."""

    submission_id: int
    grade_id: int
