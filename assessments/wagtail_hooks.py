"""This app in the Wagtail admin. Questions, quizzes and submissions each have their own module."""

from assessments.grading import hooks as submission_hooks  # noqa: F401
from assessments.questions import hooks as question_hooks  # noqa: F401
from assessments.quizzes import hooks as quiz_hooks  # noqa: F401
