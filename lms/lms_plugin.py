"""What the project itself contributes: the checks that look at every registry, and tidying up after libraries."""

from lms import housekeeping, stored_keys  # noqa: F401
