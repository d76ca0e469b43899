"""Staff and scorers: one application, read at the left; checks, score sheet and decisions at the right."""

from dataclasses import dataclass, field

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

import media.actions
from lms.admissions import actions, applying, baseline, form, forms, identifying, rules, scoring, screening, timeline
from lms.admissions.models import ADMISSION_ROLES, Check, Choice, Letter
from lms.admissions.working_days import add_working_days, office_hours_end
from lms.numbers import whole_number
from lms.programmes.models import Grant
from lms.programmes.scopes import has_role
from lms.verdicts import Refused

FOR_STAFF_ONLY = {"phone", "email", "gender", "birth_year", "contact", "contact_phone"}


def desk_choice(request, pk):
    """A sent choice that this person may read as staff or scorer, never their own; or 404."""
    readable = Choice.objects.sent().visible_to(request.user, request.arrived_at)
    others = readable.exclude(application__applicant=request.user)
    related = ("application__applicant", "application__programme", "application__baseline_attempt")
    found = others.select_related(*related, "intake__track", "intake__cohort")
    return get_object_or_404(found, pk=pk)


def is_staff(request, choice):
    return has_role(request.user, ADMISSION_ROLES, request.arrived_at, intake=choice.intake)


def is_scorer(request, choice):
    return has_role(request.user, [Grant.Role.SCORER], request.arrived_at, intake=choice.intake)


@login_required
@require_GET
@never_cache
def choice(request, pk):
    """The application as it was sent. Opening it is written down."""
    return _draw(request, desk_choice(request, pk))


@dataclass(frozen=True)
class Sent:
    """A form that was not taken, to be shown again as it was sent: why not, what is wrong with which field, and
    whether another window had saved in between. ``checks``: of the screening; ``points`` and ``remark``: of the score.
    """

    error: str = ""
    errors: dict = field(default_factory=dict)
    is_stale: bool = False
    checks: dict | None = None
    points: dict | None = None
    remark: str = ""

    @classmethod
    def of(cls, refusal, **values):
        is_stale = isinstance(refusal, screening.StaleChecks | scoring.StaleSheet)
        return cls(str(refusal), refusal.facts.get("errors", {}), is_stale, **values)


def _draw(request, found, sent=None):
    """The page; ``sent`` is a form that was not taken."""
    staff, scorer = is_staff(request, found), is_scorer(request, found)
    application, sent = found.application, sent or Sent()
    media.actions.log_opening(
        request.user, "application", application.number, "staff" if staff else "scorer", request.arrived_at
    )
    sheet = found.sheets.filter(scorer=request.user).first() if scorer else None
    context = {
        "choice": found,
        "application": application,
        "tag": timeline.tag(found),
        "parts": _parts(application, staff),
        "files": [row.file for row in application.files.present()],
        "staff": staff,
        "scorer": scorer,
        "sent": sent,
        "sheet": sheet,
        "remark": (sheet.remark if sheet else "") if sent.points is None else sent.remark,
        "may_score": scoring.may_score(found, request.user) if scorer else None,
        "items": _items(sheet, sent),
        "baseline_points": _baseline_points(application),
        "sheets": _sheets(found, staff, sheet),
        **(_for_staff(request, found, sent) if staff else {}),
    }
    return render(request, "desk/admissions/choice.html", context, status=409 if sent.error else 200)


def _parts(application, staff):
    """What was sent last, in words; contacts and personal marks are for staff only."""
    version = application.versions.last()
    answers = version.answers if version else {}
    hidden = set() if staff else FOR_STAFF_ONLY
    for part in form.sections(application.programme.region):
        shown = tuple(field for field in part.fields if field.key not in hidden)
        yield part, *forms.lines(part, answers.get(part.key, {}), shown)


def _items(sheet, sent):
    """(item, points, what is wrong, what another window saved) in order."""
    stored = sheet.points if sheet else {}
    points = stored if sent.points is None else sent.points
    other = stored if sent.is_stale and sent.points is not None else points
    return [
        (item, points.get(item.key), sent.errors.get(item.key, ""), _other(item, points, other))
        for item in scoring.ITEMS
    ]


def _other(item, points, stored):
    """The points of another window as text where they differ; – for none."""
    if points.get(item.key) == stored.get(item.key):
        return ""
    return str(stored.get(item.key, "–"))


