"""Open a case, begin its record, close it, keep it from erasure."""

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from assessments.submissions.actions import start
from assessments.submissions.erasure import close_text
from lms.casework import rules
from lms.casework.models import Case
from lms.enrolment.models import Enrolment
from lms.programmes.models import Grant
from lms.programmes.scopes import has_role
from lms.programmes.series import next_number


@transaction.atomic
def open_case(enrolment, *, age_band, now, simulated=False):
    """Open a case under the next code of the year. Nothing about the child is asked but an age band."""
    enrolment = Enrolment.objects.select_for_update(of=("self",)).select_related("learner").get(pk=enrolment.pk)
    rules.may_open_case(
        state=enrolment.state,
        simulated=simulated,
        simulated_already=enrolment.cases.open().filter(simulated=True).exists(),
    ).require()
    case = Case.objects.create(
        enrolment=enrolment,
        code=_next_code(timezone.localdate(now).year),
        age_band=age_band,
        simulated=simulated,
        opened_at=now,
    )
    log(case, "casework.open", user=enrolment.learner)
    return case


@transaction.atomic
def start_record(case, activity, *, now):
    """Begin the record of a case for an assignment, or find the one it has: a case has at most one."""
    case = Case.objects.select_for_update().select_related("enrolment").get(pk=case.pk)
    if case.submission_id:
        return case.submission
    rules.may_start_record(
        state=case.enrolment.state,
        simulated=case.simulated,
        closed=case.closed_at is not None,
        age_band=case.age_band,
        answers=rules.newest_answers(case.consents.all()),
    ).require()
    case.submission = start(
        activity, case.enrolment.learner, key=f"case:{case.pk}", scope=f"enrolment:{case.enrolment_id}", now=now
    )
    case.save(update_fields=["submission"])
    return case.submission


def _next_code(year):
    """K-2026-0007 after K-2026-0006, whatever the programme; no code is given twice, not even of an erased case."""
    return f"K-{year}-{next_number(f'K-{year}'):04}"


@transaction.atomic
def close_case(case, *, now):
    """Let the text of a case never be opened again, in the same moment. What was accepted still counts."""
    if case.closed_at:
        return
    case.closed_at = now
    case.save(update_fields=["closed_at"])
    if case.submission_id:
        close_text(case.submission, now)


@transaction.atomic
def hold(case, *, until, by, reason, now):
    """Keep a case from erasure until a day: an investigation, a complaint, an appeal."""
    rules.may_hold(
        is_director=is_director(by, case, now), reason=reason, until=until, today=timezone.localdate(now)
    ).require()
    case.hold_until, case.hold_reason = until, reason
    case.save(update_fields=["hold_until", "hold_reason"])
    log(case, "casework.hold", user=by, data={"until": until.isoformat()})


@transaction.atomic
def release(case, *, by, now):
    """End a legal hold before its day."""
    rules.may_release(is_director=is_director(by, case, now)).require()
    case.hold_until, case.hold_reason = None, ""
    case.save(update_fields=["hold_until", "hold_reason"])
    log(case, "casework.release", user=by)


def is_director(user, case, now):
    return has_role(user, [Grant.Role.DIRECTOR], now, intake=case.enrolment.intake)
