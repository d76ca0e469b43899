"""The instructor's view of a quiz: who tried, with what result; which questions were hard; the same as a spreadsheet.

For whoever may edit the quiz's page in Wagtail. This app lies beneath the grants, so it cannot ask for a role; the
layers above turn roles into page permissions, and who writes a quiz is who has to see how it went.
"""

from itertools import groupby

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Avg, Count, F, Min, OuterRef, Q, Subquery
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET
from wagtail.permission_policies.pages import PagePermissionPolicy

from assessments.quizzes.attempts import Attempt, AttemptItem
from assessments.quizzes.models import QuizPage
from content.language import DEFAULT
from content.models import Activity
from lms.sheets import xlsx_response

PER_PAGE = 50


def quizzes_of(user):
    """Quizzes, in their default language, whose page this person may edit."""
    mine = PagePermissionPolicy(QuizPage).instances_user_has_permission_for(user, "change")
    return mine.filter(locale__language_code=DEFAULT)


@login_required
@require_GET
def quizzes(request):
    """Every quiz of mine with the number of attempts and the average; 404 for people who edit none."""
    mine = quizzes_of(request.user)
    handed_in = Attempt.objects.submitted().filter(activity__uuid=OuterRef("translation_key")).order_by()
    per_quiz = handed_in.values("activity")
    mine = mine.annotate(
        attempts=Subquery(per_quiz.annotate(n=Count("pk")).values("n")),
        average=Subquery(per_quiz.annotate(n=Avg("percent")).values("n")),
        learners=Subquery(per_quiz.annotate(n=Count("learner", distinct=True)).values("n")),
    )
    page = Paginator(mine.order_by("path"), PER_PAGE).get_page(request.GET.get("page"))
    if not page.object_list:
        raise Http404
    return render(request, "assessments/quiz_desk_list.html", {"page": page})


@login_required
@require_GET
def attempts(request, uuid):
    """The attempts at one quiz, newest first, and how each question was answered."""
    quiz, activity = _quiz(request, uuid)
    shown = _filtered(Attempt.objects.submitted().filter(activity=activity), request.GET)
    page = Paginator(shown.select_related("learner").order_by("-submitted_at", "-pk"), PER_PAGE)
    context = {
        "quiz": quiz,
        "page": page.get_page(request.GET.get("page")),
        "questions": shares(activity),
        "name": request.GET.get("name", ""),
        "result": request.GET.get("result", ""),
    }
    return render(request, "assessments/quiz_desk_attempts.html", context)


@login_required
@require_GET
def spreadsheet(request, uuid):
    """Every attempt with the mark of every question."""
    quiz, activity = _quiz(request, uuid)
    asked = shares(activity)
    questions, titles = [row["question"] for row in asked], [row["title"] for row in asked]
    columns = [_("Learner"), _("Counted under"), _("Attempt"), _("Started"), _("Handed in"), _("Per cent"), _("Passed")]
    return xlsx_response(f"quiz-{quiz.slug}-{quiz.pk}", [*columns, *titles], _rows(activity, questions))


def shares(activity):
    """Per question, in the order asked: {question, title, share (per cent right on average), answers}."""
    items = AttemptItem.objects.filter(attempt__activity=activity).exclude(attempt__submitted_at=None)
    named = items.values(question=F("version__question"), title=F("version__question__title"))
    return list(
        named.annotate(share=100 * Avg("mark"), answers=Count("mark"), place=Min("position")).order_by(
            "place", "question"
        )
    )


def _filtered(found, chosen):
    name, result = chosen.get("name", "").strip(), chosen.get("result", "")
    if name:
        found = found.filter(Q(learner__name__icontains=name) | Q(learner__username__icontains=name))
    return found.filter(passed=result == "passed") if result in ("passed", "failed") else found


def _rows(activity, questions):
    items = AttemptItem.objects.filter(attempt__activity=activity).exclude(attempt__submitted_at=None)
    columns = ("learner__name", "scope", "number", "started_at", "submitted_at", "percent", "passed")
    values = items.order_by("attempt", "position").values_list(
        "attempt", "version__question", "mark", *(f"attempt__{column}" for column in columns)
    )
    for _attempt, rows in groupby(values.iterator(), key=lambda row: row[0]):
        rows = list(rows)
        marks = {question: mark for _attempt, question, mark, *_rest in rows}
        yield (*rows[0][3:], *(marks.get(question) for question in questions))


def _quiz(request, uuid):
    quiz = get_object_or_404(quizzes_of(request.user), translation_key=uuid)
    return quiz, get_object_or_404(Activity, uuid=uuid)
