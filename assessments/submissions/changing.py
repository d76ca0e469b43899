"""Whether a submission may be changed and handed in now: asked at every saving and at handing in, under its lock."""

from django.utils.translation import gettext as _

from assessments.submissions import assignments, rules, submission_forms
from content.access import may_open
from lms.verdicts import YES, Verdict, first_no


def may_change(submission, now):
    """What was handed in or closed stays as it is; else its author must have access, and its form may ask for more.

    A form is asked by its ``may_change(submission, now)`` when it has one: a case record is booked to one enrolment,
    whatever else is open to its author.
    """
    form = submission_forms.get(submission.form)
    return first_no(
        rules.may_edit(submission.state, submission.closed_at),
        lambda: _access(submission, now),
        lambda: form.may_change(submission, now) if hasattr(form, "may_change") else YES,
    )


def _access(submission, now):
    """The verdict of the layers above, which know nothing of an assignment that is not published."""
    verdict = may_open(submission.activity, submission.author, now)
    if verdict or assignments.find(submission.activity):
        return verdict
    return Verdict(False, _("This assignment is not published."))
