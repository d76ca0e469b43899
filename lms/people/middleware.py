"""A second factor for everyone who enters the admin or the desk, or opens what others wrote."""

from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

GUARDED = ("/admin/", "/desk/")
ALWAYS_OPEN = ("/admin/logout/",)
GUARDED_FOR_STAFF = ("/cases/", "/files/", "/work/submissions/")  # where a learner sees their own, and staff others'


def require_second_factor(get_response):
    """Send a signed-in person who used one factor only to the second step, or to set one up, before guarded pages."""

    def middleware(request):
        return _ask_for_second_factor(request) if _lacks_it(request) else get_response(request)

    return middleware


def _lacks_it(request):
    if not settings.SECOND_FACTOR_REQUIRED or not request.path.startswith(GUARDED + GUARDED_FOR_STAFF):
        return False
    if request.path in ALWAYS_OPEN:
        return False
    if not request.user.is_authenticated or used_second_factor(request):
        return False
    return request.path.startswith(GUARDED) or request.user.is_staff


def used_second_factor(request):
    """Whether this session was opened with a TOTP code, a passkey or a recovery code. Reads the session only."""
    return any(record.get("method") == "mfa" for record in get_authentication_records(request, request.user))


def _ask_for_second_factor(request):
    if is_mfa_enabled(request.user):
        messages.warning(request, _("Please give your second step once more."))
        page = "mfa_reauthenticate"
    else:
        messages.warning(request, _("Your role needs a second step at sign-in. Please set it up first."))
        page = "mfa_index"
    back = request.get_full_path() if request.method == "GET" else reverse("people:arrive")
    return redirect(f"{reverse(page)}?{urlencode({'next': back})}")
