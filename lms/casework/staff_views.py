"""Staff screens: who supervises whom, and the register of cases. Code, learner and state; never a word of the text."""

from datetime import datetime, time, timedelta

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Count, Prefetch, Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from assessments.models import Marker, Submission
from lms import clock
from lms.casework import actions, consent_actions, erasure, markers
from lms.casework.desk_forms import AllocateForm, AssignForm, EraseForm, HoldForm
from lms.casework.forms import ConfirmForm, attempt
from lms.casework.models import Case, Consent, Tombstone
from lms.enrolment.actions import assign_supervisor
from lms.enrolment.models import Enrolment, Supervision
from lms.programmes.models import Grant
from lms.programmes.scopes import has_role, intakes_for
from lms.verdicts import Refused

PAGE = 50
STAFF = [Grant.Role.STAFF, Grant.Role.DIRECTOR]


# --- supervision ----------------------------------------------------------------------------------------------------
@login_required
def supervision(request):
    """The intakes whose learners I look after, with how many of them have no supervisor."""
    now = clock.now()
    covered = Supervision.objects.active(now).values("enrolment")
    learning = Q(enrolments__state=Enrolment.State.ACTIVE)
    intakes = intakes_for(request.user, STAFF, now).select_related("track", "cohort")
    found = intakes.annotate(
        learners=Count("enrolments", filter=learning),
        without=Count("enrolments", filter=learning & ~Q(enrolments__in=covered)),
    )
    if not found and not has_role(request.user, STAFF, now):
        raise Http404
    return render(request, "desk/casework/supervision.html", {"intakes": found})


@login_required
def supervision_of_intake(request, pk):
    """The learners of one intake and their supervisors: choose learners, name a supervisor."""
    now = clock.now()
    intake = get_object_or_404(intakes_for(request.user, STAFF, now).select_related("track", "cohort"), pk=pk)
    enrolments = intake.enrolments.active().select_related("learner").order_by("learner__name", "pk")
    form = AssignForm(request.POST or None, enrolments=enrolments)
    if request.method == "POST" and form.is_valid() and attempt(form, _assign, form, request.user, now):
        count = len(form.cleaned_data["enrolments"])
        messages.success(request, ngettext("%(n)s learner assigned.", "%(n)s learners assigned.", count) % {"n": count})
        return redirect("desk_casework:supervision_of_intake", intake.pk)
    current = Prefetch("supervisions", Supervision.objects.active(now).select_related("supervisor"), "current")
    page = Paginator(enrolments.prefetch_related(current), PAGE).get_page(request.GET.get("page"))
    context = {"intake": intake, "page": page, "form": form, "people": likely_supervisors(intake, now)}
    return render(request, "desk/casework/supervision_intake.html", context)


@transaction.atomic
def _assign(form, by, now):
    for enrolment in form.cleaned_data["enrolments"]:
        assign_supervisor(enrolment, form.cleaned_data["supervisor"], by=by, now=now)


def likely_supervisors(intake, now):
    """People to suggest: those who supervise somebody of the cohort, or have a grant; anybody else can be typed."""
    supervising = Supervision.objects.active(now).filter(enrolment__intake__cohort=intake.cohort_id)
    granted = Grant.objects.active(now)
    people = get_user_model().objects.filter(is_active=True)
    found = people.filter(Q(pk__in=supervising.values("supervisor")) | Q(pk__in=granted.values("user")))
    return found.order_by("name")[:100]


# --- register of cases ----------------------------------------------------------------------------------------------
def registered(request):
    return Case.objects.registered_for(request.user, clock.now(), STAFF)


def registered_case(request, code):
    return get_object_or_404(
        registered(request).select_related("enrolment__learner", "enrolment__intake__cohort", "submission"), code=code
    )


@login_required
def register(request):
    """All cases of my intakes by code.

    ``show=unmarked``: records that wait and that nobody may open; ``show=kept``: texts kept for long enough.
    """
    now = clock.now()
    if not has_role(request.user, STAFF, now):
        raise Http404
    cases = registered(request)
    show = request.GET.get("show", "")
    if show in ("waiting", "unmarked"):
        cases = cases.open().filter(submission__state=Submission.State.SUBMITTED)
    if show == "unmarked":
        cases = cases.exclude(submission__in=Marker.objects.active(now).values("submission"))
    if show == "kept":
        cases = cases.kept_long_enough(now)
    wanted = request.GET.get("q", "").strip()
    if wanted:
        cases = cases.filter(Q(code__iexact=wanted) | Q(enrolment__learner__name__icontains=wanted))
    active = Prefetch("submission__markers", Marker.objects.active(now).select_related("user"), "current")
    rows = cases.select_related("enrolment__learner", "enrolment__intake__track", "submission").prefetch_related(active)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    return render(request, "desk/casework/register.html", {"page": page, "show": show, "q": wanted})


