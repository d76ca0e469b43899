"""Submissions: the contract of what a learner hands in, and its registry.

A form is data (sections of fields) and a few questions. How a layer above builds on this (case records do):

1. Register a form, an object with the fields and methods of ``SubmissionForm``, in ``lms_plugin.py``. Set it on an
   ``AssignmentPage`` (``form="case_record"``, ``repeatable=True`` when there is one submission per case).
2. Begin a submission, again and again the same one for the same ``key``, and send the learner there::

       submission = actions.start(activity, learner, key=f"case:{case.pk}",
                                  scope=f"enrolment:{case.enrolment_id}", now=now)   # raises Refused
       redirect("assessments:submission", submission.uuid)

   Without ``scope`` it is booked to the enrolment of the access rule. For a form with ``start_url`` the assignment's
   page shows a link there instead of its own start button. ``submission.key`` finds the case again.
3. Say who marks: subscribe to ``SubmissionReceived`` with ``@records`` and write a ``Marker`` row (submission, user,
   capacity, allowed_by, allowed_at, until). Only these people find it in their queue (``desk_assessments:queue``).
4. ``erasure.close_text(submission, now)`` when consent is withdrawn: the text never opens again, an
   accepted one still counts. ``erase_submission(submission, by, reason, now)`` returns the facts for the tombstone.
5. ``Submission.objects.accepted()`` and ``count_by_enrolment(enrolments, form="case_record")`` count; what was erased
   after it had been accepted still counts.
"""

from dataclasses import dataclass, field
from typing import Protocol

from lms.plugins import Registry
from lms.verdicts import Verdict

submission_forms = Registry("assessments.submission_forms")


@dataclass(frozen=True)
class Field:
    """One thing to fill in. ``kind``: line, text, choice, choices, date, number, rows (a table of ``fields``), files.

    ``minimum``: characters for line and text (as ``lms.texts`` counts), choices, rows or files; the least value of a
    number; 0: optional. ``maximum``: the same, upward. ``choices``: (value, label) pairs.
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

    One more method is asked for when it is there: ``may_change(submission, now)``, a verdict beside the access rule's
    at every saving and at handing in (case records: is the learner still learning where the case belongs?).
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
