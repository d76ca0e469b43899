"""Lessons that were opened stay readable without a network, for the one person who opened them, while signed in.

The page says whose copy it is and until when it may be kept: as long as its reader stays signed in, or half a day where
they did not ask to stay signed in on this device: it may be somebody else's phone. ``templates/learn/sw.js`` obeys.
"""

from django.utils.crypto import salted_hmac

from lms import clock

HALF_A_DAY = 12 * 3600


def reader_mark(user):
    """Who a kept page belongs to, in a text that tells a device nothing else."""
    return salted_hmac("lms.progress.offline", str(user.pk)).hexdigest()[:16]


def reader_until(session):
    """When a kept page has to go, in seconds."""
    stays = HALF_A_DAY if session.get_expire_at_browser_close() else session.get_expiry_age()
    return int(clock.real_now().timestamp()) + stays
