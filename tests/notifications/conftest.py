import pytest

from lms.notifications.models import Message


def told(person, kind=None):
    """The subjects of what a person was told, the first one first."""
    found = Message.objects.for_user(person).order_by("pk")
    return list((found.filter(kind=kind) if kind else found).values_list("subject", flat=True))


@pytest.fixture
def english_learner(learner):
    learner.language = "en"
    learner.save(update_fields=["language"])
    return learner


@pytest.fixture
def browser(client, settings):
    """``browser(user)``: signed in, without a second step, in English."""
    settings.SECOND_FACTOR_REQUIRED = False

    def signed_in(user):
        client.force_login(user)
        client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
        return client

    return signed_in
