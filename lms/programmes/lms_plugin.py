"""Grants that run out take their groups with them."""

from datetime import timedelta

from lms.jobs import jobs
from lms.programmes import actions


class EndExpiredGrants:
    key = "programmes.end_expired_grants"
    every = timedelta(minutes=1)

    def run(self, now):
        return actions.end_expired_grants(now)


jobs.register(EndExpiredGrants())
