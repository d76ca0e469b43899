"""The instructor's view of a quiz: who tried, with what result; which questions were hard; the same as a spreadsheet.

Who may edit the page of a quiz need not know its learners. Whose attempts are shown to whom by name is said by
``attempt_readers``: the layers above know roles. A spreadsheet that was taken is in the log of the quiz, without names.
"""

from itertools import groupby

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Avg, Count, F, Min, OuterRef, Q, Subquery
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET
from wagtail.log_actions import log

from assessments.quizzes import attempt_readers
from assessments.quizzes.attempts import Attempt, AttemptItem
from assessments.quizzes.models import QuizPage
from content.language import DEFAULT
from content.models import Activity
from lms.sheets import xlsx_response

PER_PAGE = 50


def quizzes_for(user, now):
    """Quizzes, in their default language, of the courses whose attempts this person may look through."""
    courses = Q(pk__in=[])
    for reader in attempt_readers:
        courses |= Q(course__in=reader.courses(user, now))
    activities = Activity.objects.filter(courses, kind=QuizPage.activity_kind)
    return QuizPage.objects.filter(locale__language_code=DEFAULT, translation_key__in=activities.values("uuid"))


def attempts_for(user, now):
    """Handed-in attempts that this person may look through by name."""
    shown = Q(pk__in=[])
    for reader in attempt_readers:
        shown |= reader.attempts(user, now)
    return Attempt.objects.submitted().filter(shown)


def follows_quizzes(user, now):
    """Whether there is a course whose attempts this person may look through."""
    return any(reader.courses(user, now).exists() for reader in attempt_readers)


@login_required
@require_GET
def quizzes(request):
    """Every quiz of my courses with the number of attempts and the average; 404 for people who follow none."""
    now = request.arrived_at
    if not follows_quizzes(request.user, now):
        raise Http404
    mine = quizzes_for(request.user, now)
    handed_in = attempts_for(request.user, now).filter(activity__uuid=OuterRef("translation_key")).order_by()
    per_quiz = handed_in.values("activity")
    mine = mine.annotate(
        attempts=Subquery(per_quiz.annotate(n=Count("pk")).values("n")),
        average=Subquery(per_quiz.annotate(n=Avg("percent")).values("n")),
        learners=Subquery(per_quiz.annotate(n=Count("learner", distinct=True)).values("n")),
    )
    page = Paginator(mine.order_by("path"), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "assessments/quiz_desk_list.html", {"page": page})


@login_required
@require_GET
def attempts(request, uuid):
    """The attempts at one quiz, newest first, and how each question was answered."""
    quiz, found = _quiz(request, uuid)
    shown = _filtered(found, request.GET)
    page = Paginator(shown.select_related("learner").order_by("-submitted_at", "-pk"), PER_PAGE)
    context = {
        "quiz": quiz,
        "page": page.get_page(request.GET.get("page")),
        "questions": shares(found),
        "name": request.GET.get("name", ""),
        "result": request.GET.get("result", ""),
    }
    return render(request, "assessments/quiz_desk_attempts.html", context)


@login_required
@require_GET
def spreadsheet(request, uuid):
    """Every attempt with the mark of every question. That it was taken is written down, with their number."""
    quiz, found = _quiz(request, uuid)
    log(quiz, "assessments.quiz.export", user=request.user, data={"attempts": found.count()})
    asked = shares(found)
    questions, titles = [row["question"] for row in asked], [row["title"] for row in asked]
    columns = [_("Learner"), _("Counted under"), _("Attempt"), _("Started"), _("Handed in"), _("Per cent"), _("Passed")]
    return xlsx_response(f"quiz-{quiz.slug}-{quiz.pk}", [*columns, *titles], _rows(found, questions))


def shares(attempts):
    """Per question, in the order asked: {question, title, share (per cent right on average), answers}."""
    items = AttemptItem.objects.filter(attempt__in=attempts.values("pk"))
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


def _rows(attempts, questions):
    items = AttemptItem.objects.filter(attempt__in=attempts.values("pk"))
    columns = ("learner__name", "scope", "number", "started_at", "submitted_at", "percent", "passed")
    values = items.order_by("attempt", "position").values_list(
        "attempt", "version__question", "mark", *(f"attempt__{column}" for column in columns)
    )
    for _attempt, rows in groupby(values.iterator(), key=lambda row: row[0]):
        rows = list(rows)
        marks = {question: mark for _attempt, question, mark, *_rest in rows}
        yield (*rows[0][3:], *(marks.get(question) for question in questions))


def _quiz(request, uuid):
    """A quiz that this person follows, and its attempts that are shown to them; or 404."""
    quiz = get_object_or_404(quizzes_for(request.user, request.arrived_at), translation_key=uuid)
    return quiz, attempts_for(request.user, request.arrived_at).filter(activity__uuid=uuid)
