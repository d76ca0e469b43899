"""What people contribute: signing in notes the moment; sessions and sign-ups that came to nothing are cleared away."""

from datetime import timedelta

from lms.jobs import jobs
from lms.people import leftovers, staff_sessions  # noqa: F401  the second listens


@jobs.register
class SweepSessions:
    key = "people.sweep_sessions"
    every = timedelta(hours=1)

    @staticmethod
    def run(now):
        return leftovers.sweep_sessions()


@jobs.register
class SweepSignUps:
    key = "people.sweep_sign_ups"
    every = timedelta(days=1)

    @staticmethod
    def run(now):
        return leftovers.sweep_sign_ups(now)
