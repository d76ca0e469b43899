"""Who marks a submission, unless its form says otherwise: the instructors of its course, as long as they are granted.

A form with an attribute ``marked_by`` (case records: the supervisor) writes its own Marker rows.
"""

from django.db.models import F, Q

from assessments.events import SubmissionReceived
from assessments.submissions import submission_forms
from assessments.submissions.models import Marker, Submission
from content.models import CoursePage
from lms import clock
from lms.enrolment.models import Enrolment
from lms.events import records
from lms.programmes.actions import GrantsChanged
from lms.programmes.models import Grant

INSTRUCTOR = "instructor"


@records(SubmissionReceived)
def let_instructors_mark(event):
    """Write who may open what was handed in."""
    submission = Submission.objects.select_related("activity").get(pk=event.submission_id)
    if submission.form in forms_for_instructors():
        give_to_instructors(submission, now=clock.now())


@records(GrantsChanged)
def follow_instructor(event):
    """Open the waiting work of courses granted since, and close what the person's grants do not reach any more."""
    now = clock.now()
    held = Marker.objects.active(now).filter(user=event.user_id, capacity=INSTRUCTOR).values("submission")
    waiting = Q(state=Submission.State.SUBMITTED, activity__course__in=courses_of(event.user_id, now))
    found = Submission.objects.filter(waiting | Q(pk__in=held), form__in=forms_for_instructors())
    for submission in found.select_related("activity"):
        give_to_instructors(submission, now=now)


def forms_for_instructors():
    return [form.key for form in submission_forms if getattr(form, "marked_by", INSTRUCTOR) == INSTRUCTOR]


def give_to_instructors(submission, *, now):
    """One Marker row for each instructor granted the course, until their grant ends; rows of others end now."""
    grants = {grant.user_id: grant for grant in instructor_grants(submission, now)}
    gone = submission.markers.filter(capacity=INSTRUCTOR).active(now).exclude(user__in=grants)
    gone.update(until=now)
    for grant in grants.values():
        Marker.objects.update_or_create(
            submission=submission,
            user_id=grant.user_id,
            defaults={"until": grant.until},
            create_defaults={
                "capacity": INSTRUCTOR,
                "allowed_by_id": grant.granted_by_id,
                "allowed_at": now,
                "until": grant.until,
            },
        )


def instructor_grants(submission, now):
    """Active grants as instructor of the submission's course, or of a programme its author is enrolled in; those that
    last longest come last, so that they win."""
    course = submission.activity.course
    programmes = Enrolment.objects.filter(learner=submission.author_id).values("intake__cohort__programme")
    through = Q(programme__in=programmes, programme__tracks__courses__translation_key=course)
    return (
        Grant.objects.active(now)
        .filter(Q(course__translation_key=course) | through, role=Grant.Role.INSTRUCTOR)
        .exclude(user=submission.author_id)
        .distinct()
        .order_by(F("until").asc(nulls_last=True))
    )


def courses_of(user_id, now):
    """Translation keys of the courses that a person's grants as instructor reach."""
    grants = Grant.objects.active(now).filter(user=user_id, role=Grant.Role.INSTRUCTOR)
    reached = Q(pk__in=grants.values("course")) | Q(tracks__programme__in=grants.values("programme"))
    return CoursePage.objects.filter(reached).values("translation_key")
