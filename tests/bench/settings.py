"""The product as the bench serves it: the demo's settings, its database where the bench says, limits off."""

from lms.settings.demo import *  # noqa: F403

ACCOUNT_RATE_LIMITS = False
LOGGING = {}
