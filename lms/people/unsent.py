"""What somebody sent after they had been signed out is not lost: the page that says so holds it until they are back.

Nothing is stored here. The page carries what was typed, signed, to ``send_again``, which shows it once more with a
fresh proof of origin; only then does it go where it was meant to. A cookie ties it to the browser that it was typed in,
so that nobody can have somebody else send something.
"""

import secrets
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.core.exceptions import SuspiciousOperation
from django.shortcuts import render
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

SALT = "lms.people.unsent"
COOKIE = "unsent"
LIFE = 12 * 3600  # seconds
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
OURS = "/accounts/"  # signing in and out: these know themselves what to do
SECRET = "password"
SHOWN_FROM = 20  # characters: long enough to be something that was written


def keep_unsent(get_response):
    """Answer a form that was turned away to the sign-in page by a page that holds what it sent."""

    def middleware(request):
        response = get_response(request)
        return _held(request) if request.method == "POST" and _was_turned_away(request, response) else response

    return middleware


def _was_turned_away(request, response):
    to = urlsplit(response.headers.get("Location", "")).path
    return (
        response.status_code == 302
        and to.endswith("/login/")
        and not request.user.is_authenticated
        and not request.path.startswith(OURS)
        and _is_form(request)
        and not any(SECRET in name for name in request.POST)
    )


def _is_form(request):
    """Whether a person sent it from a page; a script keeps by itself what was not taken."""
    by_hand = request.headers.get("Sec-Fetch-Mode", "navigate") == "navigate"
    return by_hand and "X-Requested-With" not in request.headers and request.content_type in FORMS


def _held(request):
    token = request.COOKIES.get(COOKIE) or secrets.token_urlsafe(24)
    fields = [(name, value) for name, values in request.POST.lists() for value in values if name[:4] != "csrf"]
    what = {"token": token, "path": request.get_full_path(), "fields": fields, "files": bool(request.FILES)}
    response = _page(request, what, signing.dumps(what, salt=SALT, compress=True))
    secure = settings.SESSION_COOKIE_SECURE
    response.set_cookie(COOKIE, token, max_age=LIFE, httponly=True, samesite="Lax", secure=secure)
    return response


def _page(request, what, sent):
    context = {"sent": sent, "texts": _texts(what), "files": what["files"]}
    response = render(request, "people/unsent.html", context, status=401)
    response["Cache-Control"] = "private, no-store"
    return response


def _texts(what):
    return [value for _name, value in what["fields"] if len(value) >= SHOWN_FROM]


@csrf_exempt  # its token is from before signing in; the signature and the cookie prove where it comes from
@require_POST
@never_cache
def send_again(request):
    """What was held, ready to be sent, for who is signed in again; the page that holds it, for who is not yet."""
    sent = request.POST.get("sent", "")
    try:
        what = signing.loads(sent, salt=SALT, max_age=LIFE)
    except signing.BadSignature as error:
        raise SuspiciousOperation("what was held is not ours, or too old") from error
    if not constant_time_compare(what["token"], request.COOKIES.get(COOKIE, "")):
        raise SuspiciousOperation("what was held comes from another browser")
    if not request.user.is_authenticated:
        return _page(request, what, sent)
    return render(request, "people/send_again.html", {"what": what, "texts": _texts(what)})


@login_required
@require_GET
def signed_in_again(request):
    """Where signing in leads in the second window: back to the first."""
    return render(request, "people/signed_in_again.html")
