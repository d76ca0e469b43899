"""What graduation contributes: criteria, the outlook on the home page, shares of service, a job, the desk's queues."""

from lms.graduation import jobs, outlook, queues, shares  # noqa: F401

# Registered in the order in which the staff form shows them.
# isort: off
from lms.graduation.criteria import required_lessons, quizzes_passed, accepted_records, average_grade  # noqa: F401
from lms.graduation.criteria import service_hours  # noqa: F401
