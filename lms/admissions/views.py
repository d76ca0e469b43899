"""The application form: begin, the task list, its six parts, checking and sending, the receipt and the print."""

from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

import media.actions
from lms import clock
from lms.admissions import applying, form, forms, identifying, rules
from lms.admissions.models import Application, Choice
from lms.admissions.programme_pages import track_lines
from lms.numbers import whole_number, whole_numbers
from lms.programmes.models import Intake, Programme
from lms.texts import can_be_kept
from lms.verdicts import Refused


def own(request, number):
    """The signed-in applicant's own application, or 404."""
    mine = Application.objects.filter(applicant=request.user).select_related("programme", "applicant")
    return get_object_or_404(mine, number=number)


# --- begin ----------------------------------------------------------------------------------------------------------
@login_required
def apply(request, slug):
    """Choose tracks and begin; whoever has begun goes on where they were."""
    programme = get_object_or_404(Programme, slug=slug)
    now = request.arrived_at
    application = applying.current_application(request.user, programme, now)
    lines = [line for line in track_lines(programme, now, application) if line.intake]
    if application and (not application.is_sent or any(line.choice for line in lines if line.verdict)):
        return redirect("admissions:application", application.number)
    error = ""
    if request.method == "POST":
        try:
            begun = _begin(request, programme, lines, now)
            return redirect("admissions:application", begun.number)
        except Refused as refusal:
            error = str(refusal)
    context = {"programme": programme, "lines": lines, "error": error, "picked": _picked(request, lines)}
    return render(request, "admissions/apply.html", context)


def _begin(request, programme, lines, now):
    if "notice" not in request.POST:
        raise Refused(_("Please read how your data are used, and tick that you agree."))
    picked = request.POST.getlist("intake")
    intakes = [line.intake for line in lines if str(line.intake.pk) in picked]
    rules.may_choose(len(intakes)).require()
    return applying.start(request.user, programme, intakes, now=now)


def _picked(request, lines):
    if request.method == "POST":
        return whole_numbers(request.POST.getlist("intake"))
    return [line.intake.pk for line in lines if line.track.slug == request.GET.get("track")]


# --- the task list --------------------------------------------------------------------------------------------------
def task_list(request, application):
    """The draft: its choices, and its six parts with their state."""
    now = request.arrived_at
    tasks = _tasks(application, now)
    lines = [line for line in track_lines(application.programme, now, application) if line.intake]
    chosen = sorted((line for line in lines if line.choice), key=lambda line: line.choice.preference)
    done = sum(one.is_valid() for one in tasks)
    context = {
        "application": application,
        "tasks": [(one, _state(one, application)) for one in tasks],
        "done": done,
        "ready": done == len(tasks) and any(line.verdict for line in chosen),
        "chosen": chosen,
        "others": [line for line in lines if not line.choice],
        "next_closing": min((line.intake.closes_at for line in chosen if line.verdict), default=None),
    }
    return render(request, "admissions/tasks.html", context)


def _tasks(application, now):
    files = application.files.present().count()
    return forms.section_forms(application, today=timezone.localdate(now), files=files)


def _state(one, application):
    if one.is_valid():
        return "done"
    return "begun" if application.revisions.get(one.section.key) else "new"


@login_required
@require_POST
def choices(request, number):
    """Order the choices, add one, leave one out."""
    application = own(request, number)
    try:
        applying.choose(application, _ordered(request, application), arrived_at=request.arrived_at)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("admissions:application", application.number)


def _ordered(request, application):
    """Intakes by the places that were sent; an empty place leaves one out, ``add`` comes last."""
    places = []
    for choice in application.choices.filter(state=Choice.State.DRAFT).select_related("intake"):
        place = whole_number(request.POST.get(f"place-{choice.intake_id}"))
        if place is not None:
            places.append((place, choice.preference, choice.intake))
    intakes = [intake for _place, _preference, intake in sorted(places, key=lambda row: row[:2])]
    added = whole_number(request.POST.get("add"))
    if added:
        intakes.append(get_object_or_404(Intake, pk=added, track__programme=application.programme))
    return intakes


# --- one part -------------------------------------------------------------------------------------------------------
@login_required
@never_cache
def section(request, number, key):
    """One part of the form. Saves as typed, even what would not pass; checks when the applicant goes on."""
    application = own(request, number)
    part = form.section(application.programme.region, key)
    if part is None:
        raise Http404
    if request.method == "POST":
        return _save(request, application, part)
    verdict = applying.may_edit(application, key, request.arrived_at)
    if not verdict:
        messages.info(request, str(verdict.reason))
        return redirect("admissions:application", application.number)
    return _draw(request, application, part, application.answers.get(key), checked="check" in request.GET)


def _save(request, application, part):
    values, errors = forms.read(part, request.POST), []
    try:
        if part.files:
            errors = _files(request, application)
        application = applying.save_section(
            application,
            part.key,
            values,
            revision=whole_number(request.POST.get("base_revision")) or 0,
            arrived_at=request.arrived_at,
        )
    except applying.Stale as stale:
        return _stale(request, stale.application, part, values)
    except Refused as refusal:
        return _refused(request, application, part, values, str(refusal))
    if _wants_json(request):
        hour = date_format(timezone.localtime(application.saved_at), "H:i")
        return JsonResponse({"revision": application.revisions[part.key], "saved": hour})
    return _after_saving(request, application, part, values, errors)


