"""A second factor for everyone who enters the admin or the desk."""

from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _

GUARDED = ("/admin/", "/desk/")


def require_second_factor(get_response):
    """Send a signed-in person who used one factor only to the second step, or to set one up, before guarded pages."""

    def middleware(request):
        if settings.SECOND_FACTOR_REQUIRED and request.path.startswith(GUARDED) and request.user.is_authenticated:
            if not used_second_factor(request):
                return _ask_for_second_factor(request)
        return get_response(request)

    return middleware


def used_second_factor(request):
    """Whether this session was opened with a TOTP code, a passkey or a recovery code. Reads the session only."""
    return any(record.get("method") == "mfa" for record in get_authentication_records(request))


def _ask_for_second_factor(request):
    here = urlencode({"next": request.get_full_path()})
    if is_mfa_enabled(request.user):
        messages.warning(request, _("Please sign in again with your second step."))
        return redirect(f"{settings.SITE_URL and ''}/accounts/reauthenticate/?{here}")
    messages.warning(request, _("Your role needs a second step at sign-in. Please set it up first."))
    return redirect(f"/accounts/2fa/?{here}")
