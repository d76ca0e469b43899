"""What one learner has before them: tracks, courses with ticks, dates; in a constant number of queries."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, OuterRef, Subquery
from django.utils import timezone

from assessments.models import Attempt, Grade, Override, Submission
from content.tree import Node, course_tree
from lms.enrolment.models import Enrolment
from lms.prepared import prepared
from lms.progress import rules
from lms.progress.models import Completion, Visit
from lms.progress.outline import Outline, Reader, Tick, outline
from lms.progress.required import required_by

STATES = [Enrolment.State.ACTIVE, Enrolment.State.GRADUATED]


@dataclass
class Place:
    """One enrolment with its courses. ``required``: activity ids, without those that were excused."""

    enrolment: Enrolment
    outlines: list[Outline]
    required: set[int]
    done: int
    today: date

    @property
    def is_active(self):
        return self.enrolment.state == Enrolment.State.ACTIVE

    @property
    def track(self):
        return self.enrolment.intake.track

    @property
    def days_left(self):
        return (self.enrolment.intake.cohort.ends_on - self.today).days

    @property
    def percent(self):
        return rules.percent(self.done, len(self.required))

    @property
    def left(self):
        return len(self.required) - self.done


@dataclass(frozen=True)
class Due:
    """An activity with a date until which it can be done. ``is_moved``: a later date was given to this person."""

    node: Node
    course: Node
    at: datetime
    is_moved: bool = False


@dataclass
class Study:
    """``left``: enrolments that ended without graduating; nothing is to do there, what was done stays readable."""

    places: list[Place]
    completed: dict[int, Tick]
    moved: dict[int, datetime]
    excused: set[int]
    last_activity: int | None
    left: list[Enrolment]

    @property
    def active(self):
        return [place for place in self.places if place.is_active]

    @property
    def outlines(self):
        """Every course of an active place, once."""
        found = {plan.tree.course.key: plan for place in self.active for plan in place.outlines}
        return list(found.values())


def gather(learner, now):
    """The learner's study: four queries, one of them only when there are places."""
    found, courses, last_activity = _enrolments(learner)
    enrolments = [one for one in found if one.state in STATES]
    completed = {pk: Tick(*tick) for pk, *tick in _completions(learner=learner.pk)}
    required = required_by(learner)
    moved, excused = _allowances(learner)
    places = [
        _place(enrolment, courses[enrolment.pk], required[enrolment.pk] - excused, completed, now)
        for enrolment in enrolments
    ]
    return Study(places, completed, moved, excused, last_activity, [one for one in found if one.state not in STATES])


@prepared
def _completions(learner):
    rows = Completion.objects.filter(learner=learner).exclude(completed_at=None)
    return rows.values_list("activity", "completed_at", "best_score")


def _allowances(learner):
    """(the latest later date by activity id, activity ids that were excused). One query."""
    moved, excused = {}, set()
    for activity, due_at, is_excused in _overrides(learner=learner.pk):
        if due_at:
            moved[activity] = max(due_at, moved.get(activity, due_at))
        if is_excused:
            excused.add(activity)
    return moved, excused


@prepared
def _overrides(learner):
    return Override.objects.filter(learner=learner).values_list("activity", "due_at", "excused")


def _enrolments(learner):
    """(enrolments, course page ids by enrolment id, the activity visited last). One query."""
    enrolments, courses, last_activity = {}, {}, None
    for row in _courses(learner=learner.pk):
        row.learner = learner
        enrolments.setdefault(row.pk, row)
        courses.setdefault(row.pk, []).append(row.course)
        last_activity = row.last_activity
    return list(enrolments.values()), courses, last_activity


@prepared
def _courses(learner):
    last = Visit.objects.filter(learner=OuterRef("learner")).order_by("-last_at").values("activity")[:1]
    return (
        Enrolment.objects.filter(learner=learner)
        .select_related("intake__track", "intake__cohort")
        .annotate(course=F("intake__track__course_rows__course"), last_activity=Subquery(last))
        .order_by("state", "pk", "intake__track__course_rows__order", "intake__track__course_rows__pk")
    )


def _place(enrolment, courses, required, completed, now):
    trees = [tree for course in courses if course and (tree := course_tree(course))]
    plans = [outline(tree, Reader(now, completed, required)) for tree in trees]
    return Place(enrolment, plans, required, len(required & completed.keys()), timezone.localdate(now))


def dues(study):
    """Every activity of the active places that closes or is due, with what was moved for this person. No query."""
    rows = [(row.node, plan.tree.course) for plan in study.outlines for row in plan.rows if not row.is_done]
    dated = [(node, course) for node, course in rows if node.until and node.activity not in study.excused]
    return sorted(
        (_due(node, course, study.moved.get(node.activity)) for node, course in dated), key=lambda due: due.at
    )


def _due(node, course, moved):
    """The later of the date for all and the date for this person."""
    return Due(node, course, max(node.until, moved or node.until), bool(moved and moved > node.until))


def returned(learner, study):
    """The newest return of each submission that waits for its author's revision, newest first. Two queries at most.

    What is booked to a training that was left waits for nothing any more.
    """
    left = {f"enrolment:{one.pk}" for one in study.left}
    submissions = [pk for pk, scope in _waiting(author=learner.pk) if scope not in left]
    return _newest_returns(submissions) if submissions else []


@prepared
def _waiting(author):
    rows = Submission.objects.filter(author=author, state=Submission.State.RETURNED)
    return rows.values_list("pk", "scope")


def _newest_returns(submissions):
    grades = Grade.objects.filter(
        version__submission__in=submissions, outcome=Grade.Outcome.RETURN, released_at__isnull=False
    )
    newest = {}
    for grade in grades.select_related("marker", "version__submission__activity").order_by("-released_at"):
        newest.setdefault(grade.version.submission_id, grade)
    return list(newest.values())


def openings(study, now):
    """Activities of the active places that open at a moment still to come, soonest first. No query."""
    rows = [(row.node, plan.tree.course) for plan in study.outlines for row in plan.rows]
    ahead = [(node, course) for node, course in rows if node.opens_at and node.opens_at > now]
    return sorted(ahead, key=lambda pair: pair[0].opens_at)


def running(learner, now):
    """Attempts at quizzes that are open and not over, the one that ends first at the head. One query."""
    found = [one for one in _open_attempts(learner=learner.pk) if one.due_at is None or one.due_at > now]
    return sorted(found, key=lambda one: (one.due_at is None, one.due_at or one.started_at))


@prepared
def _open_attempts(learner):
    return Attempt.objects.filter(learner=learner, submitted_at=None).select_related("activity")
