"""The graduation board: per intake who meets what, proposals, signatures; and excuses from frozen activities."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from content.models import Activity
from lms import clock
from lms.casework.forms import attempt
from lms.enrolment.models import STAFF_ROLES, Enrolment
from lms.graduation import actions, freezing
from lms.graduation.dossier import dossiers, may_be_opened
from lms.graduation.forms import ProposeForm, ReasonForm, SubstituteForm
from lms.graduation.freezing import excusable, excuse
from lms.graduation.models import Decision
from lms.graduation.views import WITH_INTAKE
from lms.numbers import whole_number, whole_numbers
from lms.programmes.models import Grant
from lms.programmes.scopes import has_role, intakes_for
from lms.verdicts import Refused

OFFICE = [Grant.Role.STAFF, Grant.Role.DIRECTOR]


@login_required
def board(request):
    """The intakes of which this person is staff, director or signatory, newest cohort first."""
    now = clock.now()
    if not has_role(request.user, STAFF_ROLES, now):
        raise Http404
    intakes = intakes_for(request.user, STAFF_ROLES, now).select_related("track", "cohort__programme")
    is_open = Q(enrolments__decisions__decided_at=None, enrolments__decisions__refused_at=None)
    is_open &= Q(enrolments__state=Enrolment.State.ACTIVE)
    intakes = intakes.annotate(
        learning=Count("enrolments", Q(enrolments__state=Enrolment.State.ACTIVE), distinct=True),
        graduated=Count("enrolments", Q(enrolments__state=Enrolment.State.GRADUATED), distinct=True),
        waiting=Count("enrolments__decisions", is_open, distinct=True),
    )
    to_sign = Decision.objects.waiting_for(request.user, now).values_list("enrolment__intake", flat=True)
    context = {"intakes": intakes.order_by("-cohort__starts_on", "track"), "to_sign": list(to_sign)}
    return render(request, "desk/graduation/board.html", context)


@login_required
def intake(request, pk):
    found = _intake(request, pk)
    return _board_of(request, found, ProposeForm())


def _intake(request, pk):
    rows = intakes_for(request.user, STAFF_ROLES, clock.now()).select_related("track__programme", "cohort__programme")
    return get_object_or_404(rows, pk=pk)


def _board_of(request, found, form, chosen=(), refusal="", status=200):
    """The board of one intake, with what was chosen and typed when it could not be done."""
    now = clock.now()
    learners = Enrolment.objects.filter(intake=found).exclude(state=Enrolment.State.WITHDRAWN)
    rows = dossiers(learners.select_related(*WITH_INTAKE).order_by("learner__name", "pk"))
    rows.sort(key=lambda one: not one.is_ready)
    to_sign = set(Decision.objects.waiting_for(request.user, now).values_list("pk", flat=True))
    context = {
        "intake": found,
        "form": form,
        "chosen": set(whole_numbers(chosen)),
        "refusal": refusal,
        "learning": [one for one in rows if not one.decision],
        "to_be_signed": [one for one in rows if one.decision and one.decision.is_open],
        "decided": [one for one in rows if one.decision and not one.decision.is_open],
        "to_sign": to_sign,
        "may_propose": has_role(request.user, [Grant.Role.STAFF], now, intake=found),
    }
    return render(request, "desk/graduation/intake.html", context, status=status)


@require_POST
@login_required
def propose(request, pk):
    """Propose the chosen learners; what was chosen and typed stays when it is refused."""
    found, chosen, form = _intake(request, pk), request.POST.getlist("enrolment"), ProposeForm(request.POST)
    enrolments = Enrolment.objects.filter(intake=found, pk__in=whole_numbers(chosen))
    if not form.is_valid() or not enrolments:
        refusal = "" if enrolments else _("Choose at least one learner.")
        return _board_of(request, found, form, chosen, refusal, status=422)
    try:
        decisions = actions.propose(enrolments, **form.cleaned_data, by=request.user, now=request.arrived_at)
    except Refused as refused:
        return _board_of(request, found, form, chosen, refused.reason, status=422)
    n = len(decisions)
    messages.success(request, ngettext("%(n)s learner proposed.", "%(n)s learners proposed.", n) % {"n": n})
    return redirect("desk_graduation:intake", found.pk)


@require_POST
@login_required
def sign(request, pk):
    """Sign the chosen decisions, or the one of a dossier."""
    found, chosen = _intake(request, pk), request.POST.getlist("decision")
    decisions = Decision.objects.visible_to(request.user, request.arrived_at).filter(
        enrolment__intake=found, pk__in=whole_numbers(chosen)
    )
    if not decisions:
        return _board_of(request, found, ProposeForm(), refusal=_("Choose at least one decision."), status=422)
    try:
        signatures = actions.sign(decisions, by=request.user, now=request.arrived_at)
    except Refused as refused:
        return _board_of(request, found, ProposeForm(), refusal=refused.reason, status=422)
    said = ngettext("%(n)s decision signed. Receipt %(first)s", "%(n)s decisions signed.", len(signatures))
    messages.success(request, said % {"n": len(signatures), "first": signatures[0].receipt})
    return redirect("desk_graduation:intake", found.pk)


@login_required
def dossier(request, pk):
    """One learner's dossier: the lines at the left, the decision and its signatures at the right."""
    now = clock.now()
    rows = Enrolment.objects.visible_to(request.user, now).filter(intake__in=_intakes(request, now))
    found = get_object_or_404(rows.select_related(*WITH_INTAKE), pk=pk)
    return _dossier_of(request, found, ReasonForm(), now)


