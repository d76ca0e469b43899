"""An assignment is a page beside the lessons: what to hand in, in which form, and by which rubric it is graded."""

from dataclasses import dataclass

from django.db import models
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from assessments.grading.rubrics import Rubric
from assessments.submissions import form_choices, submission_forms
from content.language import DEFAULT, reading_language
from content.models import ActivityPage


class AssignmentPage(ActivityPage, Page):
    """Form, rubric and dates are those of the default-language page; a translation carries title and instructions."""

    instructions = models.TextField(_("instructions"), blank=True)
    form = models.CharField(
        _("form"), max_length=40, default="text", choices=form_choices, help_text=_("What the learner hands in.")
    )
    rubric = models.ForeignKey(Rubric, verbose_name=_("rubric"), null=True, blank=True, on_delete=models.PROTECT)
    due_at = models.DateTimeField(
        _("due at"), null=True, blank=True, help_text=_("For the first version; revisions may come later.")
    )
    repeatable = models.BooleanField(
        _("may be handed in several times"), default=False, help_text=_("Case records: one submission per case.")
    )

    activity_kind = "assignment"
    until_field = "due_at"
    template = "assessments/assignment_preview.html"
    parent_page_types = ["content.ModulePage"]
    subpage_types = []
    content_panels = [*Page.content_panels, "objective", "instructions", "form", "rubric", "due_at", "repeatable"]
    settings_panels = [*Page.settings_panels, "minutes", "opens_at", "after"]

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")

    def serve(self, request, *args, **kwargs):
        """Learners meet an assignment at an address of its own, the same in every language."""
        return redirect("assessments:assignment", self.translation_key)

    def serve_preview(self, request, mode_name):
        return super().serve(request)


@dataclass(frozen=True)
class Assignment:
    """A live assignment: ``rules`` is the page of the default language, ``texts`` the page in the reader's."""

    activity: object
    rules: AssignmentPage
    texts: AssignmentPage

    @property
    def url(self):
        return reverse("assessments:assignment", args=[self.activity.uuid])

    @property
    def title(self):
        return self.texts.title

    @property
    def form(self):
        """The form as registered, or None when its plugin is not installed."""
        return submission_forms.get(self.rules.form)


def find(activity):
    """The assignment of an activity in the reader's language, or None when it is not published. One query."""
    pages = AssignmentPage.objects.live().filter(translation_key=activity.uuid).select_related("locale", "rubric")
    found = {page.locale.language_code: page for page in pages}
    if DEFAULT not in found:
        return None
    return Assignment(activity, found[DEFAULT], found.get(reading_language(), found[DEFAULT]))
