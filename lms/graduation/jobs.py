"""Freezing on the day a cohort starts."""

from datetime import timedelta

from lms.graduation.freezing import freeze_due
from lms.jobs import jobs


@jobs.register
class FreezePolicies:
    key = "graduation_freeze"
    every = timedelta(minutes=10)

    @staticmethod
    def run(now):
        return freeze_due(now)
