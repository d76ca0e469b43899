"""Sessions that ended, with the device and address they were noted under; accounts that nobody ever came in by."""

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import ProtectedError

from lms import clock
from lms.people.models import User
from lms.retention import before


def sweep_sessions():
    """Delete sessions whose time is over, and what was noted about sessions that are no more; how many in all."""
    ended = Session.objects.filter(expire_date__lt=clock.real_now()).delete()[0]
    return ended + UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()[0]


def sweep_sign_ups(now):
    """Delete accounts of people who signed up, never confirmed an address and never came in; returns how many.

    An account that something else holds on to (it was made for somebody, and they were enrolled) stays.
    """
    confirmed = EmailAddress.objects.filter(verified=True).values("user")
    unconfirmed = EmailAddress.objects.filter(verified=False).values("user")
    found = User.objects.filter(pk__in=unconfirmed, last_login=None, is_staff=False, is_superuser=False)
    found = found.filter(date_joined__lt=before("UNCONFIRMED_ACCOUNTS", now)).exclude(pk__in=confirmed)
    return sum(_deleted(user) for user in found)


def _deleted(user):
    try:
        with transaction.atomic():
            user.delete()
    except ProtectedError:
        return False
    return True
