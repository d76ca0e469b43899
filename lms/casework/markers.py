"""Who may open and grade a case record: the supervisors of its enrolment, and instructors allocated by name.

The Marker row is the approval that the law asks for (未成年人网络保护条例 art. 36): who allowed it, and until when.
"""

from django.db import transaction
from django.db.models import Max, Q
from wagtail.log_actions import log

from assessments.events import SubmissionReceived
from assessments.models import Marker, Submission
from lms import clock
from lms.casework import rules
from lms.casework.models import Case
from lms.enrolment.actions import SupervisionEnded, SupervisorAssigned
from lms.enrolment.models import STAFF_ROLES, Supervision
from lms.events import records
from lms.programmes.actions import GrantsChanged
from lms.programmes.models import Grant
from lms.programmes.scopes import has_role

SUPERVISOR, INSTRUCTOR = "supervisor", "instructor"


@records(SubmissionReceived)
def let_supervisors_mark(event):
    """A case record was handed in: whoever supervises the learner now may open it."""
    case = Case.objects.filter(submission=event.submission_id).first()
    if case:
        for supervision in Supervision.objects.active(clock.now()).filter(enrolment=case.enrolment_id):
            _let_mark(case.submission_id, supervision)


@records(SupervisorAssigned)
def give_waiting_records(event):
    """A new supervisor takes over what waits, and what was returned and will come back."""
    supervision = Supervision.objects.get(pk=event.supervision_id)
    unfinished = [Submission.State.SUBMITTED, Submission.State.RETURNED]
    for case in Case.objects.open().filter(enrolment=supervision.enrolment_id, submission__state__in=unfinished):
        _let_mark(case.submission_id, supervision)


@records(SupervisionEnded)
def take_records_back(event):
    """A former supervisor opens no record any more."""
    supervision = Supervision.objects.get(pk=event.supervision_id)
    Marker.objects.filter(
        submission__case__enrolment=supervision.enrolment_id, user=supervision.supervisor_id, capacity=SUPERVISOR
    ).update(until=supervision.until)


@records(GrantsChanged)
def follow_instructor(event):
    """Who is no instructor of the programme any more opens no record that was allocated to them."""
    now = clock.now()
    allocated = Marker.objects.active(now).filter(
        user=event.user_id, capacity=INSTRUCTOR, submission__case__isnull=False
    )
    for marker in allocated.select_related("user", "submission__case__enrolment__intake__cohort"):
        if not teaches(marker.user, marker.submission.case, now):
            marker.until = now
            marker.save(update_fields=["until"])


def _let_mark(submission_id, supervision):
    """One row per person: a supervisor who was allocated as instructor before becomes the supervisor."""
    Marker.objects.update_or_create(
        submission_id=submission_id,
        user_id=supervision.supervisor_id,
        defaults={
            "capacity": SUPERVISOR,
            "allowed_by_id": supervision.assigned_by_id,
            "allowed_at": supervision.starts_at,
            "until": supervision.until,
        },
    )


@transaction.atomic
def allocate(submission, instructor, *, by, now, until=None):
    """Let a named instructor open and grade one case record, until ``until`` or the end of their grant."""
    case = Case.objects.select_related("enrolment__intake__cohort").get(submission=submission)
    rules.may_allocate(
        handed_in=submission.state in Submission.HANDED_IN and case.closed_at is None,
        is_staff=has_role(by, STAFF_ROLES, now, intake=case.enrolment.intake),
        is_instructor=teaches(instructor, case, now),
        is_author=instructor.pk == case.enrolment.learner_id,
        is_marker=submission.markers.active(now).filter(user=instructor).exists(),
        until=until,
        now=now,
    ).require()
    facts = {"capacity": INSTRUCTOR, "allowed_by": by, "allowed_at": now}
    ends = [moment for moment in (until, _end_of_grants(instructor, case, now)) if moment]
    marker, _created = Marker.objects.update_or_create(
        submission=submission, user=instructor, defaults=facts | {"until": min(ends, default=None)}
    )
    log(case, "casework.allocate", user=by, data={"instructor": instructor.pk})
    return marker


@transaction.atomic
def end_allocation(marker, *, by, now):
    """Take an allocated record back from an instructor."""
    case = marker.submission.case
    rules.may_end_allocation(
        is_staff=has_role(by, STAFF_ROLES, now, intake=case.enrolment.intake), capacity=marker.capacity
    ).require()
    marker.until = now
    marker.save(update_fields=["until"])
    log(case, "casework.end_allocation", user=by, data={"instructor": marker.user_id})


def teaching_grants(case, now):
    """Active grants as instructor that reach the learner of the case: by programme, cohort, intake or course."""
    intake = case.enrolment.intake
    return (
        Grant.objects.active(now)
        .filter(role=Grant.Role.INSTRUCTOR)
        .filter(
            Q(programme=intake.cohort.programme_id)
            | Q(cohort=intake.cohort_id)
            | Q(intake=intake)
            | Q(course__tracks=intake.track_id)
        )
        .exclude(user=case.enrolment.learner_id)
    )


def teaches(user, case, now):
    return teaching_grants(case, now).filter(user=user).exists()


def _end_of_grants(user, case, now):
    """When the last of the person's grants ends, or None: one of them has no end."""
    grants = teaching_grants(case, now).filter(user=user)
    if grants.filter(until=None).exists():
        return None
    return grants.aggregate(end=Max("until"))["end"]
