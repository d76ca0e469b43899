"""What this app contributes. Quizzes and submissions each have their own module."""

from assessments.quizzes import plugin as quiz_plugin  # noqa: F401
from assessments.submissions import plugin as submission_plugin  # noqa: F401
