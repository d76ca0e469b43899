"""Assignments, forms, submissions and markers, made by the product's own actions where there are any."""

from dataclasses import dataclass
from datetime import timedelta

from assessments.grading import actions as grading_actions
from assessments.grading.actions import Words
from assessments.models import Grade, Marker, Rubric, RubricCriterion, RubricLevel
from assessments.submissions import Field, Section
from assessments.submissions import actions as submission_actions
from assessments.submissions.assignments import AssignmentPage
from lms import clock
from lms.verdicts import YES
from tests.factories import activity_of, publish

LONG = "孩子A和祖父一起住,父母在外地务工,每月通电话两三次。" * 5
CANARY = "CANARY-虚小明"


@dataclass
class Record:
    """A small structured form: every kind of field in two sections."""

    key: str = "record"
    label: str = "A record"
    allowed: object = YES
    names: tuple = ()

    def sections(self):
        contact = (
            Field("week", "Week", "number", minimum=1, maximum=60),
            Field("done", "What was done", minimum=10),
        )
        return [
            Section(
                "about",
                "About the child",
                (
                    Field(
                        "source", "Source", "choice", minimum=1, choices=(("station", "Station"), ("school", "School"))
                    ),
                    Field("need", "Need", minimum=40, hint="40 to 500"),
                    Field("seen", "Seen on", "date", minimum=1),
                    Field("risks", "Risks", "choices", choices=(("care", "Care"), ("harm", "Harm"))),
                ),
            ),
            Section(
                "work",
                "What was done",
                (
                    Field("contacts", "Contact", "rows", minimum=2, fields=contact),
                    Field("papers", "Papers", "files"),
                    Field("title", "Title", "line"),
                ),
            ),
        ]

    def may_start(self, activity, learner, now):
        return self.allowed

    def names_to_find(self, submission):
        return list(self.names)

    def start_url(self, activity, learner):
        return ""

    def caption(self, submission):
        return "K-0007"


ABOUT = {"source": "station", "need": LONG, "seen": "2026-11-04"}
WORK = {"contacts": [{"week": "1", "done": LONG}, {"week": "3", "done": LONG}]}


def rubric(*weights, veto=0):
    """Criteria of these weights with four levels each; the one at index ``veto`` refuses on its lowest."""
    made = Rubric.objects.create(title="评分量表")
    for order, weight in enumerate(weights or (20, 80)):
        criterion = RubricCriterion.objects.create(
            rubric=made, title=f"标准{order + 1}", weight=weight, veto=order == veto, sort_order=order
        )
        for points in (4, 3, 2, 1):
            RubricLevel.objects.create(criterion=criterion, points=points, text=f"level {points}")
    return made


def assignment(course, *, title="个案记录", **fields):
    """A published assignment in the course's first module; its activity."""
    module = course.get_children().first().specific
    page = AssignmentPage(title=title, slug=f"a{module.get_children().count() + 1}", **fields)
    publish(module.add_child(instance=page))
    return activity_of(page)


def filled(activity, learner, *, key="", about=None, work=None):
    """A draft in which nothing is missing."""
    now = clock.now()
    submission = submission_actions.start(activity, learner, key=key, now=now)
    for section, values in (("about", about or ABOUT), ("work", work or WORK)):
        submission.refresh_from_db()
        submission_actions.save_section(submission, section, values, submission.revision_of(section), now=now)
    submission.refresh_from_db()
    return submission


def hand_in(submission, *, key=None, now=None):
    now = now or clock.now()
    checked = submission_actions.check(submission, now=now)
    version = submission_actions.submit(
        submission,
        key=key or f"key-{submission.pk}-{submission.versions.count()}",
        seen=checked.sha256,
        confirmed={finding.id for finding in checked.findings},
        now=now,
    )
    submission.refresh_from_db()
    return version


def mark_by(submission, user, capacity="supervisor", **fields):
    return Marker.objects.create(
        submission=submission, user=user, capacity=capacity, allowed_at=clock.now() - timedelta(hours=1), **fields
    )


def answer(submission, marker, outcome, **words):
    """The marker's released grade of the newest version."""
    now, version = clock.now(), submission.versions.last()
    rubric = grading_actions.rubric_of(submission)
    points = {criterion.pk: 4 for criterion in grading_actions.criteria_of(rubric)}
    words = Words(**{"points": points, "comment": "please add dates", **words})
    grading_actions.save_grade(version, marker, words, 0, now=now)
    grade = Grade.objects.get(version=version, marker=marker)
    grade = grading_actions.release(grade, outcome, by=marker, now=now)
    submission.refresh_from_db()
    return grade
