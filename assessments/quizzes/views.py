"""A quiz before an attempt and after it. Answering is in ``attempt_views``.

The access rule that lets a learner in may say in its facts what attempts are counted under (``scope``), and where the
way back leads (``back``, an address): the baseline of an application leads back to the application.
"""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from assessments.overrides import allowance
from assessments.quizzes import actions, lookup, rules
from assessments.quizzes.attempts import Attempt
from content.access import may_open
from content.models import Activity
from lms.verdicts import Refused, Verdict, first_no


@login_required
@require_GET
@never_cache
def intro(request, uuid):
    """The rules of the quiz, earlier results, and the way in or the reason why not."""
    quiz = _quiz(uuid)
    access = _access(quiz, request)
    if not access:
        return render(request, "assessments/quiz_locked.html", {"quiz": quiz, "reason": access.reason}, status=403)
    mine = Attempt.objects.filter(activity=quiz.activity, learner=request.user)
    attempts = actions.closed_where_overdue(mine.order_by("started_at"), now=request.arrived_at)
    return render(request, "assessments/quiz_intro.html", _intro(quiz, access, attempts, request))


def _intro(quiz, access, attempts, request):
    scope, granted = access.facts.get("scope", ""), allowance(quiz.activity, request.user)
    done = [attempt for attempt in attempts if attempt.submitted_at]
    used = sum(attempt.scope == scope for attempt in attempts)
    passed = any(attempt.passed for attempt in done)
    start = rules.may_start(quiz.rules, granted, used=used, passed=passed, now=request.arrived_at)
    return {
        "quiz": quiz,
        "opened": next((attempt for attempt in attempts if not attempt.submitted_at), None),
        "done": done,
        "best": max(done, key=lambda attempt: (bool(attempt.passed), attempt.percent or 0), default=None),
        "start": first_no(_counted(access), start),
        "left": rules.attempts_left(rules.allowed(quiz.rules.attempts_allowed, granted.attempts), used),
        "minutes": quiz.rules.time_limit and quiz.rules.time_limit + granted.minutes,
        "closes_at": rules.closing(quiz.rules.closes_at, granted.due_at),
        "questions": quiz.rules.items.count(),
        "trail": lookup.trail(quiz.activity, access),
    }


@login_required
@require_POST
def start(request, uuid):
    """Begin an attempt, or go on with the open one."""
    quiz = _quiz(uuid)
    access = _access(quiz, request)
    try:
        scope = _counted(access).require().facts["scope"]
        attempt = actions.start(quiz.activity, request.user, scope=scope, now=request.arrived_at)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect(quiz.url)
    return redirect("assessments:attempt", attempt.uuid)


def _quiz(uuid):
    quiz = lookup.live(get_object_or_404(Activity, uuid=uuid, kind="quiz"))
    if quiz is None:
        raise Http404
    return quiz


def _counted(access):
    """Attempts are for learners: staff who may read the course have no intake to count them under."""
    if not access or "scope" in access.facts:
        return access
    return Verdict(False, _("Quizzes are taken by learners. To look at the questions, use the preview of the page."))


def _access(quiz, request):
    """The verdict of the rules above. For people it knows nothing of, there is no such quiz."""
    verdict = may_open(quiz.activity, request.user, request.arrived_at)
    if not verdict and not verdict.facts:
        raise Http404
    return verdict
