"""Fixtures that every part of the suite uses. People have names and roles, so that permission tests read as stories."""

import gc

import pytest
from django.conf import settings
from django.core.cache import caches
from django.db.models.signals import post_delete, post_migrate, post_save
from django.utils import translation
from modelsearch.index import get_indexed_models
from modelsearch.signal_handlers import post_delete_signal_handler, post_save_signal_handler, register_signal_handlers
from wagtail.signal_handlers import (
    connect_reference_index_signal_handlers,
    disconnect_reference_index_signal_handlers,
)

from lms import clock
from lms.settings import base
from tests import factories


def pytest_collection_finish():
    """What was loaded by now stays until the end: the collector need not look through it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@pytest.fixture(autouse=True)
def still_clock():
    """Each test begins at the real time, whatever another did to the rehearsal clock."""
    yield
    settings.CLOCK_FILE and settings.CLOCK_FILE.unlink(missing_ok=True)


@pytest.fixture(autouse=True)
def english():
    """Reasons are compared in English, whatever language the test before had turned on."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def empty_caches():
    """What one test published is not in the next test's tree."""
    for name in settings.CACHES:
        caches[name].clear()


@pytest.fixture(autouse=True, scope="session")
def without_indices():
    """Search and the index of references are kept up only where a test asks for them: a fifth of what pages cost."""
    _disconnect_search()
    post_migrate.disconnect(connect_reference_index_signal_handlers)
    disconnect_reference_index_signal_handlers()


@pytest.fixture
def searchable(settings):
    """What is saved from here on is found by the search at once, as in the product."""
    settings.WAGTAILSEARCH_BACKENDS = base.WAGTAILSEARCH_BACKENDS
    register_signal_handlers()
    yield
    _disconnect_search()


@pytest.fixture
def referenced():
    """Which page uses which file is known from here on, as in the product."""
    connect_reference_index_signal_handlers()
    yield
    disconnect_reference_index_signal_handlers()


def _disconnect_search():
    for model in get_indexed_models():
        post_save.disconnect(post_save_signal_handler, sender=model)
        post_delete.disconnect(post_delete_signal_handler, sender=model)


@pytest.fixture
def now():
    return clock.now()


@pytest.fixture
def courses(db):
    """The page tree as after migration."""
    return factories.plant_tree()


@pytest.fixture
def programme(db):
    return factories.programme()


@pytest.fixture
def case_track(programme):
    return factories.track("K")


@pytest.fixture
def intake(case_track):
    return factories.intake("K")


@pytest.fixture
def ana(db):
    return factories.person("ana", name="安娜")


@pytest.fixture
def ben(db):
    return factories.person("ben", name="本杰明")


@pytest.fixture
def staff(programme):
    """室晓岚, programme staff."""
    user = factories.person("staff", name="室晓岚")
    factories.grant(user, "staff", programme=programme)
    return user


@pytest.fixture
def director(programme):
    user = factories.person("director", name="张伯远")
    factories.grant(user, "director", programme=programme)
    return user


@pytest.fixture
def course(courses, case_track):
    """One course of the case track: one module, three lessons, all required."""
    return factories.course("个案服务", lessons=3, tracks=[case_track], slug="casework")


@pytest.fixture
def learner(intake):
    """亢一凡, enrolled in the case track's intake."""
    user = factories.person("learner", name="亢一凡")
    factories.enrol(user, intake)
    return user


@pytest.fixture
def enrolment(learner, intake):
    return learner.enrolments.get(intake=intake)


@pytest.fixture
def supervisor(enrolment):
    """危如山, who supervises the learner."""
    user = factories.person("supervisor", name="危如山")
    factories.supervise(enrolment, user)
    return user
