"""What libraries beneath us leave behind and nobody needs: ended counts and locks, finished tasks, old log entries."""

from datetime import timedelta

from django.conf import settings
from django.core.cache import caches
from django_tasks_db.models import DBTaskResult
from wagtail.models import ModelLogEntry, PageLogEntry

from lms.cache import DatabaseCache
from lms.jobs import jobs
from lms.retention import before


@jobs.register
class SweepCache:
    """Redis forgets by itself; a table does not."""

    key = "lms.sweep_cache"
    every = timedelta(hours=1)

    @staticmethod
    def run(now):
        found = [caches[name] for name in settings.CACHES]
        return sum(cache.sweep() for cache in found if isinstance(cache, DatabaseCache))


@jobs.register
class SweepTasks:
    key = "lms.sweep_tasks"
    every = timedelta(days=1)

    @staticmethod
    def run(now):
        return DBTaskResult.objects.finished().filter(finished_at__lt=before("TASKS", now)).delete()[0]


@jobs.register
class SweepLog:
    """Wagtail's log of what staff did. What was decided about anybody stands in its own records, not here alone."""

    key = "lms.sweep_log"
    every = timedelta(days=1)

    @staticmethod
    def run(now):
        logs = (ModelLogEntry, PageLogEntry)
        return sum(log.objects.filter(timestamp__lt=before("LOGS", now)).delete()[0] for log in logs)
