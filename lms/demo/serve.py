"""The production web server and the background worker, started together and ended together."""

import os
import signal
import subprocess
import sys
import time

GRACE = 15  # seconds that a process has to finish what it is doing


def serve(host, port, *, workers=2, threads=4):
    """Run gunicorn and the worker until one ends or Ctrl-C; returns the exit code. Every child is gone afterwards."""
    children = [
        subprocess.Popen(_gunicorn(host, port, workers, threads), start_new_session=True),
        subprocess.Popen([sys.executable, "manage.py", "worker", "--verbosity", "0"], start_new_session=True),
    ]
    for number in (signal.SIGTERM, signal.SIGINT):  # said outright: a shell's background jobs start deaf to Ctrl-C
        signal.signal(number, _interrupt)
    try:
        while all(child.poll() is None for child in children):
            time.sleep(0.3)
        return next(child.returncode for child in children if child.poll() is not None) or 1
    except KeyboardInterrupt:
        return 0
    finally:
        _end(children)


def _gunicorn(host, port, workers, threads):
    return [
        *[sys.executable, "-m", "gunicorn", "lms.wsgi", "--bind", f"{host}:{port}"],
        *["--workers", str(workers), "--threads", str(threads), "--max-requests", "2000"],
        *["--max-requests-jitter", "200", "--log-level", "warning", "--preload"],
    ]


def _interrupt(*_):
    raise KeyboardInterrupt


def _end(children):
    for child in children:
        _signal(child, signal.SIGTERM)
    for child in children:
        try:
            child.wait(GRACE)
        except subprocess.TimeoutExpired:
            _signal(child, signal.SIGKILL)


def _signal(child, number):
    if child.poll() is None:
        os.killpg(child.pid, number)
