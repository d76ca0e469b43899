"""What the project itself contributes: the checks that look at every registry."""

from lms import stored_keys  # noqa: F401
