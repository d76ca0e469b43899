"""The rehearsal clock: move the programme's time in development and in the demo."""

import re
from datetime import timedelta

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from lms import clock

STEP = re.compile(r"([+-]?\d+)([dhm])")
UNITS = {"d": "days", "h": "hours", "m": "minutes"}


class Command(BaseCommand):
    help = "Show the programme's time; move it with +3d, +2h, -30m; 'real' returns to the time on the wall."

    def add_arguments(self, parser):
        parser.add_argument("move", nargs="?", help="+3d, +2h30m, -1d or real")
        parser.prefix_chars = "="  # so that -1d is a value, not an option

    def handle(self, move=None, **options):
        if move:
            self.move(move)
        local = timezone.localtime(clock.now())
        self.stdout.write(f"{local:%Y-%m-%d %H:%M} ({clock.offset() or 'real time'})")

    def move(self, text):
        steps = STEP.findall(text)
        if text != "real" and "".join(map("".join, steps)) != text:
            raise CommandError("Say how far, like +3d, +2h30m or -1d, or 'real'.")
        delta = sum((timedelta(**{UNITS[unit]: int(number)}) for number, unit in steps), timedelta(0))
        try:
            clock.set_offset(timedelta(0) if text == "real" else clock.offset() + delta)
        except RuntimeError as refusal:
            raise CommandError(str(refusal)) from refusal
