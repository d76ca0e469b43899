"""What quizzes contribute: the six question types, and the activity type that opens a quiz."""

from datetime import timedelta

from django.dispatch import receiver
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.signals import page_published

from assessments.overrides import window_moved
from assessments.question_types.matching import Matching
from assessments.question_types.multiple import Multiple
from assessments.question_types.ordering import Ordering
from assessments.question_types.short_answer import ShortAnswer
from assessments.question_types.single import Single
from assessments.question_types.true_false import TrueFalse
from assessments.questions import question_types
from assessments.quizzes.models import QuizPage
from assessments.quizzes.overdue import close_all
from content.activities import activity_types
from content.language import DEFAULT
from content.models import Activity
from lms.jobs import jobs

for kind in (Single, Multiple, TrueFalse, ShortAnswer, Ordering, Matching):  # in the order authors see them
    question_types.register(kind)


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


@jobs.register
class CloseOverdueAttempts:
    """For those who closed the page and do not come back; everybody else's attempt is closed by their next read."""

    key = "assessments_overdue_attempts"
    every = timedelta(minutes=1)

    @staticmethod
    def run(now):
        return close_all(now)


@receiver(page_published, sender=QuizPage)
def closing_moved(instance, **kwargs):
    """A window that is moved at the last minute moves for those who are answering, too."""
    if instance.locale.language_code == DEFAULT:
        activity = Activity.objects.filter(uuid=instance.translation_key).first()
        if activity is not None:
            window_moved(activity, instance.closes_at)
