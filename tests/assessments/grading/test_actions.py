"""Grades: sums that agree with the rubric, a veto for safety, drafts that nobody sees, facts that nobody changes."""

from datetime import timedelta

import pytest

from assessments.grading import actions as grading_actions
from assessments.grading import rules as grading_rules
from assessments.grading.actions import Words
from assessments.grading.rules import Weighed
from assessments.models import Grade, Submission
from assessments.submissions import erasure as submission_erasure
from lms.progress.models import Completion, LearningRecord
from lms.verdicts import Refused
from tests import factories
from tests.assessments import submission_factories as make

pytestmark = pytest.mark.usefixtures("in_english")


@pytest.fixture
def submission(work, learner, supervisor):
    """Handed in, and the supervisor may mark it."""
    made = make.filled(work, learner)
    make.hand_in(made)
    make.mark_by(made, supervisor)
    return made


@pytest.fixture
def safety(rubric):
    return rubric.criteria.first().pk


@pytest.fixture
def rest(rubric):
    return rubric.criteria.last().pk


def save(submission, marker, now, base=0, **words):
    version = submission.versions.last()
    grading_actions.save_grade(version, marker, Words(**words), base, now=now)
    return Grade.objects.get(version=version, marker=marker)


def state(submission):
    return Submission.objects.get(pk=submission.pk).state


# --- sums -----------------------------------------------------------------------------------------------------------
def test_the_sum_is_weight_times_level_over_four():
    """The worked example of the programme's rubric: 20·4 + 20·3 + 15·3 + 20·3 + 15·2 + 10·4, over four."""
    weights, points = (20, 20, 15, 20, 15, 10), (4, 3, 3, 3, 2, 4)
    chosen = [Weighed(weight, False, point) for weight, point in zip(weights, points, strict=True)]
    assert grading_rules.total(chosen) == 78.75
    part = [*chosen[:5], Weighed(10, False, None)]
    assert (grading_rules.total(part), grading_rules.reachable(part), grading_rules.left(part)) == (68.75, 90, 1)


def test_weights_that_are_not_a_hundred_are_scaled():
    assert grading_rules.total([Weighed(1, False, 2), Weighed(1, False, 4)]) == 75
    assert grading_rules.total([]) is None


@pytest.mark.parametrize(
    ("outcome", "points", "words"),
    [
        ("accept", (4, None), "1 criterion has no level"),
        ("accept", (1, 4), "lowest level in safety"),
        ("accept", (2, 2), "50 is below the pass mark of 60"),
        ("return", (4, 4), "at least one sentence"),
        ("reject", (4, 4), "at least one sentence"),
        ("promote", (4, 4), "Choose what is to happen"),
    ],
)
def test_an_outcome_that_does_not_fit_the_rubric_is_refused_with_the_reason(outcome, points, words):
    chosen = [Weighed(20, True, points[0]), Weighed(80, False, points[1])]
    verdict = grading_rules.may_release(outcome, chosen, pass_mark=60, said=False)
    assert not verdict and words in str(verdict.reason)


# --- drafts ---------------------------------------------------------------------------------------------------------
def test_a_draft_keeps_every_word_as_typed_and_a_second_window_is_told(submission, supervisor, safety, rest, now):
    words = {"points": {safety: 4}, "comments": {rest: "  第一行\n第二行 "}, "remarks": {"about": "更具体"}}
    grade = save(submission, supervisor, now, **words)
    assert grading_actions.words_of(grade) == Words(**words)
    with pytest.raises(grading_actions.StaleGrade) as stale:
        save(submission, supervisor, now, base=0, points={safety: 2})
    assert grading_actions.words_of(stale.value.grade) == Words(**words)
    again = save(submission, supervisor, now, base=0, **words)
    assert again.revision == 1
    changed = save(submission, supervisor, now, base=1, points={rest: 3})
    assert grading_actions.words_of(changed) == Words(points={rest: 3}) and changed.revision == 2


def test_only_an_active_marker_writes(submission, ben, supervisor, now):
    with pytest.raises(Refused, match="not a marker"):
        save(submission, ben, now)
    submission.markers.update(until=now)
    with pytest.raises(Refused, match="not a marker"):
        save(submission, supervisor, now)


