"""Enrol, withdraw, take back, supervise, correct a name.

Whoever changes the state of an enrolment locks the intake first, then the enrolment: a seat is given and freed under
the same lock (``lms.admissions.actions``).
"""

from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.db import transaction
from wagtail.log_actions import log

from lms.enrolment import rules
from lms.enrolment.models import Change, Enrolment, Supervision
from lms.events import publish
from lms.programmes.models import Grant, Intake
from lms.programmes.scopes import has_role

OFFICE = [Grant.Role.STAFF, Grant.Role.DIRECTOR]


@dataclass(frozen=True)
class Enrolled:
    enrolment_id: int


@dataclass(frozen=True)
class Withdrawn:
    """The learner left before the end; nothing they did is taken away."""

    enrolment_id: int


@dataclass(frozen=True)
class Readmitted:
    """The learner, who had left, is learning here again; what they did before counts as before."""

    enrolment_id: int


@dataclass(frozen=True)
class NameCorrected:
    """The office corrected how a learner's name is written. ``old``: how it was."""

    user_id: int
    old: str
    by_id: int


@dataclass(frozen=True)
class SupervisorAssigned:
    supervision_id: int


@dataclass(frozen=True)
class SupervisionEnded:
    """From ``until`` of the supervision on, this person sees nothing of the enrolment any more."""

    supervision_id: int


@transaction.atomic
def enrol(learner, intake, *, now):
    """Give the learner a place in the intake: the same when there is one, active again when they had left it."""
    intake = _locked_intake(intake.pk)
    rows = Enrolment.objects.select_for_update()
    enrolment, created = rows.get_or_create(learner=learner, intake=intake, defaults={"enrolled_at": now})
    if created:
        publish(Enrolled(enrolment.pk))
    elif enrolment.state == Enrolment.State.WITHDRAWN:
        return take_back(enrolment, by=learner, reason="", now=now)
    return enrolment


@transaction.atomic
def take_back(enrolment, *, by, reason, now):
    """Let a learner who left learn on here. What they did, and that they had left, stays as it is.

    The office says why; learners who confirm an offer anew need not.
    """
    _locked_intake(enrolment.intake_id)
    enrolment = Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    rules.may_return(state=enrolment.state, reason=reason, own=by.pk == enrolment.learner_id).require()
    enrolment.state, enrolment.ended_at = Enrolment.State.ACTIVE, None
    _change(enrolment, Change.Kind.RETURNED, by=by, reason=reason, now=now)
    log(enrolment, "enrolment.readmit", user=by, data={"reason": reason})
    publish(Readmitted(enrolment.pk))
    return enrolment


@transaction.atomic
def withdraw(enrolment, *, by, reason, now):
    """Record that the learner leaves the intake; whoever supervised them sees nothing from now on.

    The office says why; learners who leave on their own need not.
    """
    _locked_intake(enrolment.intake_id)
    enrolment = Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    rules.may_withdraw(state=enrolment.state, reason=reason, own=by.pk == enrolment.learner_id).require()
    enrolment.state, enrolment.ended_at = Enrolment.State.WITHDRAWN, now
    _change(enrolment, Change.Kind.LEFT, by=by, reason=reason, now=now)
    for supervision in enrolment.supervisions.active(now):
        end_supervision(supervision, by=by, now=now)
    log(enrolment, "enrolment.withdraw", user=by, data={"reason": reason})
    publish(Withdrawn(enrolment.pk))
    return enrolment


def _locked_intake(pk):
    return Intake.objects.select_for_update(of=("self",)).get(pk=pk)


def _change(enrolment, kind, *, by, reason, now):
    enrolment.save(update_fields=["state", "ended_at"])
    enrolment.changes.create(kind=kind, at=now, by=by, reason=reason.strip()[:500])


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


@transaction.atomic
def correct_name(enrolment, *, name, reason, by, now):
    """Write the learner's name as it should stand on a certificate. What was issued keeps the name it bears."""
    learner = get_user_model().objects.select_for_update().get(pk=enrolment.learner_id)
    old, name = learner.name, name.strip()
    is_staff = has_role(by, OFFICE, now, intake=enrolment.intake)
    rules.may_correct_name(old=old, new=name, reason=reason, is_staff=is_staff).require()
    learner.name = name
    learner.save(update_fields=["name"])
    log(learner, "enrolment.correct_name", user=by, data={"old": old, "new": name, "reason": reason})
    publish(NameCorrected(learner.pk, old, by.pk))
    return learner
