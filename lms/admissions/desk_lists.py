"""Staff: the intakes with what waits in each, one intake's ranked list with filters and export, the scorer's list."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET
from wagtail.log_actions import log

from lms.admissions import actions, queues, ranking, timeline
from lms.admissions.models import ADMISSION_ROLES, CHECKS, READING_ROLES, Choice
from lms.programmes.models import Grant
from lms.programmes.scopes import has_role, intakes_for
from lms.sheets import xlsx_response

State = Choice.State
PAGE = 25


def staff_intake(request, pk):
    """An intake that this person may decide about, or 404."""
    intakes = intakes_for(request.user, ADMISSION_ROLES, request.arrived_at)
    return get_object_or_404(intakes.select_related("track", "cohort__programme"), pk=pk)


@login_required
@require_GET
def applications(request):
    """Intakes within this person's grants, latest cohort first, with their counts; scorers go to their own list."""
    now = request.arrived_at
    if not has_role(request.user, READING_ROLES, now):
        raise Http404
    intakes = intakes_for(request.user, ADMISSION_ROLES, now).select_related("track", "cohort")
    counted = intakes.annotate(
        sent=Count("choices", filter=~Q(choices__state=State.DRAFT)),
        undecided=Count("choices", filter=Q(choices__state__in=Choice.UNDECIDED)),
        offered=Count("choices", filter=Q(choices__state=State.OFFERED, choices__offered_until__gt=now)),
        confirmed=Count("choices", filter=Q(choices__state=State.CONFIRMED)),
        waiting=Count("choices", filter=Q(choices__state=State.WAITLISTED)),
    ).order_by("-cohort__starts_on", "track")
    page = Paginator(counted, PAGE).get_page(request.GET.get("page"))
    scores = has_role(request.user, [Grant.Role.SCORER], now)
    return render(request, "desk/admissions/intakes.html", {"page": page, "scores": scores, "now": now})


@login_required
@require_GET
def to_score(request):
    """What this scorer still has to score, oldest first; and what they have sent."""
    now = request.arrived_at
    if not has_role(request.user, [Grant.Role.SCORER], now):
        raise Http404
    intakes = intakes_for(request.user, [Grant.Role.SCORER], now).values("pk")
    others = Choice.objects.filter(intake__in=intakes).exclude(application__applicant=request.user)
    waiting = queues.to_score(others, request.user).select_related("application__applicant", "intake__track")
    page = Paginator(waiting.order_by("submitted_at", "pk"), PAGE).get_page(request.GET.get("page"))
    sent = others.filter(sheets__scorer=request.user, sheets__sent_at__isnull=False)
    context = {"page": page, "sent": sent.count()}
    return render(request, "desk/admissions/to_score.html", context)


# --- one intake -----------------------------------------------------------------------------------------------------
def filters():
    """(key, label) of what the list can be narrowed to."""
    return [
        ("", _("All")),
        ("screen", _("to screen")),
        ("decide", _("to decide")),
        *((state.value, state.label) for state in State if state != State.DRAFT),
    ]


@login_required
@require_GET
def intake(request, pk):
    """The applications of an intake: ranked, with the seats as a line; searched, filtered, paged."""
    found = staff_intake(request, pk)
    now = request.arrived_at
    if actions.lapse_offers(now, intake=found.pk):
        found.refresh_from_db()
    places = ranking.standings(found)
    page = Paginator(_narrowed(request, found, now), PAGE).get_page(request.GET.get("page"))
    context = {
        "intake": found,
        "page": page,
        "rows": [_row(choice, places) for choice in page],
        "figures": _figures(found),
        "taken": found.choices.holding_a_seat(now).count(),
        "filters": filters(),
        "state": request.GET.get("state", ""),
        "query": request.GET.get("q", ""),
        "order": request.GET.get("order", ""),
        "checks": CHECKS,
    }
    return render(request, "desk/admissions/intake.html", context)


def _narrowed(request, found, now):
    choices = found.choices.sent().with_checks()
    choices = _in_state(choices, request.GET.get("state", ""), now)
    if query := request.GET.get("q", "").strip():
        choices = choices.filter(
            Q(application__applicant__name__icontains=query) | Q(application__number__icontains=query)
        )
    choices = choices.select_related("application__applicant").prefetch_related("sheets")
    if request.GET.get("order") == "sent":
        return choices.order_by("submitted_at", "pk")
    return choices.ranked()


def _in_state(choices, state, now):
    if state == "screen":
        return queues.to_screen(choices, now)
    if state == "decide":
        return queues.to_decide(choices)
    return choices.filter(state=state) if state in State.values else choices


def _row(choice, places):
    standing = places.get(choice.pk)
    return {
        "choice": choice,
        "place": standing.place if standing else None,
        "tie": standing.tie if standing else "",
        "totals": ranking.totals(choice),
        "tag": timeline.tag(choice),
        "screened": choice.passed == CHECKS,
    }


def _figures(found):
    """Counts over the whole intake, in one query."""
    scored = Count("sheets", filter=Q(sheets__sent_at__isnull=False))
    sent = found.choices.sent().annotate(sheet_count=scored)
    return sent.aggregate(
        sent=Count("pk"),
        scored=Count("pk", filter=Q(score__isnull=False)),
        third=Count("pk", filter=Q(sheet_count=2, score=None)),
        below=Count("pk", filter=Q(score__lt=found.floor)),
    )


@login_required
@require_GET
def export(request, pk):
    """The applications of an intake as a spreadsheet, as filtered. Written down in the log."""
    found = staff_intake(request, pk)
    places = ranking.standings(found)
    log(found, "admissions.export", user=request.user)
    columns = [
        _("Application number"),
        _("Name"),
        _("State"),
        _("Place"),
        _("Score"),
        _("Case quality"),
        _("Months"),
        _("Mobile number"),
        _("E-mail"),
        _("Sent at"),
    ]
    rows = (_cells(choice, places) for choice in _narrowed(request, found, request.arrived_at))
    return xlsx_response(f"applications-{found.track.code}-{found.cohort.number}", columns, rows)


def _cells(choice, places):
    application, standing = choice.application, places.get(choice.pk)
    return (
        application.number,
        application.applicant.name,
        choice.get_state_display(),
        standing.place if standing else None,
        choice.score,
        choice.case_quality,
        application.months,
        application.phone,
        application.email,
        choice.submitted_at,
    )
