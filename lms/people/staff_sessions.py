"""Sessions of people who work here end when nobody was there for a while, and after a working day in any case.

Learners stay signed in on their phones. When somebody came and was last seen stands in the session itself, which every
request reads anyway, so nobody's page asks the database more; the second is written again at most once a minute.
"""

from django.conf import settings
from django.contrib import auth, messages
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver

from lms import clock
from lms.people.rules import may_stay

CAME, SEEN = "came", "seen"  # keys of the session: seconds of the real clock
NOTED_EVERY = 60
NOT_ASKED = ("/media/", "/healthz", "/readyz", "/offline/", "/theme/", "/learn/sw.js")  # nothing of anybody, often
NOBODY_THERE = "/admin/editing-sessions/"  # an editor that stands open says so by itself


@receiver(user_logged_in)
def note_coming(request, **kwargs):
    """Written with the session that signing in makes."""
    request.session[CAME] = request.session[SEEN] = _now()


def end_staff_sessions(get_response):
    """Sign out whose time is over, say why, and go on as for anybody who is signed out."""

    def middleware(request):
        if not request.path.startswith(NOT_ASKED) and _works_here(request.user):
            _end_or_note(request)
        return get_response(request)

    return middleware


def _works_here(user):
    return user.is_authenticated and (user.is_staff or user.is_superuser)


def _end_or_note(request):
    session, now = request.session, _now()
    came, seen = session.setdefault(CAME, now), session.setdefault(SEEN, now)
    verdict = may_stay(came=came, seen=seen, now=now, idle=settings.STAFF_IDLE, longest=settings.STAFF_SESSION)
    if not verdict:
        auth.logout(request)
        messages.warning(request, verdict.reason)
    elif now - seen >= NOTED_EVERY and not request.path.startswith(NOBODY_THERE):
        session[SEEN] = now


def _now():
    return int(clock.real_now().timestamp())
