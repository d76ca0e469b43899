"""Enrol, withdraw, supervise."""

from dataclasses import dataclass

from django.db import transaction
from wagtail.log_actions import log

from lms.enrolment import rules
from lms.enrolment.models import Enrolment, Supervision
from lms.events import publish


@dataclass(frozen=True)
class Enrolled:
    enrolment_id: int


@dataclass(frozen=True)
class Withdrawn:
    """The learner left before the end; nothing they did is taken away."""

    enrolment_id: int


@dataclass(frozen=True)
class SupervisorAssigned:
    supervision_id: int


@dataclass(frozen=True)
class SupervisionEnded:
    """From ``until`` of the supervision on, this person sees nothing of the enrolment any more."""

    supervision_id: int


@transaction.atomic
def enrol(learner, intake, *, now):
    """Give the learner a place in the intake; the same place when there is one already."""
    enrolment, created = Enrolment.objects.get_or_create(learner=learner, intake=intake, defaults={"enrolled_at": now})
    if created:
        publish(Enrolled(enrolment.pk))
    return enrolment


@transaction.atomic
def withdraw(enrolment, *, by, reason, now):
    """Record that the learner leaves the intake, with the reason; whoever supervised them sees nothing from now on."""
    enrolment = Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    rules.may_withdraw(state=enrolment.state, reason=reason).require()
    enrolment.state, enrolment.ended_at = Enrolment.State.WITHDRAWN, now
    enrolment.save(update_fields=["state", "ended_at"])
    for supervision in enrolment.supervisions.active(now):
        end_supervision(supervision, by=by, now=now)
    log(enrolment, "enrolment.withdraw", user=by, data={"reason": reason})
    publish(Withdrawn(enrolment.pk))
    return enrolment


@transaction.atomic
def assign_supervisor(enrolment, supervisor, *, by, now):
    """Let the supervisor see and mark this enrolment from now on; other supervisors of it end now."""
    enrolment = Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    rules.may_supervise(supervisor=supervisor.pk, learner=enrolment.learner_id, state=enrolment.state).require()
    for earlier in enrolment.supervisions.active(now).exclude(supervisor=supervisor):
        end_supervision(earlier, by=by, now=now)
    supervision, created = Supervision.objects.get_or_create(
        enrolment=enrolment, supervisor=supervisor, until=None, defaults={"starts_at": now, "assigned_by": by}
    )
    if created:
        supervisor.is_staff = True
        supervisor.save(update_fields=["is_staff"])
        log(enrolment, "enrolment.supervise", user=by, data={"supervisor": supervisor.pk})
        publish(SupervisorAssigned(supervision.pk))
    return supervision


@transaction.atomic
def end_supervision(supervision, *, by, now):
    """Close the supervisor's view of the enrolment from now on. What they wrote stays."""
    supervision.until = now
    supervision.save(update_fields=["until"])
    log(supervision.enrolment, "enrolment.end_supervision", user=by, data={"supervisor": supervision.supervisor_id})
    publish(SupervisionEnded(supervision.pk))
