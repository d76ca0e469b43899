"""What media does by itself: clear away uploads that nobody finished, and what is too old in the log of openings."""

from datetime import timedelta

from lms.jobs import jobs
from lms.retention import before
from media import uploads
from media.models import Opening


@jobs.register
class SweepUploads:
    key = "sweep_uploads"
    every = timedelta(hours=1)

    @staticmethod
    def run(now):
        swept = uploads.sweep(now)
        return swept["uploads"] + swept["orphans"]


@jobs.register
class SweepOpenings:
    """Who opened what is kept for as long as the law wants logs to be, and then no longer."""

    key = "sweep_openings"
    every = timedelta(days=1)

    @staticmethod
    def run(now):
        return Opening.objects.filter(at__lt=before("LOGS", now)).delete()[0]
