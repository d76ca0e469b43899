"""The one place that knows the time.

``now()`` is the domain's time: deadlines, offers, windows. In development and in the demo it can be moved by the
rehearsal clock, an offset in seconds in ``settings.CLOCK_FILE`` that is re-read when the file changes.
``real_now()`` is never moved: sessions, signatures, logs and receipts' tokens use it.
"""

import os
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

_seen = (None, timedelta(0))
_told = ContextVar("the moment that history is being told at", default=None)


def real_now():
    """The time on the wall, aware."""
    return _told.get() or timezone.now()


def now():
    """The time by which the programme's rules decide, aware."""
    return _told.get() or timezone.now() + offset()


@contextmanager
def at(moment):
    """Stand at a moment while history is loaded: both clocks show it inside the block. For the demo and imports."""
    token = _told.set(moment)
    try:
        yield moment
    finally:
        _told.reset(token)


def today():
    """The calendar date of ``now()`` in the programme's time zone."""
    return timezone.localdate(now())


def offset():
    """How far the rehearsal clock is moved; zero where it is switched off."""
    global _seen
    path = getattr(settings, "CLOCK_FILE", None)
    if not path:
        return timedelta(0)
    stamp = _stamp(path)
    if stamp != _seen[0]:
        _seen = (stamp, _read(path))
    return _seen[1]


def set_offset(delta):
    """Move the rehearsal clock to ``delta`` from the real time. Raises RuntimeError where it is switched off."""
    path = getattr(settings, "CLOCK_FILE", None)
    if not path:
        raise RuntimeError("The rehearsal clock is available only in development and in the demo.")
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".new")
    draft.write_text(str(int(delta.total_seconds())))
    os.replace(draft, path)


def _stamp(path):
    try:
        status = os.stat(path)
    except FileNotFoundError:
        return None
    return status.st_mtime_ns, status.st_size


def _read(path):
    try:
        return timedelta(seconds=int(Path(path).read_text().strip() or 0))
    except (FileNotFoundError, ValueError):
        return timedelta(0)
