"""Agree, refuse, withdraw; and the supervisor's decision where a guardian must not be asked."""

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from lms.casework import rules
from lms.casework.actions import close_case
from lms.casework.consent_texts import CURRENT
from lms.casework.events import ConsentWithdrawn
from lms.casework.models import Case, Consent
from lms.enrolment.models import Supervision
from lms.events import publish


@transaction.atomic
def record_answer(case, *, purpose, giver, agreed, by, now, given_on, relation="", words=""):
    """Keep what the guardian or the child said about one purpose. A no ends an earlier yes, and what rests on it."""
    case = Case.objects.select_for_update(of=("self",)).select_related("enrolment").get(pk=case.pk)
    rules.may_record_consent(
        state=case.enrolment.state,
        purpose=purpose,
        giver=giver,
        agreed=agreed,
        age_band=case.age_band,
        closed=case.closed_at is not None,
        simulated=case.simulated,
        by_duty=decided_by_duty(case),
        words=words,
        relation=relation,
    ).require()
    rules.may_be_dated(date=given_on, today=timezone.localdate(now)).require()
    earlier = case.consents.valid().filter(purpose=purpose, giver=giver).first()
    if earlier and agreed:
        return earlier
    if earlier:
        withdraw(earlier, by=by, now=now)
    answer = _write(case, purpose, giver, by, now, agreed=agreed, given_on=given_on, relation=relation, words=words)
    if not agreed and rules.refusal_closes(purpose, has_record=case.submission_id is not None):
        close_case(case, now=now)
    return answer


@transaction.atomic
def withdraw(consent, *, by, now):
    """End an agreement at once. Without service or training the case closes; the other purposes end only themselves."""
    consent = Consent.objects.select_for_update().select_related("case").get(pk=consent.pk)
    rules.may_withdraw_consent(
        valid=consent.is_valid, basis=consent.basis, is_supervisor=supervises(by, consent.case, now)
    ).require()
    end(consent, by=by, now=now)
    if rules.closes_the_case(consent.purpose):
        close_case(consent.case, now=now)
    return consent


@transaction.atomic
def decide_by_duty(case, *, reason, by, now):
    """Let the supervisor stand in for a guardian suspected of harm: service and training go on, publication never."""
    case = Case.objects.select_for_update().get(pk=case.pk)
    rules.may_decide_by_duty(
        is_supervisor=supervises(by, case, now),
        reason=reason,
        closed=case.closed_at is not None,
        simulated=case.simulated,
    ).require()
    for consent in case.consents.valid():
        if consent.giver == Consent.Giver.GUARDIAN or consent.purpose == Consent.Purpose.PUBLICATION:
            end(consent, by=by, now=now)
    decisions = {"agreed": True, "basis": Consent.Basis.DUTY, "given_on": timezone.localdate(now), "reason": reason}
    return [_write(case, purpose, Consent.Giver.GUARDIAN, by, now, **decisions) for purpose in rules.TO_START]


def end(consent, *, by, now):
    """Mark one agreement as ended and tell whoever uses the case for its purpose."""
    consent.withdrawn_at, consent.withdrawn_by = now, by
    consent.save(update_fields=["withdrawn_at", "withdrawn_by"])
    log(consent.case, "casework.withdraw_consent", user=by, data={"purpose": consent.purpose, "giver": consent.giver})
    publish(ConsentWithdrawn(consent.pk))


def decided_by_duty(case):
    """Whether the supervisor ever decided for this case without its guardian. It is then never published."""
    return case.consents.filter(basis=Consent.Basis.DUTY).exists()


def supervises(user, case, now):
    return Supervision.objects.active(now).filter(supervisor=user, enrolment=case.enrolment_id).exists()


def _write(case, purpose, giver, by, now, **facts):
    consent = Consent.objects.create(
        case=case, purpose=purpose, giver=giver, text_version=CURRENT, recorded_by=by, recorded_at=now, **facts
    )
    log(case, "casework.record_consent", user=by, data={"purpose": purpose, "giver": giver, "agreed": consent.agreed})
    return consent
