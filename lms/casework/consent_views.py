"""Who agreed to what: the board, recording answers, withdrawing, the printable text, and the decision by duty."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from lms import clock
from lms.casework import consent_actions, consent_board, rules
from lms.casework.consent_texts import CURRENT, VERSIONS, child_sentence, consent_text
from lms.casework.desk_forms import DutyForm
from lms.casework.forms import AnswersForm, ConfirmForm, attempt
from lms.casework.models import Case, Consent
from lms.casework.views import case_of, own_case_of, seen_as
from lms.enrolment.models import Supervision


@login_required
def consents(request, code):
    """The board of a case. What the child said is shown while the case is open."""
    case = case_of(request, code)
    rows = list(case.consents.all())
    return render(
        request,
        "casework/consents.html",
        seen_as(request, case)
        | {
            "rows": consent_board.rows(case, rows),
            "said": [one for one in rows if one.is_valid and one.words] if not case.closed_at else [],
            "decisions": [one for one in rows if one.is_valid and one.reason][:1] if not case.closed_at else [],
            "missing": None if case.simulated else _missing(case, rows),
            "version": CURRENT,
            "open_guardian": consent_board.open_purposes(rows, Consent.Giver.GUARDIAN),
            "open_child": consent_board.open_purposes(rows, Consent.Giver.CHILD),
        },
    )


def _missing(case, rows):
    verdict = rules.may_start_record(
        state=case.enrolment.state,
        simulated=False,
        closed=False,
        age_band=case.age_band,
        answers=rules.newest_answers(rows),
    )
    return None if verdict or case.closed_at or "purpose" not in verdict.facts else verdict


@login_required
def record(request, code, giver):
    """Record what the guardian or the child said to the purposes that are still open."""
    case = own_case_of(request, code)
    purposes = consent_board.open_purposes(case.consents.all(), giver)
    if case.closed_at or case.simulated or not purposes:
        raise Http404
    form = _answers_form(request, case, giver, purposes)
    if request.method == "POST" and form.is_valid() and attempt(form, _keep, form, case, giver, request.user):
        messages.success(request, _("Kept. What was agreed can be withdrawn at any time."))
        return redirect("casework:consents", case.code)
    context = {"case": case, "form": form, "giver": giver, "is_own": True, "version": CURRENT}
    return render(request, "casework/answers.html", context)


def _answers_form(request, case, giver, purposes):
    guardian = giver == Consent.Giver.GUARDIAN
    asked = rules.CHILD_ASKED[case.age_band]
    text = consent_text(CURRENT, get_language())
    sentences = {
        purpose: text.guardian[purpose] if guardian else child_sentence(text, purpose, own_words=asked.own_words)
        for purpose in purposes
    }
    return AnswersForm(
        request.POST or None,
        purposes=purposes,
        guardian=guardian,
        own_words=asked.own_words,
        sentences=sentences,
    )


@transaction.atomic
def _keep(form, case, giver, by):
    data, now = form.cleaned_data, clock.now()
    for purpose, agreed in form.answers():
        consent_actions.record_answer(
            case,
            purpose=purpose,
            giver=giver,
            agreed=agreed,
            by=by,
            now=now,
            given_on=data["given_on"],
            relation=data.get("relation", ""),
            words=data.get("words", ""),
        )


@login_required
def withdraw(request, code, pk):
    """One page, one button: what ends, and that it ends at once."""
    case = case_of(request, code)
    consent = get_object_or_404(case.consents.valid(), pk=pk)
    consent.case = case
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    if form.is_bound and attempt(form, consent_actions.withdraw, consent, by=request.user, now=clock.now()):
        messages.success(request, _("Withdrawn, from this moment on."))
        return redirect("casework:consents", case.code)
    closes = rules.closes_the_case(consent.purpose)
    context = seen_as(request, case) | {"consent": consent, "form": form, "closes": closes}
    return render(request, "casework/withdraw.html", context)


@login_required
def text(request, version):
    """A version of the consent text to read aloud, or to print and have signed."""
    if version not in VERSIONS:
        raise Http404
    found = consent_text(version, get_language())
    purposes = [(purpose, found.guardian[purpose]) for purpose in Consent.Purpose]
    children = [(purpose, found.told[purpose], found.own[purpose]) for purpose in Consent.Purpose]
    return render(
        request,
        "casework/consent_text.html",
        {"text": found, "version": version, "purposes": purposes, "children": children},
    )


@login_required
def decide_by_duty(request, code):
    """The supervisor stands in for a guardian who is suspected of harm."""
    now = clock.now()
    supervised = Supervision.objects.active(now).filter(supervisor=request.user).values("enrolment")
    case = get_object_or_404(Case.objects.open().filter(enrolment__in=supervised, simulated=False), code=code)
    form = DutyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if attempt(form, consent_actions.decide_by_duty, case, reason=reason, by=request.user, now=now):
            messages.success(request, _("Your decision is kept. This case is never published."))
            return redirect("casework:consents", case.code)
    return render(request, "desk/casework/duty.html", {"case": case, "form": form})
