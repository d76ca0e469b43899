"""A learner who leaves gives up the seat, in the transaction that lets them leave."""

from lms.admissions import actions
from lms.enrolment.actions import Withdrawn
from lms.enrolment.models import Enrolment
from lms.events import records


@records(Withdrawn)
def free_the_seat(event):
    enrolment = Enrolment.objects.get(pk=event.enrolment_id)
    actions.give_up_seat(enrolment, by=enrolment.changes.last().by, now=enrolment.ended_at)
