"""How long things stay that have no other reason to. The periods are settings; docs/retention.md says what and why."""

from datetime import timedelta

from django.conf import settings


def before(what, now):
    """The moment from which things of this kind have been kept for long enough: what is older may go."""
    return now - timedelta(days=settings.KEPT_DAYS[what])
