"""After sending: where each choice stands, letters, confirming and withdrawing, one more track, the baseline."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from content.activities import activity_types
from lms.admissions import actions, applying, baseline, form, letters, radar, scoring, timeline, views
from lms.admissions.models import Application, Choice
from lms.admissions.programme_pages import track_lines
from lms.numbers import whole_number
from lms.programmes.models import Intake
from lms.verdicts import Refused


@login_required
@require_GET
def mine(request):
    """My application; the list of them when there are several; how to apply when there is none."""
    found = list(Application.objects.filter(applicant=request.user).select_related("programme").order_by("-created_at"))
    if len(found) == 1:
        return redirect("admissions:application", found[0].number)
    return render(request, "admissions/mine.html", {"applications": found})


@login_required
@require_GET
@never_cache
def application(request, number):
    """The task list of a draft, else the state of every choice."""
    found = views.own(request, number)
    if not found.is_sent:
        return views.task_list(request, found)
    now = request.arrived_at
    for choice in found.choices.lapsing_or_behind(now):
        actions.lapse_offers(now, intake=choice.intake_id)
    return render(request, "admissions/status.html", _status(found, now))


def _status(found, now):
    chosen = list(found.choices.select_related("intake__track", "intake__cohort").order_by("preference"))
    lines = track_lines(found.programme, now, found)
    activity = scoring.baseline_activity(found)
    return {
        "application": found,
        "choices": [_row(choice, now) for choice in chosen],
        "offers": [choice for choice in chosen if choice.state == Choice.State.OFFERED],
        "letters": found.letters.all(),
        "reopened": _reopened(found, now),
        "baseline": activity,
        "more": [line for line in lines if line.verdict and not line.choice] if len(chosen) < 3 else [],
    }


def _reopened(found, now):
    """The parts that the applicant may change again, while they may."""
    if found.reopened_until is None or now >= found.reopened_until:
        return []
    return [part for part in form.sections(found.programme.region) if part.key in found.reopened_sections]


def _row(choice, now):
    verdict = applying.accepts(choice.intake, now)
    return {
        "choice": choice,
        "tag": timeline.tag(choice),
        "steps": timeline.steps(choice, letters.waiting_list_ends(choice.intake)),
        "missed": choice.state == Choice.State.DRAFT and not verdict and verdict.reason,
        "addable": choice.state == Choice.State.DRAFT and bool(verdict),
        "withdrawable": choice.state in (*Choice.DECIDABLE, Choice.State.OFFERED),
    }


# --- verbs ----------------------------------------------------------------------------------------------------------
def _own_choice(request, pk):
    mine = Choice.objects.filter(application__applicant=request.user)
    return get_object_or_404(mine.select_related("application", "intake__track", "intake__cohort"), pk=pk)


@login_required
@require_POST
def confirm(request, pk):
    """Take the offered seat. A second tap finds it taken, by the same person."""
    choice = _own_choice(request, pk)
    try:
        actions.confirm(choice, now=request.arrived_at)
        messages.success(request, _("Your seat is confirmed. Welcome."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("admissions:application", choice.application.number)


@login_required
def withdraw(request, pk):
    """Ask once more, then take the choice back."""
    choice = _own_choice(request, pk)
    if request.method != "POST":
        return render(request, "admissions/withdraw.html", {"choice": choice, "application": choice.application})
    try:
        actions.withdraw(choice, by=request.user, now=request.arrived_at)
        messages.success(request, _("Withdrawn: %(track)s.") % {"track": choice.intake.track})
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("admissions:application", choice.application.number)


@login_required
@require_POST
def add_choice(request, number):
    """One more track, while it is open."""
    found = views.own(request, number)
    intakes = Intake.objects.filter(track__programme=found.programme).select_related("track", "cohort")
    intake = get_object_or_404(intakes, pk=whole_number(request.POST.get("intake")))
    try:
        applying.add_choice(found, intake, arrived_at=request.arrived_at)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("admissions:application", found.number)


# --- letters and the baseline ---------------------------------------------------------------------------------------
@login_required
@require_GET
def letter(request, number, letter):
    """A letter exactly as it was sent."""
    found = views.own(request, number)
    shown = get_object_or_404(found.letters, number=letter)
    return render(request, "admissions/letter.html", {"application": found, "letter": shown})


@login_required
@require_GET
@never_cache
def baseline_page(request, number):
    """Before: what it is, and the way to it. After: the profile of six areas, without pass or fail."""
    found = views.own(request, number)
    activity = scoring.baseline_activity(found)
    if activity is None:
        raise Http404
    attempt = found.baseline_attempt
    if attempt is None:
        url = activity_types["quiz"].url(activity)
        return render(request, "admissions/baseline.html", {"application": found, "activity": activity, "url": url})
    areas = baseline.areas(attempt)
    context = {
        "application": found,
        "attempt": attempt,
        "minutes": round((attempt.submitted_at - attempt.started_at).total_seconds() / 60),
        "areas": areas,
        "chart": radar.chart([(area.name, area.percent) for area in areas]),
    }
    return render(request, "admissions/baseline_result.html", context)
