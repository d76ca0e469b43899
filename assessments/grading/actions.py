"""What markers do: keep a draft of a grade, release it. Nothing is released by half; nothing changes afterwards."""

from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from assessments.events import SubmissionGraded
from assessments.grading import rules
from assessments.grading.models import Grade, GradeItem, GradeRemark
from assessments.grading.rules import Weighed
from assessments.submissions import assignments
from assessments.submissions.actions import Saved
from assessments.submissions.models import Marker, Submission
from content.events import LearningEvent
from lms.events import publish
from lms.verdicts import Refused, Verdict


@dataclass(frozen=True)
class Words:
    """What a marker chose and wrote, as typed. ``points`` and ``comments`` by criterion id, ``remarks`` by section."""

    points: dict = field(default_factory=dict)
    comments: dict = field(default_factory=dict)
    remarks: dict = field(default_factory=dict)
    comment: str = ""

    @property
    def texts(self):
        """Everything that was written."""
        return [self.comment, *self.comments.values(), *self.remarks.values()]

    @property
    def said(self):
        """Whether there is anything for the author to read."""
        return any(text.strip() for text in self.texts)


class StaleGrade(Refused):
    """Another window of the same marker saved in between. ``grade`` is what is stored."""

    def __init__(self, grade):
        super().__init__(_("This grade was changed in another window."), Verdict(False))
        self.grade = grade


def rubric_of(submission):
    """The assignment's rubric, or None; also None when the assignment is no longer published."""
    assignment = assignments.find(submission.activity)
    return assignment.rules.rubric if assignment else None


def criteria_of(rubric):
    return list(rubric.criteria.prefetch_related("levels")) if rubric else []


def weighed(criteria, points):
    """The criteria with the points chosen, for the rules."""
    return [
        Weighed(one.weight, one.veto, points.get(one.pk), max((level.points for level in one.levels.all()), default=4))
        for one in criteria
    ]


def words_of(grade):
    """What is stored of a grade. Two queries."""
    if grade is None:
        return Words()
    items = list(grade.items.all())
    return Words(
        points={item.criterion_id: item.points for item in items if item.points is not None},
        comments={item.criterion_id: item.comment for item in items if item.comment},
        remarks={remark.section: remark.text for remark in grade.remarks.all() if remark.text},
        comment=grade.comment,
    )


@transaction.atomic
def save_grade(version, marker, words, base_revision, *, now):
    """Keep the draft of this marker's grade. Raises Refused, or StaleGrade when another window was faster."""
    rules.can_be_kept(words.texts).require()
    submission = Submission.objects.select_for_update().get(pk=version.submission_id)
    grade = Grade.objects.filter(version=version, marker=marker).first()
    _may_change(submission, version, grade, marker, now).require()
    if grade and words_of(grade) == words:
        return Saved(grade.revision, grade.saved_at)
    if (grade.revision if grade else 0) != base_revision:
        raise StaleGrade(grade)
    grade = grade or Grade(version=version, marker=marker)
    grade.comment, grade.revision, grade.saved_at = words.comment, base_revision + 1, now
    grade.save()
    _store(grade, words)
    return Saved(grade.revision, now)


def _may_change(submission, version, grade, marker, now):
    return rules.may_change(
        grade.released_at if grade else None,
        is_marker=Marker.objects.active(now).filter(submission=submission, user=marker).exists(),
        is_latest=not submission.versions.filter(number__gt=version.number).exists(),
        waits=submission.state == Submission.State.SUBMITTED and not submission.is_closed,
    )


def _store(grade, words):
    keys = sorted({*words.points, *words.comments})
    GradeItem.objects.filter(grade=grade).exclude(criterion__in=keys).delete()
    GradeItem.objects.bulk_create(
        [
            GradeItem(grade=grade, criterion_id=key, points=words.points.get(key), comment=words.comments.get(key, ""))
            for key in keys
        ],
        update_conflicts=True,
        unique_fields=["grade", "criterion"],
        update_fields=["points", "comment"],
    )
    GradeRemark.objects.filter(grade=grade).exclude(section__in=words.remarks).delete()
    GradeRemark.objects.bulk_create(
        [GradeRemark(grade=grade, section=section, text=text) for section, text in words.remarks.items()],
        update_conflicts=True,
        unique_fields=["grade", "section"],
        update_fields=["text"],
    )


@transaction.atomic
def release(grade, outcome, *, by, now):
    """Tell the author: return for revision, accept or do not accept. Raises Refused. From here on it is a fact."""
    submission = Submission.objects.select_for_update().select_related("activity").get(pk=grade.version.submission_id)
    grade = Grade.objects.select_for_update().get(pk=grade.pk, marker=by)
    _may_change(submission, grade.version, grade, by, now).require()
    rubric, words = rubric_of(submission), words_of(grade)
    chosen = weighed(criteria_of(rubric), words.points)
    pass_mark = rubric.pass_mark if rubric else 0
    rules.may_release(outcome, chosen, pass_mark=pass_mark, said=words.said).require()
    grade.outcome, grade.released_at = outcome, now
    grade.total = None if rules.left(chosen) else rules.total(chosen)
    grade.save(update_fields=["outcome", "released_at", "total"])
    submission.state = STATES[outcome]
    submission.save(update_fields=["state"])
    publish(SubmissionGraded(submission.pk, grade.pk))
    if outcome == Grade.Outcome.ACCEPT:
        publish(_accepted(submission, grade, now))
    return grade


STATES = {
    Grade.Outcome.RETURN: Submission.State.RETURNED,
    Grade.Outcome.ACCEPT: Submission.State.ACCEPTED,
    Grade.Outcome.REJECT: Submission.State.REJECTED,
}


def _accepted(submission, grade, now):
    return LearningEvent(
        activity_id=submission.activity_id,
        learner_id=submission.author_id,
        verb="accepted",
        at=now,
        key=f"accepted:{submission.uuid}",
        score=grade.total,
        facts={"submission": str(submission.uuid), "scope": submission.scope},
    )
