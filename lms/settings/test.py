"""Tests: fast hashing, memory caches and mail, plain static files. The database is TEST_DATABASE_URL or in memory."""

import tempfile
from pathlib import Path

from .base import *
from .base import MIDDLEWARE, WAGTAILSEARCH_BACKENDS, database, env

SECRET_KEY = "tests"
ALLOWED_HOSTS = ["*"]
SITE_URL = WAGTAILADMIN_BASE_URL = "http://testserver"
DATABASES = {"default": database("TEST_DATABASE_URL", default="sqlite://:memory:")}
if "sqlite" in DATABASES["default"]["ENGINE"]:  # a file when the address names one: races need it
    DATABASES["default"]["TEST"] = {"NAME": DATABASES["default"]["NAME"]}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
room = tempfile.TemporaryDirectory(prefix="liangxing-test-")  # goes when the process ends
VAR = Path(room.name)
MEDIA_ROOT = VAR / "media"
PRIVATE_ROOT = VAR / "private"
CLOCK_FILE = VAR / "clock"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "private": {"BACKEND": "media.storage.PrivateStorage", "OPTIONS": {"location": str(PRIVATE_ROOT)}},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "default"},
    "content": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "content"},
    "rendered": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "rendered"},
}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
MIDDLEWARE = [name for name in MIDDLEWARE if "whitenoise" not in name]
SECOND_FACTOR_REQUIRED = env.bool("SECOND_FACTOR_REQUIRED", default=True)
ACCOUNT_RATE_LIMITS = False
# a page is put into the index of the search only where a test searches: the fixture ``searchable``
WAGTAILSEARCH_BACKENDS = {"default": {**WAGTAILSEARCH_BACKENDS["default"], "AUTO_UPDATE": False}}
LOGGING = {}
