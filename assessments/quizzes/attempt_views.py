"""Answering: the paper, every answer kept as it is given, handing in.

``request.arrived_at`` decides, so nobody loses an answer because the server was slow. The page works without scripts:
its one form saves every answer and leads to a check page. With scripts each answer is sent as it is given.
"""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from assessments.quizzes import actions, lookup, paper
from assessments.quizzes.actions import Stale, remaining
from assessments.quizzes.attempts import Attempt, AttemptItem
from lms.prepared import prepared
from lms.verdicts import Refused


@login_required
@require_http_methods(["GET", "POST"])
@never_cache
def attempt(request, uuid):
    """All questions on one page. POST keeps every answer, then goes on to the check page or, when asked, hands in."""
    current = current_attempt(request, uuid)
    if current.submitted_at:
        return _over(request, current)
    if request.method == "POST":
        return _take(request, current)
    return _paper(request, current, paper.paper(current))


def _take(request, current):
    lines = paper.paper(current, request.POST)
    answers = paper.answers(lines, request.POST)
    if any(line.form and line.form.is_bound and not line.form.is_valid() for line in lines):
        return _paper(request, current, lines, status=422)
    try:
        if request.POST.get("action") == "submit":
            actions.submit(current, answers=answers, now=request.arrived_at)
            return redirect("assessments:attempt_result", current.uuid)
        actions.save_all(current, answers, now=request.arrived_at)
    except Stale as stale:
        return _conflict(request, current, lines, stale.item)
    except Refused:
        return _over(request, current)
    return redirect("assessments:attempt_check", current.uuid)


def _conflict(request, current, lines, stored):
    """The page again, with what was typed, and beside the question what another window has stored meanwhile."""
    line = next(line for line in lines if line.number == stored.position)
    line.item.revision, line.item.response = stored.revision, stored.response
    line.conflict = line.question.said(stored.response) or _("nothing")
    return _paper(request, current, lines, status=409)


def _paper(request, current, lines, status=200):
    context = {
        "attempt": current,
        "title": _title(current),
        "lines": lines,
        "answered": sum(line.is_answered for line in lines),
        "remaining": remaining(current, request.arrived_at),
        "saved_at": max((line.item.saved_at for line in lines if line.item.saved_at), default=None),
    }
    return render(request, "assessments/quiz_attempt.html", context, status=status)


@login_required
@require_GET
@never_cache
def check(request, uuid):
    """What is answered and what is not, before handing in."""
    current = current_attempt(request, uuid)
    if current.submitted_at:
        return redirect("assessments:attempt_result", current.uuid)
    lines = paper.paper(current)
    context = {
        "attempt": current,
        "title": _title(current),
        "lines": lines,
        "open": [line for line in lines if not line.is_answered],
        "remaining": remaining(current, request.arrived_at),
    }
    return render(request, "assessments/quiz_check.html", context)


@login_required
@require_POST
def submit(request, uuid):
    """Hand in what is stored."""
    current = current_attempt(request, uuid)
    actions.submit(current, now=request.arrived_at)
    return redirect("assessments:attempt_result", current.uuid)


@login_required
@require_POST
def save(request, uuid, position):
    """Keep one answer. Says the new revision, the time and what is left; 409 with the reason when it was not kept."""
    item = _one(_items(learner=request.user.pk, uuid=uuid, position=position))
    line = paper.line(item, request.POST)
    if line.form is None or not line.form.is_valid():
        return JsonResponse({"message": _("This answer cannot be kept.")}, status=422)
    answer = paper.answer(line, request.POST)
    try:
        saved = actions.save_response(
            item.attempt, position, answer.response, answer.base_revision, now=request.arrived_at
        )
    except Stale as stale:
        stored = line.question.said(stale.item.response) or _("nothing")
        return JsonResponse({"revision": stale.item.revision, "stored": stored, "message": str(stale)}, status=409)
    except Refused as refused:
        return JsonResponse({"url": _result_url(item.attempt), "message": str(refused)}, status=409)
    said_at = date_format(localtime(saved.saved_at), "H:i")
    return JsonResponse({"revision": saved.revision, "saved_at": said_at, "remaining": saved.remaining})


@login_required
@require_GET
@never_cache
def state(request, uuid):
    """What a page that was asleep needs to know: what is left, and whether the attempt is over."""
    current = current_attempt(request, uuid)
    if current.submitted_at:
        return JsonResponse({"url": _result_url(current)})
    return JsonResponse({"remaining": remaining(current, request.arrived_at)})


def current_attempt(request, uuid):
    """The learner's attempt; when its time is over, it is closed before anything else happens."""
    found = _one(_attempts(learner=request.user.pk, uuid=uuid))
    if actions.is_overdue(found, request.arrived_at):
        found = actions.submit(found, now=request.arrived_at, by="time")
    return found


@prepared
def _attempts(learner, uuid):
    return Attempt.objects.visible_to(learner).filter(uuid=uuid).select_related("activity")


@prepared
def _items(learner, uuid, position):
    rows = AttemptItem.objects.filter(attempt__learner=learner, attempt__uuid=uuid, position=position)
    return rows.select_related("attempt", "version")


def _one(found):
    if not found:
        raise Http404
    return found[0]


def _over(request, current):
    if request.method == "POST":
        messages.info(request, _("This attempt is over. What was saved in time counts."))
    return redirect("assessments:attempt_result", current.uuid)


def _result_url(current):
    return reverse("assessments:attempt_result", args=[current.uuid])


def _title(current):
    quiz = lookup.live(current.activity)
    return quiz.texts.title if quiz else current.activity.title