@login_required
def registered_page(request, code):
    """What staff may know of a case, and what they may decide about it."""
    return _registered_page(request, registered_case(request, code))


def _registered_page(request, case, **bound):
    """The page of a case in the register; ``bound``: a form that was refused, by its name."""
    now = clock.now()
    current = case.submission.markers.active(now).select_related("user") if case.submission else []
    forms = {
        "allocate": _allocate_form(case),
        "hold": HoldForm(prefix="hold"),
        "erase": EraseForm(expected=case.code, prefix="erase"),
    } | bound
    context = {
        "case": case,
        "markers": current,
        "consents": case.consents.valid().exclude(basis=Consent.Basis.DUTY),
        "handed_in": bool(case.submission and case.submission.state in Submission.HANDED_IN and not case.closed_at),
        "tombstone": Tombstone.objects.filter(code=case.code).first(),
        "is_director": actions.is_director(request.user, case, now),
        "forms": forms,
    }
    return render(request, "desk/casework/registered.html", context)


def _allocate_form(case, data=None):
    grants = markers.teaching_grants(case, clock.now())
    instructors = get_user_model().objects.filter(pk__in=grants.values("user")).order_by("name")
    return AllocateForm(data, instructors=instructors, prefix="allocate")


def _done(request, case, text):
    messages.success(request, text)
    return redirect("desk_casework:registered", case.code)


@login_required
@require_POST
def allocate(request, code):
    """Let a named instructor mark this record too."""
    case = registered_case(request, code)
    if not case.submission:
        raise Http404
    form = _allocate_form(case, request.POST)
    if form.is_valid():
        last_day = form.cleaned_data["until"]
        facts = {"by": request.user, "now": clock.now(), "until": last_day and _end_of(last_day)}
        if attempt(form, markers.allocate, case.submission, form.cleaned_data["instructor"], **facts):
            return _done(request, case, _("Allocated."))
    return _registered_page(request, case, allocate=form)


def _end_of(day):
    """The first moment after a day, in the programme's time zone."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


@login_required
@require_POST
def end_allocation(request, code, pk):
    case = registered_case(request, code)
    marker = get_object_or_404(Marker.objects.active(clock.now()).filter(submission__case=case), pk=pk)
    form = ConfirmForm(request.POST)
    if attempt(form, markers.end_allocation, marker, by=request.user, now=clock.now()):
        return _done(request, case, _("Taken back."))
    messages.error(request, form.non_field_errors()[0])
    return redirect("desk_casework:registered", case.code)


@login_required
@require_POST
def withdraw(request, code, pk):
    """Somebody told the office that consent is withdrawn: it ends at once, as if they had told the learner."""
    case = registered_case(request, code)
    consent = get_object_or_404(case.consents.valid().exclude(basis=Consent.Basis.DUTY), pk=pk)
    consent_actions.withdraw(consent, by=request.user, now=clock.now())
    return _done(request, case, _("Withdrawn, from this moment on."))


@login_required
@require_POST
def hold(request, code):
    case = registered_case(request, code)
    form = HoldForm(request.POST, prefix="hold")
    if form.is_valid() and attempt(form, actions.hold, case, by=request.user, now=clock.now(), **form.cleaned_data):
        return _done(request, case, _("This case is kept."))
    return _registered_page(request, case, hold=form)


@login_required
@require_POST
def release(request, code):
    case = registered_case(request, code)
    try:
        actions.release(case, by=request.user, now=clock.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("desk_casework:registered", case.code)
    return _done(request, case, _("The legal hold has ended."))


@login_required
@require_POST
def erase(request, code):
    case = registered_case(request, code)
    form = EraseForm(request.POST, expected=case.code, prefix="erase")
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        if attempt(form, erasure.erase, case, by=request.user, reason=reason, now=clock.now()):
            return _done(request, case, _("Erased. What is left stands below."))
    return _registered_page(request, case, erase=form)
