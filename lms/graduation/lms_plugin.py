"""What graduation contributes: its criteria, the outlook on the home page, a job, the queues of the desk."""

from lms.graduation import jobs, outlook, queues  # noqa: F401
from lms.graduation.criteria import (  # noqa: F401
    accepted_records,
    average_grade,
    quizzes_passed,
    required_lessons,
    service_hours,
)
