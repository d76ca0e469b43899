"""``manage.py rebuild_completions``: completions are a cache of the learning records; work them out anew."""

from django.core.management.base import BaseCommand

from lms.progress.records import rebuild


class Command(BaseCommand):
    help = "Rebuild every completion from the learning records."

    def handle(self, **options):
        self.stdout.write(f"{rebuild()} completions")
