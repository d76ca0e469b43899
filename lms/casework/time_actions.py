"""Enter, change and remove service time; confirm or refuse it."""

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from lms.casework import rules
from lms.casework.events import ServiceTimesConfirmed, ServiceTimesRefused
from lms.casework.models import ServiceTime
from lms.events import publish


@transaction.atomic
def enter_time(enrolment, *, date, minutes, kind, now, case=None):
    """Book minutes of service on a day to the enrolment; they wait for the supervisor."""
    _may_enter(enrolment, date, minutes, now)
    return ServiceTime.objects.create(
        enrolment=enrolment, case=case, date=date, minutes=minutes, kind=kind, entered_at=now
    )


@transaction.atomic
def change_time(service_time, *, date, minutes, kind, now, case=None):
    """Correct what is not confirmed yet; what was refused waits again."""
    service_time = _unconfirmed(service_time)
    _may_enter(service_time.enrolment, date, minutes, now)
    service_time.date, service_time.minutes, service_time.kind, service_time.case = date, minutes, kind, case
    service_time.refused_by, service_time.refused_at, service_time.refused_reason = None, None, ""
    service_time.save()
    return service_time


@transaction.atomic
def remove_time(service_time):
    """Take back what is not confirmed yet."""
    _unconfirmed(service_time).delete()


@transaction.atomic
def confirm_times(times, *, by, now):
    """Confirm those of ``times`` that ``by`` supervises and that still wait. Returns how many were confirmed."""
    ids = _lock_waiting(times, by, now)
    ServiceTime.objects.filter(pk__in=ids).update(confirmed_by=by, confirmed_at=now)
    _tell(ServiceTimesConfirmed, ids, "casework.confirm_time", by)
    return len(ids)


@transaction.atomic
def refuse_times(times, *, by, reason, now):
    """Refuse those of ``times`` that ``by`` supervises and that still wait, with one reason for the learners."""
    rules.may_refuse_time(reason=reason).require()
    ids = _lock_waiting(times, by, now)
    ServiceTime.objects.filter(pk__in=ids).update(refused_by=by, refused_at=now, refused_reason=reason)
    _tell(ServiceTimesRefused, ids, "casework.refuse_time", by)
    return len(ids)


def _tell(event, ids, action, by):
    """Each entry is logged; what was decided together is told once for each enrolment."""
    by_enrolment = {}
    for service_time in ServiceTime.objects.filter(pk__in=ids).order_by("pk"):
        log(service_time, action, user=by, data={"minutes": service_time.minutes})
        by_enrolment.setdefault(service_time.enrolment_id, []).append(service_time.pk)
    for enrolment, pks in by_enrolment.items():
        publish(event(enrolment, tuple(pks)))


def _lock_waiting(times, by, now):
    """The ids of those rows that this person may decide about and that nobody has decided about yet."""
    mine = ServiceTime.objects.supervised_by(by, now).waiting().filter(pk__in=[one.pk for one in times])
    return [one.pk for one in mine.select_for_update(of=("self",))]


def _unconfirmed(service_time):
    """The row, locked; refused when the supervisor was quicker or when it is gone already."""
    rows = ServiceTime.objects.select_for_update(of=("self",)).select_related("enrolment__intake__cohort")
    found = rows.filter(pk=service_time.pk).first()
    rules.may_change_time(
        exists=found is not None,
        confirmed=bool(found and found.confirmed_at),
        state=found and found.enrolment.state,
    ).require()
    return found


def _may_enter(enrolment, date, minutes, now):
    rules.may_enter_time(
        state=enrolment.state,
        date=date,
        minutes=minutes,
        today=timezone.localdate(now),
        first_day=enrolment.intake.cohort.starts_on,
    ).require()
