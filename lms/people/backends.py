"""Who a session belongs to: Django's and allauth's backends, with the person read by a prepared query."""

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.backends import ModelBackend

from lms.people.models import User
from lms.prepared import prepared


@prepared
def _person(pk):
    return User.objects.filter(pk=pk)


class ReadsPrepared:
    def get_user(self, user_id):
        found = _person(pk=user_id)
        return found[0] if found and self.user_can_authenticate(found[0]) else None


class NameBackend(ReadsPrepared, ModelBackend):
    """Sign-in by user name; permissions."""


class AddressBackend(ReadsPrepared, AuthenticationBackend):
    """Sign-in by e-mail or mobile number."""
