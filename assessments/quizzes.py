"""A quiz is a page beside the lessons: its settings, and which questions it asks in which order."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable, Page

from assessments.questions import Question
from content.models import ActivityPage


class QuizPage(ActivityPage, Page):
    """Settings and questions are those of the default-language page; a translation carries title and text."""

    class Answers(models.TextChoices):
        NEVER = "never", _("never")
        SUBMITTED = "submitted", _("after each attempt")
        FINISHED = "finished", _("when passed or no attempt is left")
        CLOSED = "closed", _("after the quiz has closed")

    intro = models.TextField(_("introduction"), blank=True)
    time_limit = models.PositiveIntegerField(_("time limit in minutes"), null=True, blank=True)
    closes_at = models.DateTimeField(_("closes at"), null=True, blank=True)
    attempts_allowed = models.PositiveIntegerField(_("attempts allowed"), null=True, blank=True, default=3)
    pass_mark = models.PositiveIntegerField(_("pass mark in per cent"), default=70)
    show_answers = models.CharField(_("show correct answers"), max_length=20, choices=Answers, default=Answers.FINISHED)
    shuffle = models.BooleanField(_("shuffle questions and options"), default=True)

    activity_kind = "quiz"
    parent_page_types = ["content.ModulePage"]
    subpage_types = []

    class Meta:
        verbose_name = _("quiz")
        verbose_name_plural = _("quizzes")


class QuizItem(Orderable):
    """A question in a quiz and the points it counts."""

    page = ParentalKey(QuizPage, on_delete=models.CASCADE, related_name="items")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="+")
    points = models.PositiveIntegerField(_("points"), default=1)
