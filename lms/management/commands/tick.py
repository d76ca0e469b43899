from django.core.management.base import BaseCommand

from lms import jobs


class Command(BaseCommand):
    help = "Run every recurring job once (for cron; the worker runs them by itself)."

    def handle(self, **options):
        for key, done in jobs.run_all().items():
            self.stdout.write(f"{key}: {'failed' if done is None else done}")
