"""Graduates, and how they became it: through the same actions as on the board."""

import pytest

from lms.credentials.models import Credential
from lms.graduation import actions
from lms.people.models import Organisation
from lms.programmes.models import ProgrammeOrganisation
from tests.graduation.conftest import policy, ready, signatory  # noqa: F401


@pytest.fixture
def host(programme):
    """The organisation that issues."""
    organisation = Organisation.objects.create(name="亮星计划培养委员会", name_en="Liangxing Programme Board")
    ProgrammeOrganisation.objects.create(programme=programme, organisation=organisation, role="host")
    return organisation


@pytest.fixture
def graduate(staff, director, signatory, now):  # noqa: F811
    """Propose and sign for these enrolments; returns their credentials."""

    def decided(*enrolments):
        decisions = actions.propose(enrolments, "graduate", by=staff, now=now)
        actions.sign(decisions, by=director, now=now)
        actions.sign(decisions, by=signatory, now=now)
        return list(Credential.objects.filter(decision__in=decisions))

    return decided


@pytest.fixture
def credential(graduate, ready, host):  # noqa: F811
    """亢一凡's certificate."""
    [issued] = graduate(ready)
    return issued


@pytest.fixture
def reader(client):
    """A browser in English; ``reader(user)`` signs in, ``reader()`` is a stranger."""

    def as_user(user=None):
        client.logout()
        if user:
            client.force_login(user)
        client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
        return client

    return as_user
