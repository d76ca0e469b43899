"""Development: readable errors, plain static files, a second factor on request only."""

from .base import *
from .base import MIDDLEWARE, STORAGES, VAR

DEBUG = True
ALLOWED_HOSTS = ["*"]
INTERNAL_IPS = ["127.0.0.1"]
CLOCK_FILE = VAR / "clock"
SECOND_FACTOR_REQUIRED = False
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
MIDDLEWARE = [name for name in MIDDLEWARE if "whitenoise" not in name]
LOGGING = {}
