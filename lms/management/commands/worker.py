"""The background worker: recurring jobs in a thread, queued tasks in the main one."""

import threading

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import close_old_connections

from lms import clock
from lms.jobs import Timetable
from lms.notifications.models import Heartbeat

PULSE = 5  # seconds between two looks at the timetable


class Command(BaseCommand):
    help = "Do what waits: queued tasks, and recurring jobs when they are due. Ends on SIGTERM or Ctrl-C."

    def handle(self, **options):
        stop = threading.Event()
        thread = threading.Thread(target=self.keep_time, args=[stop], daemon=True)
        thread.start()
        try:
            # as on a command line: the default backend is checked too, and it keeps no queue
            given = ["--backend", "later", "--queue-name", "*", "--no-reload"]
            call_command("db_worker", *given, verbosity=options["verbosity"])
        finally:
            stop.set()
            thread.join(timeout=10)

    def keep_time(self, stop):
        timetable = Timetable()
        while not stop.is_set():
            close_old_connections()
            Heartbeat.objects.update_or_create(name="worker", defaults={"at": clock.real_now()})
            timetable.run_due()
            stop.wait(PULSE)
