"""How often somebody without an account may look up certificates: per address, and per number whoever asks.

Counted with ``add`` and ``incr``, which hold for many at once in Redis and in ``lms.cache``. allauth's limits are not
meant for others and count no GET; django-ratelimit would call the same two on the same cache.
"""

from allauth.account.adapter import get_adapter
from django.core.cache import cache

from lms import clock

PER_ADDRESS = (30, 60)  # tries, seconds
PER_NUMBER = (10, 600)


def within_limits(request, number=""):
    """Count this try; whether it is allowed. Guessing the name to one number is slowed down from everywhere at once."""
    address = get_adapter().get_client_ip(request)
    return _counted("address", address, *PER_ADDRESS) and (not number or _counted("number", number, *PER_NUMBER))


def _counted(kind, who, tries, seconds):
    window = int(clock.real_now().timestamp() // seconds)
    key = f"verify:{kind}:{who}:{window}"
    cache.add(key, 0, timeout=seconds)
    try:
        return cache.incr(key) <= tries
    except ValueError:  # the window has just ended
        return True
