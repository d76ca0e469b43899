"""The demo: production without HTTPS-only cookies and without a required second factor. Refused on a public address."""

import ipaddress
import secrets
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from .base import *
from .base import DEVELOPMENT_KEY, SECRET_KEY, SITE_URL, VAR


def is_private(url):
    """Whether the address of a site can be reached only from this machine or its own network."""
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return host == "localhost" or host.endswith((".local", ".localhost", ".lan", ".internal"))


def kept_key(path):
    """A random key for this copy of the demo, made once and kept beside its data."""
    path = Path(path)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(64))
    return path.read_text()


if not is_private(SITE_URL):
    raise ImproperlyConfigured("The demo's accounts are public knowledge: it does not start on a public SITE_URL.")
if SECRET_KEY == DEVELOPMENT_KEY:
    SECRET_KEY = kept_key(VAR / "demo-key")

ALLOWED_HOSTS = ["*"]
CLOCK_FILE = VAR / "clock"
SECOND_FACTOR_REQUIRED = False
SAMPLE_CERTIFICATES = True
