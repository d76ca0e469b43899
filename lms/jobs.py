"""Recurring work: closing overdue attempts, lapsing offers, freezing policies, sending what waits.

An app registers a ``Job`` in its ``lms_plugin.py``; ``manage.py worker`` runs them when due, ``manage.py tick`` all
of them once (for cron on a small machine). Jobs are idempotent, and every rule they apply is also applied by the
next read, so that a silent worker delays nothing that people see.
"""

import logging
from datetime import timedelta
from typing import Protocol

from django.db import close_old_connections

from lms import clock
from lms.plugins import Registry

logger = logging.getLogger(__name__)

jobs = Registry("lms.jobs")


class Job(Protocol):
    """``every``: how long to wait between two runs. ``run``: do it; the returned number is logged when not zero."""

    key: str
    every: timedelta

    def run(self, now) -> int: ...


def run_all():
    """Run every job once; a job that fails is logged and stops no other. Returns what each did, by key."""
    return {job.key: _run(job) for job in jobs}


class Timetable:
    """Which jobs are due, by the real time of their last run in this process."""

    def __init__(self):
        self._last = {}

    def run_due(self):
        moment = clock.real_now()
        for job in jobs:
            last = self._last.get(job.key)
            if last is None or moment - last >= job.every:
                self._last[job.key] = moment
                _run(job)


def _run(job):
    close_old_connections()
    try:
        done = job.run(clock.now()) or 0
    except Exception:
        logger.exception("job failed", extra={"job": job.key})
        return None
    if done:
        logger.info("job done", extra={"job": job.key, "count": done})
    return done