def test_two_markers_write_apart_and_the_first_answer_counts(submission, supervisor, ben, safety, rest, now):
    make.mark_by(submission, ben, "instructor")
    mine = save(submission, supervisor, now, points={safety: 4, rest: 4})
    theirs = save(submission, ben, now, comment="please add dates")
    grading_actions.release(mine, "accept", by=supervisor, now=now)
    with pytest.raises(Refused, match="no longer waits"):
        grading_actions.release(theirs, "return", by=ben, now=now)


# --- release --------------------------------------------------------------------------------------------------------
def test_accepting_completes_the_activity_with_the_score(submission, supervisor, learner, safety, rest, now):
    grade = save(submission, supervisor, now, points={safety: 4, rest: 3})

    grading_actions.release(grade, "accept", by=supervisor, now=now)

    grade.refresh_from_db()
    assert (grade.total, grade.outcome, state(submission)) == (80, "accept", "accepted")
    record = LearningRecord.objects.get(verb="accepted")
    assert (record.learner, record.score, record.facts["scope"]) == (learner, 80, submission.scope)
    completion = Completion.objects.get()
    assert completion.completed_at == now and completion.best_score == 80


def test_returning_opens_the_draft_again_and_the_next_version_gets_a_grade_of_its_own(
    submission, supervisor, safety, rest, now
):
    grade = save(submission, supervisor, now, comment="please add dates")
    grading_actions.release(grade, "return", by=supervisor, now=now)
    assert state(submission) == "returned"

    submission.refresh_from_db()
    make.hand_in(submission)
    second = save(submission, supervisor, now, points={safety: 3, rest: 3})
    grading_actions.release(second, "accept", by=supervisor, now=now + timedelta(days=1))

    assert (state(submission), second.version.number) == ("accepted", 2)
    assert list(Grade.objects.released().order_by("pk").values_list("outcome", flat=True)) == ["return", "accept"]


def test_safety_on_its_lowest_level_cannot_be_accepted_whatever_the_sum(submission, supervisor, safety, rest, now):
    grade = save(submission, supervisor, now, points={safety: 1, rest: 4}, comment="the risk was not reported")
    with pytest.raises(Refused, match="lowest level in safety"):
        grading_actions.release(grade, "accept", by=supervisor, now=now)
    grading_actions.release(grade, "reject", by=supervisor, now=now)
    assert state(submission) == "rejected" and not LearningRecord.objects.filter(verb="accepted").exists()


def test_after_release_nothing_can_be_changed_or_released_again(submission, supervisor, safety, rest, now):
    grade = save(submission, supervisor, now, points={safety: 4, rest: 4})
    grading_actions.release(grade, "accept", by=supervisor, now=now)
    with pytest.raises(Refused, match="has been released"):
        save(submission, supervisor, now, base=1, points={safety: 1})
    with pytest.raises(Refused, match="has been released"):
        grading_actions.release(grade, "reject", by=supervisor, now=now)
    grade.refresh_from_db()
    assert grade.total == 100


def test_work_without_a_rubric_is_accepted_without_a_grade(course, record, learner, supervisor, now):
    made = make.filled(make.assignment(course, form="record"), learner)
    make.hand_in(made)
    make.mark_by(made, supervisor)
    grade = save(made, supervisor, now)
    grading_actions.release(grade, "accept", by=supervisor, now=now)
    grade.refresh_from_db()
    assert grade.total is None and state(made) == "accepted"


def test_erasing_takes_the_markers_words_and_leaves_the_grade_counting(
    submission, supervisor, staff, enrolment, safety, rest, now
):
    words = {"comment": make.CANARY, "comments": {safety: make.CANARY}, "remarks": {"about": make.CANARY}}
    grade = save(submission, supervisor, now, points={safety: 4, rest: 4}, **words)
    grading_actions.release(grade, "accept", by=supervisor, now=now)

    facts = submission_erasure.erase_submission(submission, staff, "asked by the guardian", now)

    grade.refresh_from_db()
    assert make.CANARY not in f"{grade.comment}{grading_actions.words_of(grade)}{facts}"
    assert facts["grades"][0]["total"] == 100 and grade.total == 100
    assert Submission.objects.accepted().count_by_enrolment([enrolment]) == {enrolment.pk: 1}
    other = factories.enrol(factories.person("other"), enrolment.intake)
    assert Submission.objects.accepted().count_by_enrolment([enrolment, other]) == {enrolment.pk: 1, other.pk: 0}
