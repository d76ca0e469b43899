"""Who may open an activity of a course: its learners, in due time; who teaches, supervises or runs it, always."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import FilteredRelation, Q

from content.tree import tree_of_activity
from lms.enrolment.models import Enrolment, Supervision
from lms.prepared import prepared
from lms.programmes.models import Grant, TrackCourse
from lms.progress import rules
from lms.progress.models import Completion
from lms.verdicts import Verdict, first_no

READING_ROLES = [
    Grant.Role.INSTRUCTOR,
    Grant.Role.REVIEWER,
    Grant.Role.STAFF,
    Grant.Role.DIRECTOR,
    Grant.Role.SIGNATORY,
]


@dataclass(frozen=True)
class Standing:
    """One enrolment of a person that touches a course; and where they were in the activity that is opened."""

    enrolment: int
    intake: int
    track: int
    state: str
    frozen_at: datetime | None
    visited_at: datetime | None = None
    position: float | None = None

    @classmethod
    def of(cls, enrolment):
        """Of an Enrolment with its intake at hand. No query."""
        intake = enrolment.intake
        return cls(enrolment.pk, intake.pk, intake.track_id, enrolment.state, intake.frozen_at)


def standings(user, tree, node=None):
    """The person's enrolments whose track contains the course, oldest first; with the visit of a node. One query."""
    if node is None:
        return [Standing(*row) for row in _enrolments(learner=user.pk, course=tree.course.page)]
    rows = _enrolments_and_visit(learner=user.pk, course=tree.course.page, activity=node.activity)
    return [Standing(*row) for row in rows]


COLUMNS = ["pk", "intake", "intake__track", "state", "intake__frozen_at"]


@prepared
def _enrolments(learner, course):
    rows = Enrolment.objects.filter(learner=learner, intake__track__course_rows__course=course).order_by("pk")
    return rows.values_list(*COLUMNS)


@prepared
def _enrolments_and_visit(learner, course, activity):
    rows = Enrolment.objects.filter(learner=learner, intake__track__course_rows__course=course).order_by("pk")
    rows = rows.annotate(visit=FilteredRelation("learner__visits", condition=Q(learner__visits__activity=activity)))
    return rows.values_list(*COLUMNS, "visit__last_at", "visit__position")


def may_read(tree, user, now, found):
    """Whether the person may read the course: by an enrolment (``found``, no further query), else by their work."""
    verdict = rules.enrolled(found)
    if verdict or not _works_with(tree, user, now):
        return verdict
    return Verdict(True, "", {"as": "staff"})


def _works_with(tree, user, now):
    """Whether the person teaches, runs or supervises where the course is used."""
    tracks = TrackCourse.objects.filter(course=tree.course.page).values("track")
    grants = Grant.objects.active(now).of(user, *READING_ROLES)
    here = Q(course=tree.course.page) | Q(programme__tracks__in=tracks) | Q(intake__track__in=tracks)
    supervised = Supervision.objects.active(now).filter(supervisor=user, enrolment__intake__track__in=tracks)
    return grants.filter(here | Q(cohort__intakes__track__in=tracks)).exists() or supervised.exists()


def lock(tree, node, completed, now):
    """Whether the node's time has come for a learner who has completed these activities (ids)."""
    before = tree.node(node.after) if node.after else None
    return first_no(
        rules.opened(node.opens_at, now),
        lambda: rules.after(before.title if before else "", bool(before) and before.activity in completed),
    )


class CourseAccess:
    """The rule that progress adds to ``content.access``: met with the scope that attempts are counted under."""

    key = "course"

    def may_open(self, activity, user, now):
        tree = tree_of_activity(activity)
        node = tree and tree.of_activity(activity.pk)
        if node is None or not user.is_authenticated:
            return None
        verdict = may_read(tree, user, now, standings(user, tree))
        if not verdict or "enrolment" not in verdict.facts:
            return verdict
        in_time = lock(tree, node, _completed_before(tree, node, user), now)
        return verdict if in_time else in_time


def _completed_before(tree, node, user):
    """Ids of what has to come before this node, as far as the person has completed it."""
    if not node.after:
        return ()
    rows = Completion.objects.filter(learner=user, activity__uuid=node.after).exclude(completed_at=None)
    return set(rows.values_list("activity", flat=True))