def _files(request, application):
    """Files that came with the form itself: the way without JavaScript."""
    media.actions.take_back_named(request.POST.get("remove_file"), request.user, request.arrived_at)
    uploads = request.FILES.getlist("files")
    return media.actions.receive_all(uploads, "evidence", application.number, request.user, request.arrived_at)


def _after_saving(request, application, part, values, errors):
    if "add" in request.POST:
        values = {**values, "rows": [*values["rows"], {}]}
        return _draw(request, application, part, values)
    if "draft" in request.POST:
        return redirect("admissions:application", application.number)
    if "next" not in request.POST:
        return redirect("admissions:section", application.number, part.key)
    bound = _bound(application, part, values, request.arrived_at, checked=True)
    if errors or not bound.is_valid():
        return _draw(request, application, part, values, checked=True, file_errors=errors)
    return _go_on(application, part)


def _go_on(application, part):
    keys = [one.key for one in form.sections(application.programme.region)]
    following = keys[keys.index(part.key) + 1 :]
    if application.is_sent:
        return redirect("admissions:application", application.number)
    if following:
        return redirect("admissions:section", application.number, following[0])
    return redirect("admissions:check", application.number)


def _stale(request, application, part, values):
    """Another window was faster: keep what was typed here on the page, show what is stored, let the person decide."""
    if _wants_json(request):
        return JsonResponse({"stale": True}, status=409)
    stored = forms.lines(part, application.answers.get(part.key, {}))
    return _draw(request, application, part, values, status=409, stored=stored)


def _refused(request, application, part, values, reason):
    if _wants_json(request):
        return JsonResponse({"refused": reason}, status=409)
    too_long = not can_be_kept(values)  # the field says by how much
    return _draw(request, application, part, values, checked=too_long, status=409, refusal=reason)


def _wants_json(request):
    return "application/json" in request.headers.get("Accept", "")


def _bound(application, part, values, arrived_at, checked):
    files = application.files.present().count() if part.files else 0
    today = timezone.localdate(arrived_at)
    return forms.SectionForm(part, values, checked=checked, today=today, files=files)


def _draw(request, application, part, values, *, checked=False, status=200, **extra):
    sections = form.sections(application.programme.region)
    context = {
        "application": application,
        "part": part,
        "place": [one.key for one in sections].index(part.key) + 1,
        "count": len(sections),
        "bound": _bound(application, part, values, request.arrived_at, checked),
        "revision": application.revisions.get(part.key, 0),
        "files": [row.file for row in application.files.present()] if part.files else [],
        "found": identifying.in_section(part, values or {}),
        **extra,
    }
    return render(request, "admissions/section.html", context, status=status)


# --- checking and sending -------------------------------------------------------------------------------------------
@login_required
@never_cache
def check(request, number):
    """Check your answers, and send. Sending twice with the same key is sending once."""
    application = own(request, number)
    if request.method == "POST":
        return _send(request, application)
    if application.is_sent and application.reopened_until is None:
        return redirect("admissions:receipt", application.number)
    return _draw_check(request, application)


def _send(request, application):
    try:
        applying.send(application, key=request.POST.get("key", "")[:40] or uuid4().hex, arrived_at=request.arrived_at)
    except Refused as refusal:
        application.refresh_from_db()
        if application.is_sent and application.reopened_until is None:
            return redirect("admissions:receipt", application.number)
        return _draw_check(request, application, error=str(refusal))
    return redirect("admissions:receipt", application.number)


def _draw_check(request, application, error=""):
    parts = _tasks(application, request.arrived_at)
    chosen = list(application.choices.select_related("intake__track", "intake__cohort"))
    verdicts = [(choice, applying.accepts(choice.intake, request.arrived_at)) for choice in chosen]
    context = {
        "application": application,
        "parts": [(one, *forms.lines(one.section, one.values)) for one in parts],
        "choices": verdicts,
        "missing": [one.section for one in parts if not one.is_valid()],
        "files": [row.file for row in application.files.present()],
        "found": identifying.in_application(application),
        "key": uuid4().hex,
        "error": error,
    }
    return render(request, "admissions/check.html", context, status=409 if error else 200)


@login_required
@require_GET
def receipt(request, number):
    """What was received, when, with the files' hashes."""
    application = own(request, number)
    version = application.versions.last()
    if version is None:
        raise Http404
    chosen = application.choices.select_related("intake__track").order_by("preference")
    context = {"application": application, "version": version, "choices": chosen, "now": clock.now()}
    return render(request, "admissions/receipt.html", context)


@login_required
@require_GET
def printed(request, number):
    """The form on A4 under its exact title, to be signed and stamped."""
    application = own(request, number)
    return render(request, "admissions/print.html", printed_context(application))


def printed_context(application):
    """What stands on paper: what was sent, or the draft while nothing was sent."""
    version = application.versions.last()
    answers = version.answers if version else application.answers
    sections = form.sections(application.programme.region)
    files = application.files.present()
    return {
        "application": application,
        "title": form.PRINTED_TITLE,
        "version": version,
        "parts": [(part, *forms.lines(part, answers.get(part.key, {}))) for part in sections],
        "choices": application.choices.select_related("intake__track").order_by("preference"),
        "files": version.files if version else [{"name": row.file.name, "size": row.file.size} for row in files],
    }
