"""Enrol, withdraw, supervise."""

from dataclasses import dataclass

from django.db import transaction

from lms.enrolment.models import Enrolment, Supervision
from lms.events import publish


@dataclass(frozen=True)
class Enrolled:
    enrolment_id: int


@dataclass(frozen=True)
class SupervisorAssigned:
    supervision_id: int


@transaction.atomic
def enrol(learner, intake, *, now):
    """Give the learner a place in the intake; the same place when there is one already."""
    enrolment, created = Enrolment.objects.get_or_create(learner=learner, intake=intake, defaults={"enrolled_at": now})
    if created:
        publish(Enrolled(enrolment.pk))
    return enrolment


@transaction.atomic
def assign_supervisor(enrolment, supervisor, *, by, now):
    """Let the supervisor see and mark this enrolment from now on; other supervisors of it end now."""
    enrolment.supervisions.active(now).exclude(supervisor=supervisor).update(until=now)
    supervision, created = Supervision.objects.get_or_create(
        enrolment=enrolment, supervisor=supervisor, until=None, defaults={"starts_at": now, "assigned_by": by}
    )
    if created:
        supervisor.is_staff = True
        supervisor.save(update_fields=["is_staff"])
        publish(SupervisorAssigned(supervision.pk))
    return supervision
