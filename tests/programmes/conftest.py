import pytest

from lms.programmes import actions
from tests import factories


@pytest.fixture(autouse=True)
def no_second_factor(settings):
    settings.SECOND_FACTOR_REQUIRED = False


@pytest.fixture
def root(db):
    """The administrator."""
    return factories.person("root", is_superuser=True, is_staff=True)


@pytest.fixture
def browser(client):
    """``browser(user)``: signed in, in English."""

    def signed_in(user):
        client.force_login(user)
        client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
        return client

    return signed_in


@pytest.fixture
def give(root, now):
    """``give(user, role, programme=…)``: through the action, by the administrator."""

    def granted(user, role, **scope):
        return actions.grant(user, role, by=root, now=now, **scope)

    return granted


@pytest.fixture
def head(programme, courses, give):
    """张伯远, director of the programme, with everything that the role opens."""
    person = factories.person("head", name="张伯远")
    give(person, "director", programme=programme)
    return person


@pytest.fixture
def elsewhere(courses):
    """Another programme."""
    return factories.programme("elsewhere")