def _baseline_points(application):
    attempt = application.baseline_attempt
    return scoring.baseline_points(attempt.percent) if attempt else None


def _sheets(found, staff, own):
    """Sent sheets: for staff; for a scorer only when their own and a second one are sent."""
    sent = [sheet for sheet in found.sheets.select_related("scorer").order_by("sent_at", "pk") if sheet.sent_at]
    if staff or (own and own.sent_at and len(sent) > 1):
        return sent
    return []


def _for_staff(request, found, sent):
    """What concerns this intake; of letters those about another choice stay with its own staff."""
    attempt = found.application.baseline_attempt
    visible = Letter.objects.visible_to(request.user, request.arrived_at)
    return {
        "checks": screening.rows(found, sent.checks, sent.errors, sent.is_stale),
        "answers": Check.Answer.choices,
        "found": identifying.in_application(found.application),
        "areas": baseline.areas(attempt) if attempt else [],
        "letters": visible.filter(application=found.application),
        "sections": form.sections(found.application.programme.region),
        "settlement": rules.settle([sheet.total for sheet in found.sheets.exclude(sent_at=None).order_by("sent_at")]),
        "decidable": found.state in Choice.DECIDABLE,
    }


# --- verbs ----------------------------------------------------------------------------------------------------------
def _staff_choice(request, pk):
    found = desk_choice(request, pk)
    if not is_staff(request, found):
        raise Http404
    return found


@login_required
@require_POST
def screen(request, pk):
    """Keep the answers to the checks."""
    found = _staff_choice(request, pk)
    typed = {
        key: (request.POST.get(f"{key}-answer", ""), request.POST.get(f"{key}-reason", "").strip()[:300])
        for key in screening.CHECKS
    }
    answers = {key: pair for key, pair in typed.items() if pair[0] in Check.Answer.values}
    revision = whole_number(request.POST.get("revision")) or 0
    try:
        screening.screen(found, answers, by=request.user, now=request.arrived_at, revision=revision)
    except Refused as refusal:
        found.refresh_from_db(fields=["screened"])
        return _draw(request, found, Sent.of(refusal, checks=typed))
    messages.success(request, _("Checks saved."))
    return redirect("desk_admissions:choice", found.pk)


@login_required
@require_POST
def approve(request, pk):
    """A second person approves an exception."""
    check = get_object_or_404(Check, pk=pk)
    found = _staff_choice(request, check.choice_id)
    try:
        screening.approve_exception(check, by=request.user, now=request.arrived_at)
        messages.success(request, _("Exception approved."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("desk_admissions:choice", found.pk)


@login_required
@require_POST
def score(request, pk):
    """Save the scorer's sheet as a draft, or send it for good."""
    found = desk_choice(request, pk)
    if not is_scorer(request, found):
        raise Http404
    points = {item.key: _number(request.POST.get(item.key)) for item in scoring.ITEMS}
    remark = request.POST.get("remark", "")[:2000]
    try:
        scoring.save_sheet(
            found,
            points,
            remark=remark,
            scorer=request.user,
            now=request.arrived_at,
            send="send" in request.POST,
            revision=whole_number(request.POST.get("revision")) or 0,
        )
    except Refused as refusal:
        return _draw(request, found, Sent.of(refusal, points=points, remark=remark))
    messages.success(request, _("Score sent.") if "send" in request.POST else _("Draft saved."))
    return redirect("desk_admissions:choice", found.pk)


def _number(text):
    try:
        return float(text)
    except (TypeError, ValueError):
        return None


@login_required
@require_POST
def reopen(request, pk):
    """Let the applicant change parts of the form again, for so many working days."""
    found = _staff_choice(request, pk)
    days = min(max(whole_number(request.POST.get("days")) or actions.ASK_DAYS, 1), 30)
    until = office_hours_end(add_working_days(timezone.localdate(request.arrived_at), days))
    sections = request.POST.getlist("section") or None
    applying.reopen(found.application, until=until, by=request.user, now=request.arrived_at, sections=sections)
    messages.success(
        request, _("The applicant can change the form until %(until)s.") % {"until": f"{until:%Y-%m-%d %H:%M}"}
    )
    return redirect("desk_admissions:choice", found.pk)
