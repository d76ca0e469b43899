"""What happens in casework, told upward."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ConsentWithdrawn:
    """An agreement ended. Whoever uses the case for this purpose stops now, in the same transaction."""

    consent_id: int


@dataclass(frozen=True)
class CaseErased:
    """Text, files, versions, drafts and comments of the case are gone; a tombstone is left."""

    case_id: int


@dataclass(frozen=True)
class ServiceTimesConfirmed:
    """A supervisor confirmed these hours of one enrolment, together."""

    enrolment_id: int
    service_time_ids: tuple[int, ...]


@dataclass(frozen=True)
class ServiceTimesRefused:
    """The supervisor did not confirm these hours of one enrolment, with a reason for the learner."""

    enrolment_id: int
    service_time_ids: tuple[int, ...]