def _intakes(request, now):
    return intakes_for(request.user, STAFF_ROLES, now).values("pk")


def _dossier_of(request, found, form, now, refusal="", status=200):
    [shown] = dossiers([found])
    decision = shown.decision
    signatures = {one.capacity: one for one in decision.signatures.all()} if decision else {}
    context = {
        "dossier": shown,
        "enrolment": found,
        "intake": found.intake,
        "supervision": found.supervisions.active(now).select_related("supervisor").first(),
        "openable": may_be_opened(shown.rows, request.user, now),
        "first": signatures.get("director"),
        "second": signatures.get("signatory"),
        "may_sign": actions.may_sign(decision, request.user, now) if decision and decision.is_open else None,
        "earlier": found.decisions.exclude(pk=decision.pk if decision else None).order_by("-pk"),
        "form": form,
        "refusal": refusal,
    }
    return render(request, "desk/graduation/dossier.html", context, status=status)


@require_POST
@login_required
def refuse(request, pk):
    """Send a proposal back to the staff, with the reason."""
    now = request.arrived_at
    decisions = Decision.objects.visible_to(request.user, now).filter(enrolment__intake__in=_intakes(request, now))
    decision = get_object_or_404(decisions.select_related(*(f"enrolment__{name}" for name in WITH_INTAKE)), pk=pk)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _dossier_of(request, decision.enrolment, form, now, status=422)
    try:
        actions.refuse(decision, reason=form.cleaned_data["reason"], by=request.user, now=now)
    except Refused as refused:
        return _dossier_of(request, decision.enrolment, form, now, refused.reason, status=422)
    messages.success(request, _("Sent back to the programme staff."))
    return redirect("desk_graduation:dossier", decision.enrolment_id)


@login_required
def excuses(request, pk):
    """The frozen activities of an intake, and excusing all its learners from one."""
    found = _intake(request, pk)
    form, refusal = ReasonForm(request.POST or None), ""
    required = excusable(found)
    if request.method == "POST" and form.is_valid():
        row = get_object_or_404(required, activity=whole_number(request.POST.get("activity")))
        try:
            excuse(row.activity, found, **form.cleaned_data, by=request.user, now=request.arrived_at)
        except Refused as refused:
            refusal = refused.reason
        else:
            messages.success(request, _("The learners are excused from “%(title)s”.") % {"title": row.title})
            return redirect("desk_graduation:excuses", found.pk)
    context = {"intake": found, "rows": required, "form": form, "refusal": refusal}
    context["may_substitute"] = has_role(request.user, OFFICE, request.arrived_at, intake=found)
    context["chosen"] = request.POST.get("activity", "")
    status = 422 if request.method == "POST" else 200
    return render(request, "desk/graduation/excuses.html", context, status=status)


@login_required
def substitute(request, pk, activity):
    """Name what counts in place of one frozen activity: chosen among those of its kind, with the reason."""
    intakes = intakes_for(request.user, OFFICE, request.arrived_at).select_related("track", "cohort")
    found = get_object_or_404(intakes, pk=pk)
    frozen = get_object_or_404(found.required.select_related("intake__track"), activity=activity)
    nodes = freezing.candidates(frozen)
    form = SubstituteForm(request.POST or None, nodes=nodes)
    if form.is_valid() and attempt(form, _substitute, frozen, form.cleaned_data, request):
        messages.success(request, _("It counts from now on; the learners get a message."))
        return redirect("desk_graduation:excuses", found.pk)
    context = {"intake": found, "frozen": frozen, "nodes": nodes, "form": form}
    status = 422 if request.method == "POST" else 200
    return render(request, "desk/graduation/substitute.html", context, status=status)


def _substitute(frozen, data, request):
    activity = Activity.objects.get(pk=data["activity"])
    freezing.substitute(frozen, activity, reason=data["reason"], by=request.user, now=request.arrived_at)
