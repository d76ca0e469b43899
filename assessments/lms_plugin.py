"""What this app contributes. Quizzes and submissions each have their own module."""

from assessments import quiz_plugin, submission_plugin  # noqa: F401
