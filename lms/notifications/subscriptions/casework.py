"""Service hours that were decided about; consent that ended; cases that were erased. Cases are named by code only."""

from django.urls import reverse
from django.utils.translation import gettext as _

from lms import clock
from lms.casework import rules
from lms.casework.events import CaseErased, ConsentWithdrawn, ServiceTimesConfirmed, ServiceTimesRefused
from lms.casework.models import Case, Consent, ServiceTime
from lms.enrolment.models import Supervision
from lms.events import records
from lms.notifications.actions import tell
from lms.notifications.notices import Notice, language_of


# --- service hours: many entries are decided in one go, and told in one message -------------------------------------
@records(ServiceTimesConfirmed)
def tell_of_confirmed_hours(event):
    entries, first = _entries(event)
    with language_of(first.enrolment.learner):
        subject = _("Confirmed: %(hours)s hours of service") % {"hours": _hours(entries)}
        notice = _of_hours("hours_confirmed", first, first.confirmed_at, subject, _("They count now."))
    tell(notice, now=first.confirmed_at)


@records(ServiceTimesRefused)
def tell_of_refused_hours(event):
    entries, first = _entries(event)
    with language_of(first.enrolment.learner):
        subject = _("Not confirmed: %(hours)s hours of service") % {"hours": _hours(entries)}
        body = _("Your supervisor has written why. Correct the entry, and it waits again.")
        notice = _of_hours("hours_refused", first, first.refused_at, subject, body)
    tell(notice, now=first.refused_at)


def _entries(event):
    rows = ServiceTime.objects.filter(pk__in=event.service_time_ids).order_by("pk")
    entries = list(rows.select_related("enrolment__learner"))
    return entries, entries[0]


def _hours(entries):
    """In hours with one decimal at most: 1.5, 12."""
    return f"{round(sum(entry.minutes for entry in entries) / 60, 1):g}"


def _of_hours(kind, first, decided_at, subject, body):
    """An entry that was refused can be corrected and refused again: the time tells the messages apart."""
    matter = f"{first.pk}@{decided_at.isoformat()}"
    return Notice(first.enrolment.learner, kind, matter, subject, body, reverse("casework:hours"))


# --- consent --------------------------------------------------------------------------------------------------------
@records(ConsentWithdrawn)
def tell_of_withdrawal(event):
    """To whoever supervises the learner; and to the learner when somebody else has written it down."""
    consent = Consent.objects.select_related("case__enrolment__learner").get(pk=event.consent_id)
    people = set(_supervisors(consent.case)) | {consent.case.enrolment.learner}
    people.discard(consent.withdrawn_by)
    tell(*(_of_withdrawal(consent, person) for person in people), now=consent.withdrawn_at)


def _of_withdrawal(consent, person):
    case = consent.case
    with language_of(person):
        purpose = consent.get_purpose_display()
        subject = _("Consent withdrawn: case %(code)s, %(purpose)s") % {"code": case.code, "purpose": purpose}
        body = _("The case is not used for this any more.")
        if rules.closes_the_case(consent.purpose):
            body = _("The case is closed, and the text of its record opens for nobody.")
        return Notice(person, "consent_withdrawn", consent.pk, subject, body, _address(case, person))


@records(CaseErased)
def tell_of_erasure(event):
    case = Case.objects.select_related("enrolment__learner").get(pk=event.case_id)
    people = {case.enrolment.learner, *_supervisors(case)}
    tell(*(_of_erasure(case, person) for person in people), now=clock.now())


def _of_erasure(case, person):
    with language_of(person):
        subject = _("Erased: case %(code)s") % {"code": case.code}
        body = _("Text, files and drafts are gone for good. What was accepted still counts.")
        return Notice(person, "case_erased", case.pk, subject, body)


def _supervisors(case):
    active = Supervision.objects.active(clock.now()).filter(enrolment=case.enrolment_id)
    return [supervision.supervisor for supervision in active.select_related("supervisor")]


def _address(case, person):
    return reverse("casework:case", args=[case.code]) if person.pk == case.enrolment.learner_id else ""
