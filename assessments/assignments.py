"""An assignment is a page beside the lessons: what to hand in, in which form, and by which rubric it is graded."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from assessments.rubrics import Rubric
from content.models import ActivityPage
from lms.plugins import Registry

submission_forms = Registry("assessments.submission_forms")


class AssignmentPage(ActivityPage, Page):
    instructions = models.TextField(_("instructions"), blank=True)
    form = models.CharField(_("form"), max_length=40, default="text", help_text=_("What the learner hands in."))
    rubric = models.ForeignKey(Rubric, verbose_name=_("rubric"), null=True, blank=True, on_delete=models.PROTECT)
    due_at = models.DateTimeField(_("due at"), null=True, blank=True)
    repeatable = models.BooleanField(
        _("may be handed in several times"), default=False, help_text=_("Case records: one submission per case.")
    )

    activity_kind = "assignment"
    parent_page_types = ["content.ModulePage"]
    subpage_types = []

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
