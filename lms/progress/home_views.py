"""The learner's own pages: what next, everything with a date, and the record of what was done."""

from datetime import datetime, time, timedelta

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lms import clock
from lms.enrolment.models import Change
from lms.progress import study
from lms.progress.models import LearningRecord
from lms.progress.next_step import Return, next_step
from lms.progress.outlook import Line, outlooks
from lms.progress.transcript import transcript
from lms.sheets import xlsx_response

SOON = 3
LATELY = 6


@login_required
@require_safe
def home(request):
    """What next; then each track with what is missing for graduation and why; dates and messages beside it."""
    now, user = clock.now(), request.user
    own = study.gather(user, now)
    if not own.places:
        return render(request, "learn/home_empty.html", {"left": _left(own.left)})
    lines = _lines(own.places, now)
    context = {
        "running": study.running(user, now),
        "returned": [Return(grade) for grade in study.returned(user, own)],
        "step": next_step(own.outlines, own.last_activity),
        "places": [(place, *lines[place.enrolment.pk]) for place in own.places],
        "left": _left(own.left),
        "dues": [due for due in study.dues(own) if due.at > now][:SOON],
        "inbox": list(user.inbox.all()[:SOON]),
    }
    return render(request, "learn/home.html", context)


def _left(enrolments):
    """(enrolment, why it ended) of trainings that were left. One query, for those who left one."""
    changes = Change.objects.filter(enrolment__in=enrolments, kind=Change.Kind.LEFT) if enrolments else ()
    reasons = {change.enrolment_id: change.reason for change in changes}
    return [(one, reasons.get(one.pk, "")) for one in enrolments]


def _lines(places, now):
    """(lines that are missing, how many are met) by enrolment id, as the layers above tell it."""
    enrolments = [place.enrolment for place in places]
    told = [outlook.lines(enrolments, now) for outlook in outlooks]
    found = {}
    for place in places:
        lines = [line for by_enrolment in told for line in by_enrolment.get(place.enrolment.pk, ())]
        lines = lines or [_required_line(place)]
        found[place.enrolment.pk] = [line for line in lines if not line.met], sum(line.met for line in lines)
    return found


def _required_line(place):
    """What can be said of a track without a graduation policy: its required activities."""
    reason = _("%(done)s done, %(total)s needed") % {"done": place.done, "total": len(place.required)}
    todo = _("Complete %(n)s required parts") % {"n": place.left}
    return Line(not place.left, todo, reason, place.outlines[0].tree.course.url if place.outlines else "")


@login_required
@require_safe
def tasks(request):
    """Everything that has a date, by when it wants doing."""
    now, user = clock.now(), request.user
    own = study.gather(user, now)
    context = {
        "running": study.running(user, now),
        "returned": [Return(grade) for grade in study.returned(user, own)],
        "groups": _by_time(study.dues(own), now),
        "openings": study.openings(own, now),
        "recent": _recent(user),
    }
    return render(request, "learn/tasks.html", context)


def _recent(learner):
    rows = LearningRecord.objects.filter(learner=learner).select_related("activity")
    return list(rows.order_by("-at", "-pk")[:LATELY])


def _by_time(dues, now):
    """(title, dues) of what is late, due today, within seven days, and later; without the empty ones."""
    tonight = timezone.make_aware(datetime.combine(clock.today(), time.max))
    ends = ((_("Past its date"), now), (_("Today"), tonight), (_("The next 7 days"), tonight + timedelta(days=7)))
    groups, waiting = [], list(dues)
    for title, end in ends:
        groups.append((title, [due for due in waiting if due.at <= end]))
        waiting = [due for due in waiting if due.at > end]
    return [(title, found) for title, found in [*groups, (_("Later"), waiting)] if found]


@login_required
@require_safe
def record(request):
    """学习记录: everything that counts, to look at and to print."""
    rows = transcript(request.user)
    context = {"rows": rows, "minutes": sum(row.minutes for row in rows), "today": clock.today()}
    return render(request, "learn/record.html", context)


@login_required
@require_safe
def record_xlsx(request):
    """The same as a spreadsheet."""
    columns = [_("Activity"), _("Kind"), _("What"), _("When"), _("Minutes"), _("Score in per cent")]
    rows = ((row.title, row.kind, row.what, row.at, row.minutes, row.score) for row in transcript(request.user))
    return xlsx_response(_("learning-record"), columns, rows)
