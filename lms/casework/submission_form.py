"""What makes a submission a case record: its form, and the consent without which none is begun."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.casework import rules
from lms.casework.models import Case
from lms.casework.record_form import SECTIONS
from lms.enrolment.models import Enrolment
from lms.enrolment.rules import may_change
from lms.verdicts import YES, Verdict


class CaseRecordForm:
    """The form ``case_record`` (see ``assessments.submissions.SubmissionForm``)."""

    key = "case_record"
    label = gettext_lazy("Case record")
    marked_by = "supervisor"

    def sections(self):
        return SECTIONS

    def may_start(self, activity, learner, now):
        """Whether one of the learner's cases may get a record; else what the newest of them lacks."""
        verdicts = [may_start_record_of(case) for case in cases_for(activity, learner) if not case.submission_id]
        if any(verdicts):
            return YES
        if verdicts:
            return verdicts[0]
        return Verdict(False, _("Open a case first, or a simulated one. Each case gets one record."))

    def names_to_find(self, submission):
        """None are known: the database holds no names. The learner may type some on the page before sending."""
        return []

    def may_change(self, submission, now):
        """A record is booked to one enrolment: it is written and handed in as long as the learner is learning there."""
        return may_change(submission.case.enrolment.state)

    def start_url(self, activity, learner):
        return reverse("casework:choose", args=[activity.uuid])

    def caption(self, submission):
        return Case.objects.filter(submission=submission).values_list("code", flat=True).first() or ""


def cases_for(activity, learner):
    """The learner's open cases that a record for this assignment may be about: of tracks that hold its course."""
    return (
        Case.objects.open()
        .filter(
            enrolment__learner=learner,
            enrolment__state=Enrolment.State.ACTIVE,
            enrolment__intake__track__courses__translation_key=activity.course,
        )
        .select_related("submission__activity", "enrolment")
        .prefetch_related("consents")
        .distinct()
    )


def may_start_record_of(case):
    """The rule of one case, with its enrolment at hand; its consents are read once."""
    return rules.may_start_record(
        state=case.enrolment.state,
        simulated=case.simulated,
        closed=case.closed_at is not None,
        age_band=case.age_band,
        answers=rules.newest_answers(case.consents.all()),
    )
