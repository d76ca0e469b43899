"""What progress adds to the layers beneath: who may open an activity, and what becomes of learning events."""

from content.access import access_rules
from lms.progress import leaving, records  # noqa: F401  (they subscribe)
from lms.progress.access import CourseAccess

access_rules.register(CourseAccess())
