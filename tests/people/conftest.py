import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from tests import factories


def confirmed(user):
    """With a confirmed e-mail address: without one nobody gets in."""
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


@pytest.fixture
def ana(db):
    """安娜, who signs in by user name, e-mail or mobile number."""
    return confirmed(factories.person("ana", name="安娜", phone="+8613800138000"))


@pytest.fixture
def browser():
    return Client(headers={"accept-language": "en"})


@pytest.fixture
def sign_in(browser):
    """Sign in as one does: user name, password; returns the answer."""

    def typed(login, password="secret", **fields):
        return browser.post("/accounts/login/", {"login": login, "password": password, **fields})

    return typed
