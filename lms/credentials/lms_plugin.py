"""What credentials contribute: they follow decisions, and the worker prints what is left."""

from datetime import timedelta

from lms.credentials import subscriptions  # noqa: F401
from lms.credentials.printing import print_what_is_left
from lms.jobs import jobs


@jobs.register
class PrintCredentials:
    key = "credentials_print"
    every = timedelta(minutes=5)

    @staticmethod
    def run(now):
        return print_what_is_left()
