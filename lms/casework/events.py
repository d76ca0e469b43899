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
class ServiceTimeConfirmed:
    service_time_id: int


@dataclass(frozen=True)
class ServiceTimeRefused:
    """The supervisor did not confirm, with a reason for the learner."""

    service_time_id: int
