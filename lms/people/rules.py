"""How long somebody stays signed in. Values in, verdicts out."""

from django.utils.translation import ngettext

from lms.verdicts import Verdict, first_no


def may_stay(*, came, seen, now, idle, longest):
    """Whether a session of somebody who works here goes on: not left alone for long, and not begun too long ago.

    ``came``, ``seen``, ``now``: seconds of one clock; ``idle``, ``longest``: durations.
    """
    minutes, hours = idle.total_seconds() // 60, longest.total_seconds() // 3600
    return first_no(
        Verdict(now - seen <= idle.total_seconds(), _alone(int(minutes))),
        Verdict(now - came <= longest.total_seconds(), _long(int(hours))),
    )


def _alone(minutes):
    return ngettext(
        "You were signed out, because nobody was here for %(n)s minute. Please sign in again.",
        "You were signed out, because nobody was here for %(n)s minutes. Please sign in again.",
        minutes,
    ) % {"n": minutes}


def _long(hours):
    return ngettext(
        "You were signed out after %(n)s hour. Please sign in again.",
        "You were signed out after %(n)s hours. Please sign in again.",
        hours,
    ) % {"n": hours}
