"""A quiz is a page beside the lessons: its settings, and which questions it asks in which order."""

from django.db import models
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable, Page
from wagtail.permissions import policy_registry

from assessments.questions.models import Question
from assessments.quizzes.paper import preview
from content.models import ActivityPage


class QuizForm(ActivityPage.base_form_class):
    """An author puts in only questions that they may edit, besides those that are in the quiz already."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.for_user and "items" in self.formsets:
            for row in self.formsets["items"].forms:
                row.fields["question"].queryset = self._questions()

    def _questions(self):
        policy = policy_registry.get_by_type(Question)
        here = [item.question_id for item in self.instance.items.all()]
        return policy.instances_user_has_permission_for(self.for_user, "change") | Question.objects.filter(pk__in=here)


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
    attempts_allowed = models.PositiveIntegerField(
        _("attempts allowed"), null=True, blank=True, default=3, help_text=_("Empty: as many as one likes.")
    )
    pass_mark = models.PositiveIntegerField(
        _("pass mark in per cent"), null=True, blank=True, default=70, help_text=_("Empty: handing in is enough.")
    )
    show_answers = models.CharField(
        _("show correct answers"),
        max_length=20,
        choices=Answers,
        default=Answers.FINISHED,
        help_text=_("With “when passed”, no further attempt can be started after passing."),
    )
    shuffle = models.BooleanField(_("shuffle options"), default=True)
    shuffle_questions = models.BooleanField(
        _("shuffle questions"), default=False, help_text=_("Leave off when questions build on one another.")
    )
    areas = models.JSONField(_("names of the areas"), default=dict, blank=True, help_text="{area of questions: name}")

    activity_kind = "quiz"
    until_field = "closes_at"
    template = "assessments/quiz_page.html"
    parent_page_types = ["content.ModulePage"]
    subpage_types = []

    class Meta:
        verbose_name = _("quiz")
        verbose_name_plural = _("quizzes")

    content_panels = [
        *Page.content_panels,
        FieldPanel("intro"),
        FieldPanel("objective"),
        MultiFieldPanel(
            [
                FieldPanel("time_limit"),
                FieldPanel("attempts_allowed"),
                FieldPanel("pass_mark"),
                FieldPanel("show_answers"),
                FieldPanel("shuffle"),
                FieldPanel("shuffle_questions"),
            ],
            heading=_("Rules"),
            help_text=_("Rules and questions are those of the page in the default language."),
        ),
        ActivityPage.opening_panel,
        FieldPanel("closes_at"),
        FieldPanel("minutes"),
        InlinePanel("items", panels=[FieldPanel("question"), FieldPanel("points")], heading=_("Questions")),
    ]
    base_form_class = QuizForm

    def serve(self, request, *args, **kwargs):
        """Learners meet a quiz at an address of its own, the same in every language."""
        return redirect("assessments:quiz", self.translation_key)

    def serve_preview(self, request, mode_name):
        return super().serve(request)

    def get_context(self, request, *args, **kwargs):
        """For the preview: the questions as learners see them."""
        context = super().get_context(request, *args, **kwargs)
        return context | {"lines": preview(self.items.all(), shuffle=self.shuffle)}


class QuizItem(Orderable):
    """A question in a quiz and the points it counts."""

    page = ParentalKey(QuizPage, on_delete=models.CASCADE, related_name="items")
    question = models.ForeignKey(Question, verbose_name=_("question"), on_delete=models.PROTECT, related_name="+")
    points = models.PositiveIntegerField(_("points"), default=1)
