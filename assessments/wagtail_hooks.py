"""This app in the Wagtail admin. Questions and submissions each have their own module."""

from assessments.grading import hooks as submission_hooks  # noqa: F401
from assessments.questions import hooks as question_hooks  # noqa: F401
