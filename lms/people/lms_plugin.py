"""What people contribute: signing in notes the moment."""

from lms.people import staff_sessions  # noqa: F401  listens
