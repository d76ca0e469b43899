"""What is asked and marked. The models live in one module per matter; this one names them all for Django."""

from assessments.assignments import AssignmentPage
from assessments.attempts import Attempt, AttemptItem, Override
from assessments.grading import Grade, GradeItem, GradeRemark
from assessments.questions import Question, QuestionVersion
from assessments.quizzes import QuizItem, QuizPage
from assessments.rubrics import Rubric, RubricCriterion, RubricLevel
from assessments.submissions import Marker, Submission, SubmissionFile, SubmissionVersion

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
