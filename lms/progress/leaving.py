"""A learner who leaves hands in what is under way: what was answered in time counts, and nothing more is answered."""

from assessments.quizzes import actions
from assessments.quizzes.attempts import Attempt
from content.access import may_open
from lms.enrolment.actions import Withdrawn
from lms.enrolment.models import Enrolment
from lms.events import records
from lms.progress.rules import scope_of


@records(Withdrawn)
def hand_in_attempts(event):
    """Those counted under the intake that was left, unless the quiz stays open to the learner by another place."""
    left = Enrolment.objects.select_related("learner").get(pk=event.enrolment_id)
    under_way = Attempt.objects.open().filter(learner=left.learner, scope=scope_of(left.intake_id))
    for attempt in under_way.select_related("activity"):
        if not may_open(attempt.activity, left.learner, left.ended_at):
            actions.submit(attempt, now=left.ended_at, by="leaving")
