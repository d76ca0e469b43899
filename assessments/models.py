"""What is asked and marked. The models live in one module per matter; this one names them all for Django."""

from assessments.grading.models import Grade, GradeItem, GradeRemark
from assessments.grading.rubrics import Rubric, RubricCriterion, RubricLevel
from assessments.questions.models import Question, QuestionVersion
from assessments.quizzes.attempts import Attempt, AttemptItem, Override
from assessments.quizzes.models import QuizItem, QuizPage
from assessments.submissions.assignments import AssignmentPage
from assessments.submissions.models import Marker, Submission, SubmissionFile, SubmissionVersion

__all__ = [
    "AssignmentPage",
    "Attempt",
    "AttemptItem",
    "Grade",
    "GradeItem",
    "GradeRemark",
    "Marker",
    "Override",
    "Question",
    "QuestionVersion",
    "QuizItem",
    "QuizPage",
    "Rubric",
    "RubricCriterion",
    "RubricLevel",
    "Submission",
    "SubmissionFile",
    "SubmissionVersion",
]
