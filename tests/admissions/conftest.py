import pytest

from tests import factories


@pytest.fixture
def scorers(programme):
    """Two scorers of the whole programme."""
    people = [factories.person(name, name=name) for name in ("scorer-1", "scorer-2")]
    for user in people:
        factories.grant(user, "scorer", programme=programme)
    return people


@pytest.fixture
def third_scorer(programme):
    user = factories.person("scorer-3")
    factories.grant(user, "scorer", programme=programme)
    return user


@pytest.fixture
def parent_intake(programme):
    """An intake of another track in the same cohort."""
    return factories.intake("P")


@pytest.fixture
def stranger(db):
    """Somebody with an account and no business here."""
    return factories.person("stranger")


@pytest.fixture
def scorer_elsewhere(parent_intake):
    """A scorer of the other intake only."""
    user = factories.person("scorer-elsewhere")
    factories.grant(user, "scorer", intake=parent_intake)
    return user


@pytest.fixture(autouse=True)
def without_second_factor(settings):
    settings.SECOND_FACTOR_REQUIRED = False
