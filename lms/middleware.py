"""What every request passes: its time of arrival, policies for browsers and their caches, trouble with the database."""

from csp.constants import UNSAFE_INLINE
from django.db import DataError, OperationalError
from django.shortcuts import render

from lms import clock, views

BUSY_WORDS = ("locked", "lock timeout", "deadlock", "could not serialize", "lock_timeout")
WAGTAIL_MODULES = ("wagtail.", "wagtailmedia.")
NOT_KEPT = (
    "/cases/", "/desk/", "/work/", "/applications/", "/choices/", "/graduation/", "/certificates/", "/inbox/", "/me/",
)  # fmt: skip
IMPOSSIBLE_WORDS = ("NUL (0x00)", "\\u0000", "out of range", "too large to convert to SQLite")


def arrived_at(get_response):
    """Stamp ``request.arrived_at``: a deadline is judged by when the request came, not by when we got round to it."""

    def middleware(request):
        request.arrived_at = clock.now()
        return get_response(request)

    return middleware


def relax_wagtail_policy(get_response):
    """Allow inline script and style to Wagtail's admin views, which need it; never to ours, wherever they live.

    A class that only narrows one of Wagtail's views, and shows nothing of its own, says ``wagtail_policy = True``.
    """

    def middleware(request):
        response = get_response(request)
        match = request.resolver_match
        if match and request.path.startswith("/admin/") and _is_wagtails(match.func):
            response._csp_update = {"script-src": [UNSAFE_INLINE], "style-src": [UNSAFE_INLINE]}
        return response

    return middleware


def _is_wagtails(view):
    narrowed = getattr(getattr(view, "view_class", None), "wagtail_policy", False)
    return narrowed or view.__module__.startswith(WAGTAIL_MODULES)


def keep_nothing(get_response):
    """Let no browser and no proxy keep a page about a child or a person, unless its view says something else."""

    def middleware(request):
        response = get_response(request)
        if request.path.startswith(NOT_KEPT):
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    return middleware


def impossible_values(get_response):
    """Answer 400 to what no text or number column can hold, such as the character NUL, instead of an error page."""

    def middleware(request):
        return get_response(request)

    def process_exception(request, exception):
        impossible = isinstance(exception, DataError | OverflowError | ValueError)
        if impossible and any(word in str(exception) for word in IMPOSSIBLE_WORDS):
            return views.bad_request(request)
        return None

    middleware.process_exception = process_exception
    return middleware


def busy_database(get_response):
    """Answer 503 with Retry-After when the database is too busy to write, instead of an error page."""

    def middleware(request):
        return get_response(request)

    def process_exception(request, exception):
        if isinstance(exception, OperationalError) and any(word in str(exception) for word in BUSY_WORDS):
            response = render(request, "503.html", status=503)
            response["Retry-After"] = "5"
            return response
        return None

    middleware.process_exception = process_exception
    return middleware
