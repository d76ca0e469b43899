"""The result of an attempt. Right answers are in it only when the quiz's policy says so, and nowhere before."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from assessments.overrides import allowance
from assessments.quizzes import lookup, rules
from assessments.quizzes.attempt_views import current_attempt
from assessments.quizzes.attempts import Attempt
from assessments.quizzes.marking import lines_of
from content.access import may_open
from lms.verdicts import Verdict


@login_required
@require_GET
@never_cache
def result(request, uuid):
    """Score against the pass mark; then question by question, or when that will be."""
    attempt = current_attempt(request, uuid)
    if attempt.submitted_at is None:
        return redirect("assessments:attempt", attempt.uuid)
    quiz = lookup.live(attempt.activity)
    again, shown = _outlook(quiz, attempt, request.arrived_at)
    access = may_open(attempt.activity, request.user, request.arrived_at)
    context = {
        "attempt": attempt,
        "title": quiz.texts.title if quiz else attempt.activity.title,
        "again_url": quiz.url if quiz and again else "",
        "again": again,
        "shown": shown,
        "lines": lines_of(attempt) if shown else (),
        "trail": lookup.trail(attempt.activity, access),
    }
    return render(request, "assessments/quiz_result.html", context)


def _outlook(quiz, attempt, now):
    """(verdict about another attempt, verdict about showing the answers); a withdrawn quiz has neither."""
    if quiz is None:
        return Verdict(False), Verdict(False, _("This quiz has been withdrawn; its answers are not shown."))
    rows = list(
        Attempt.objects.filter(activity=attempt.activity_id, learner=attempt.learner_id).values_list(
            "scope", "passed", "submitted_at"
        )
    )
    used = sum(scope == attempt.scope for scope, _passed, _at in rows)
    passed = any(passed for _scope, passed, _at in rows)
    granted = allowance(attempt.activity, attempt.learner_id)
    left = rules.attempts_left(rules.allowed(quiz.rules.attempts_allowed, granted.attempts), used)
    shown = rules.answers_shown(
        quiz.rules.show_answers,
        passed=passed,
        left=left.facts["left"],
        opened=any(submitted_at is None for _scope, _passed, submitted_at in rows),
        closes_at=rules.closing(quiz.rules.closes_at, granted.due_at),
        now=now,
    )
    again = rules.may_start(quiz.rules, granted, used=used, passed=passed, now=now)
    return (left if again else again), shown
