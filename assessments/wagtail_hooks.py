"""This app in the Wagtail admin. Questions and submissions each have their own module."""

from assessments import question_hooks, submission_hooks  # noqa: F401
