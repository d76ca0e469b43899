"""An assignment is a page beside the lessons: what to hand in, in which form, and by which rubric it is graded.

The forms come from ``submission_forms``; a form is data (sections of fields) and one question (may it be started?).
"""

from dataclasses import dataclass, field
from typing import Protocol

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from assessments.rubrics import Rubric
from content.models import ActivityPage
from lms.plugins import Registry
from lms.verdicts import Verdict

submission_forms = Registry("assessments.submission_forms")


@dataclass(frozen=True)
class Field:
    """One thing to fill in. ``kind``: line, text, choice, choices, date, number, rows (a table of ``fields``), files.

    ``minimum``: characters for text, rows for rows, files for files; 0: optional.
    """

    key: str
    label: str
    kind: str = "text"
    minimum: int = 0
    maximum: int = 5000
    hint: str = ""
    choices: tuple = ()
    fields: tuple = ()


@dataclass(frozen=True)
class Section:
    """A part of a form, filled in on a page of its own and shown as a row of the task list."""

    key: str
    title: str
    fields: tuple = field(default_factory=tuple)
    hint: str = ""


class SubmissionForm(Protocol):
    """What a learner hands in. ``names_to_find``: known names (child, family) to point out before sending."""

    key: str
    label: str

    def sections(self) -> list[Section]: ...

    def may_start(self, activity, learner, now) -> Verdict: ...

    def names_to_find(self, submission) -> list[str]: ...


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
