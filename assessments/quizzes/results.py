"""What attempts amount to for the people who read them."""

from collections import defaultdict

from django.db.models import F

from assessments.quizzes import lookup
from assessments.quizzes.attempts import Attempt
from assessments.quizzes.marking import result_of


def best(activity, learner):
    """The learner's best handed-in attempt, in whatever scope; None when there is none."""
    found = Attempt.objects.submitted().filter(activity=activity, learner=learner)
    return found.order_by(F("passed").desc(nulls_last=True), F("percent").desc(nulls_last=True), "submitted_at").first()


def profile(attempt):
    """{area: per cent} of a handed-in attempt, in the order the areas were asked. One query."""
    groups = defaultdict(list)
    for item in attempt.items.select_related("version__question"):
        groups[item.version.question.area].append(item)
    return {area: result_of(items).percent for area, items in groups.items() if area}


def area_names(activity):
    """{area: its name in the reader's language}, as the quiz page says."""
    quiz = lookup.read(activity)
    return {**quiz.rules.areas, **quiz.texts.areas}
