"""The programme's public page: what it is, its tracks with seats and closing times, and how to apply."""

from dataclasses import dataclass, field
from datetime import date

import segno
from django.conf import settings
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from lms import clock
from lms.admissions import rules
from lms.admissions.applying import current_application
from lms.admissions.models import Choice
from lms.programmes.models import Cohort, Intake, Programme, ProgrammeOrganisation, Track
from lms.verdicts import Verdict


@dataclass
class TrackLine:
    """A track on the page: the intake that matters now, whether it takes applications, and my own choice in it."""

    track: Track
    intake: Intake | None = None
    verdict: Verdict = field(default_factory=lambda: Verdict(False))
    choice: Choice | None = None


@dataclass(frozen=True)
class Phases:
    """When people are selected, trained and assessed. Selection may reach into the training."""

    select_from: date
    select_until: date
    cohort: Cohort


@require_GET
def programme(request, slug=None):
    """The one programme at ``/``, or the one named."""
    now = clock.now()
    found = Programme.objects.filter(slug=slug) if slug else Programme.objects.order_by("pk")
    shown = found.first() if not slug else get_object_or_404(found)
    application = _application(request.user, shown, now)
    lines = track_lines(shown, now, application) if shown else []
    context = {
        "programme": shown,
        "lines": lines,
        "application": application,
        "phases": phases(lines),
        "seats": sum(line.intake.seats for line in lines if line.intake),
        "is_open": any(line.verdict for line in lines),
        "parties": _parties(shown) if shown else [],
    }
    return render(request, "admissions/programme.html", context)


def _application(user, shown, now):
    return current_application(user, shown, now) if shown and user.is_authenticated else None


def track_lines(shown, now, application=None):
    """One line per track. Two queries, three with an application, whatever the number of tracks."""
    taken = Count("choices", filter=_holding(now), distinct=True)
    intakes = Intake.objects.filter(track__programme=shown).select_related("cohort").annotate(taken=taken)
    by_track = {}
    for intake in sorted(intakes, key=lambda intake: _relevance(intake, now)):
        by_track.setdefault(intake.track_id, intake)
    mine = {choice.intake_id: choice for choice in application.choices.all()} if application else {}
    return [_line(track, by_track.get(track.pk), mine, now) for track in shown.tracks.all()]


def _holding(now):
    state = Choice.State
    return Q(choices__state=state.CONFIRMED) | Q(choices__state=state.OFFERED, choices__offered_until__gt=now)


def _relevance(intake, now):
    """Sorts open intakes first, then the next to open, then the latest to have closed."""
    if intake.opens_at <= now < intake.closes_at:
        return (0, intake.closes_at.timestamp())
    if now < intake.opens_at:
        return (1, intake.opens_at.timestamp())
    return (2, -intake.closes_at.timestamp())


def _line(track, intake, mine, now):
    if intake is None:
        return TrackLine(track)
    verdict = rules.accepts(opens_at=intake.opens_at, closes_at=intake.closes_at, arrived_at=now)
    return TrackLine(track, intake, verdict, mine.get(intake.pk))


def phases(lines):
    """The dated phases of the cohort that most lines belong to; None without an intake."""
    intakes = [line.intake for line in lines if line.intake]
    if not intakes:
        return None
    cohort = max((intake.cohort for intake in intakes), key=lambda cohort: cohort.number)
    own = [intake for intake in intakes if intake.cohort_id == cohort.pk]
    return Phases(min(intake.opens_at for intake in own), max(intake.closes_at for intake in own), cohort)


def _parties(shown):
    """(role, [organisations]) in the order guide, academic, host, joint."""
    rows = list(shown.parties.select_related("organisation").order_by("pk"))
    return [
        (label, [row.organisation for row in rows if row.role == role])
        for role, label in ProgrammeOrganisation.Role.choices
        if any(row.role == role for row in rows)
    ]


@require_GET
def qr(request, slug, track):
    """The way to the application form of one track, as a QR code: SVG for screens and posters."""
    found = get_object_or_404(Track, programme__slug=slug, slug=track)
    address = settings.SITE_URL + reverse("admissions:apply", args=[slug]) + f"?track={found.slug}"
    code = segno.make(address, error="m").svg_inline(omitsize=True, border=2, light="#fff")
    svg = code.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)
    return HttpResponse(svg, content_type="image/svg+xml", headers={"Cache-Control": "public, max-age=86400"})
