"""What media does by itself: clear away uploads that nobody finished."""

from datetime import timedelta

from lms.jobs import jobs
from media import uploads


@jobs.register
class SweepUploads:
    key = "sweep_uploads"
    every = timedelta(hours=1)

    @staticmethod
    def run(now):
        swept = uploads.sweep(now)
        return swept["uploads"] + swept["orphans"]
