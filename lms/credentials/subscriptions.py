"""Credentials follow decisions, inside the same transaction: both are stored or neither."""

from lms import clock
from lms.credentials.actions import check_name, issue
from lms.events import records
from lms.graduation.events import GraduationDecided, GraduationProposed
from lms.graduation.models import Decision


@records(GraduationProposed)
def refuse_unprintable_names(event):
    """Say it before anybody signs: a name that cannot be printed goes back to the staff with its characters."""
    graduating = Decision.objects.filter(pk__in=event.decision_ids, outcome=Decision.Outcome.GRADUATE)
    for decision in graduating.select_related("enrolment__learner"):
        check_name(decision.enrolment.learner)


@records(GraduationDecided)
def issue_credentials(event):
    decisions = list(Decision.objects.filter(pk__in=event.decision_ids))
    issue(decisions, now=max((one.decided_at for one in decisions), default=clock.now()))
