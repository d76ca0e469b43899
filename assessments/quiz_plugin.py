"""What quizzes contribute: the six question types, and the activity type that opens a quiz."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from assessments.question_types import matching, multiple, ordering, short_answer, single, true_false
from content.activities import activity_types

TYPES = (single, multiple, true_false, short_answer, ordering, matching)  # registered by being imported


@activity_types.register
class QuizActivity:
    """Complete when passed; without a pass mark, handing in is told as passed."""

    key, label, icon = "quiz", _("Quiz"), "list-checks"

    @staticmethod
    def url(activity):
        return reverse("assessments:quiz", args=[activity.uuid])

    @staticmethod
    def is_complete(records):
        return any(record.verb == "passed" for record in records)
