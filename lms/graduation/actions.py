"""Propose, sign, refuse. Each takes many at once: a board decides for an intake in one sitting."""

import secrets

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from lms import clock
from lms.enrolment.models import Enrolment, Supervision
from lms.events import publish
from lms.graduation import rules
from lms.graduation.evaluation import for_the_record, label_of
from lms.graduation.events import GraduationDecided, GraduationProposed, ProposalRefused
from lms.graduation.models import Decision, Signature
from lms.programmes.models import Grant
from lms.programmes.scopes import has_role
from lms.verdicts import Refused


@transaction.atomic
def propose(enrolments, outcome, *, reason="", by, now):
    """Propose one outcome for these learners, with today's verdicts. All or none; the refusal names the learner."""
    chosen = Enrolment.objects.filter(pk__in=[one.pk for one in enrolments]).order_by("pk")
    chosen = list(chosen.select_for_update(of=("self",)).select_related("learner", *INTAKE))
    verdicts = for_the_record(chosen)
    waiting = set(Decision.objects.open().filter(enrolment__in=chosen).values_list("enrolment", flat=True))
    rights = _rights(chosen, [Grant.Role.STAFF], by, now)
    for one in chosen:
        _ask(
            one,
            rules.may_propose(
                is_staff=bool(rights[one.intake_id]),
                state_is_active=one.state == Enrolment.State.ACTIVE,
                has_open=one.pk in waiting,
                outcome=outcome,
                verdicts=[row | {"label": label_of(row)} for row in verdicts[one.pk]],
                reason=reason,
            ),
        )
    decisions = Decision.objects.bulk_create(
        Decision(
            enrolment=one, outcome=outcome, verdicts=verdicts[one.pk], reason=reason, proposed_by=by, proposed_at=now
        )
        for one in chosen
    )
    _log(decisions, "graduation.propose", by)
    publish(GraduationProposed(_ids(decisions)))
    return decisions


@transaction.atomic
def sign(decisions, *, by, now):
    """Sign these decisions; the second signature of each makes it final. All or none.

    Returns the signatures. They carry the real time, the decision ``now``.
    """
    decisions = _locked(decisions)
    asked = _may_sign(decisions, by, now)
    for one in decisions:
        _ask(one.enrolment, asked[one.pk])
    signatures = Signature.objects.bulk_create(
        Signature(
            decision=one,
            signer=by,
            capacity=asked[one.pk].facts["capacity"],
            signed_at=clock.real_now(),
            receipt=receipt(),
        )
        for one in decisions
    )
    _log(decisions, "graduation.sign", by)
    _decide([one for one in decisions if len(one.signatures.all()) == 1], now)
    return signatures


def _decide(decisions, now):
    """``decisions``: those that had one signature before this one."""
    if not decisions:
        return
    Decision.objects.filter(pk__in=_ids(decisions)).update(decided_at=now)
    graduated = [one.enrolment_id for one in decisions if one.outcome == Decision.Outcome.GRADUATE]
    Enrolment.objects.filter(pk__in=graduated).update(state=Enrolment.State.GRADUATED, ended_at=now)
    publish(GraduationDecided(_ids(decisions)))


@transaction.atomic
def refuse(decision, *, reason, by, now):
    """Send a proposal back to the staff, saying why. It stays as it is; they may propose anew."""
    [decision] = _locked([decision])
    may_sign = _may_sign([decision], by, now)[decision.pk]
    _ask(decision.enrolment, rules.may_refuse(may_sign=may_sign, reason=reason))
    decision.refused_at, decision.refused_by, decision.refused_reason = now, by, reason
    decision.save(update_fields=["refused_at", "refused_by", "refused_reason"])
    _log([decision], "graduation.refuse", by)
    publish(ProposalRefused((decision.pk,)))
    return decision


INTAKE = ("intake__cohort__programme", "intake__track")


def _locked(decisions):
    """Locked in one order, decision before enrolment, so that two signers wait for each other and never circle."""
    rows = Decision.objects.filter(pk__in=[one.pk for one in decisions]).order_by("pk")
    related = [f"enrolment__{name}" for name in ("learner", *INTAKE)]
    return list(
        rows.select_for_update(of=("self", "enrolment")).select_related(*related).prefetch_related("signatures")
    )


def _may_sign(decisions, user, now):
    """The verdict by decision id, with as many queries for many as for one."""
    enrolments = [one.enrolment for one in decisions]
    rights = _rights(enrolments, list(Signature.Capacity), user, now)
    supervised = Supervision.objects.active(now).filter(supervisor=user, enrolment__in=enrolments)
    supervised = set(supervised.values_list("enrolment", flat=True))
    return {
        one.pk: rules.capacity_to_sign(
            capacities=rights[one.enrolment.intake_id],
            signed={signature.capacity for signature in one.signatures.all()},
            has_signed=any(signature.signer_id == user.pk for signature in one.signatures.all()),
            is_proposer=one.proposed_by_id == user.pk,
            is_learner=one.enrolment.learner_id == user.pk,
            is_supervisor=one.enrolment_id in supervised,
            is_open=one.is_open,
            is_learning=one.enrolment.state == Enrolment.State.ACTIVE,
        )
        for one in decisions
    }


def may_sign(decision, user, now):
    """Whether and as what this person may sign: what the page says before anybody tries."""
    return _may_sign([decision], user, now)[decision.pk]


def _rights(enrolments, roles, user, now):
    """The roles of these that the user holds, by intake id."""
    intakes = {one.intake_id: one.intake for one in enrolments}
    return {
        pk: {role for role in roles if has_role(user, [role], now, intake=intake)} for pk, intake in intakes.items()
    }


def _ask(enrolment, verdict):
    """Refuse with the learner's name before the reason: in a batch one has to know of whom it is said."""
    if not verdict:
        raise Refused(_("%(name)s: %(reason)s") % {"name": enrolment.learner, "reason": verdict.reason}, verdict)


def _log(decisions, action, by):
    """One entry per intake: decisions and signatures are themselves the record of who did what."""
    by_intake = {}
    for one in decisions:
        by_intake.setdefault(one.enrolment.intake, []).append(one.pk)
    for intake, pks in by_intake.items():
        log(intake, action, user=by, data={"decisions": pks})


def _ids(decisions):
    return tuple(one.pk for one in decisions)


def receipt():
    """What a signer can quote: JD-7F3A-92C1-0B4D."""
    digits = secrets.token_hex(6).upper()
    return "-".join(["JD", digits[:4], digits[4:8], digits[8:]])
