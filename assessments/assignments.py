"""An assignment is a page beside the lessons: what to hand in, in which form, and by which rubric it is graded.

The forms come from ``submission_forms``; a form is data (sections of fields) and a few questions. How a layer above
builds on this (case records do):

1. Register a form, an object with the fields and methods of ``SubmissionForm``, in ``lms_plugin.py``. Set it on an
   ``AssignmentPage`` (``form="case_record"``, ``repeatable=True`` when there is one submission per case).
2. Begin a submission, again and again the same one for the same ``key``, and send the learner there::

       submission = submission_actions.start(activity, learner, key=f"case:{case.pk}",
                                             scope=f"enrolment:{case.enrolment_id}", now=now)   # raises Refused
       redirect("assessments:submission", submission.uuid)

   Without ``scope`` it is booked to the enrolment of the access rule. For a form with ``start_url`` the assignment's
   page shows a link there instead of its own start button. ``submission.key`` finds the case again.
3. Say who marks: subscribe to ``SubmissionReceived`` with ``@records`` and write a ``Marker`` row (submission, user,
   capacity, allowed_by, allowed_at, until). Only these people find it in their queue (``desk_assessments:queue``).
4. ``submission_erasure.close_text(submission, now)`` when consent is withdrawn: the text never opens again, an
   accepted one still counts. ``erase_submission(submission, by, reason, now)`` returns the facts for the tombstone.
5. ``Submission.objects.accepted()`` and ``count_by_enrolment(enrolments, form="case_record")`` count; what was erased
   after it had been accepted still counts.
"""

from dataclasses import dataclass, field
from typing import Protocol

from django.db import models
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from assessments.rubrics import Rubric
from content.language import DEFAULT, reading_language
from content.models import ActivityPage
from lms.plugins import Registry
from lms.verdicts import Verdict

submission_forms = Registry("assessments.submission_forms")


@dataclass(frozen=True)
class Field:
    """One thing to fill in. ``kind``: line, text, choice, choices, date, number, rows (a table of ``fields``), files.

    ``minimum``: characters for line and text (spaces and marks not counted), choices, rows or files; the least value
    of a number; 0: optional. ``maximum``: the same, upward. ``choices``: (value, label) pairs.
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
    """A part of a form, filled in on a page of its own and shown as a row of the task list.

    Keys of fields are unique in the whole form and at most 20 characters.
    """

    key: str
    title: str
    fields: tuple = field(default_factory=tuple)
    hint: str = ""


class SubmissionForm(Protocol):
    """What a learner hands in.

    ``sections()``: what is asked, in order. ``may_start``: may this learner begin one at all? ``names_to_find``: known
    names (child, family) to point out before sending. ``start_url``: where one is begun instead of by the plain
    button, or an empty text. ``caption``: what tells this submission from others of its assignment (a case code).
    """

    key: str
    label: str

    def sections(self) -> list[Section]: ...

    def may_start(self, activity, learner, now) -> Verdict: ...

    def names_to_find(self, submission) -> list[str]: ...

    def start_url(self, activity, learner) -> str: ...

    def caption(self, submission) -> str: ...


def form_choices():
    """(key, label) of every form, for the author's choice. A function, so that no plugin's key enters a migration."""
    return submission_forms.choices()


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
