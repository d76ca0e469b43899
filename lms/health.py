"""Whether the process answers, and whether everything it needs is there. For load balancers and operators, in JSON."""

import uuid
from datetime import timedelta

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import JsonResponse
from django.views.decorators.cache import never_cache

from lms import clock
from lms.notifications.models import Heartbeat

WORKER_SILENT_AFTER = timedelta(minutes=3)


@never_cache
def healthz(request):
    """The process answers."""
    return JsonResponse({"status": "ok"})


@never_cache
def readyz(request):
    """Database, migrations, worker and storage: 200 when all are well, 503 with what is not."""
    checks = {name: _tried(check) for name, check in CHECKS.items()}
    well = all(answer == "ok" for answer in checks.values())
    return JsonResponse({"status": "ok" if well else "unavailable", **checks}, status=200 if well else 503)


def _tried(check):
    try:
        return check() or "ok"
    except Exception as error:
        return type(error).__name__


def _database():
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _migrations():
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return "migrations are missing"


def _worker():
    beat = Heartbeat.objects.filter(name="worker").first()
    if beat is None:
        return "no worker has run yet"
    if clock.real_now() - beat.at > WORKER_SILENT_AFTER:
        return f"silent since {beat.at.isoformat(timespec='seconds')}"


def _storage():
    for alias in ("default", "private"):
        storage = storages[alias]
        name = storage.save(f"readyz-{uuid.uuid4().hex}", ContentFile(b"ok"))
        storage.delete(name)


CHECKS = {"database": _database, "migrations": _migrations, "worker": _worker, "storage": _storage}
