"""Fixtures for assignments: a structured form in a published assignment, and people before it."""

import hypothesis
import pytest
from django.test import Client
from django.utils import translation

from assessments.submissions import submission_forms
from tests.assessments import submission_factories as make

hypothesis.settings.register_profile("suite", deadline=None)  # a busy machine is slow, not wrong
hypothesis.settings.load_profile("suite")


@pytest.fixture
def in_english():
    """Messages are compared in English, in actions and on pages opened by ``browser``."""
    with translation.override("en"):
        yield


@pytest.fixture
def browser(in_english, settings):
    """A function: a browser in which this person is signed in, second step or not."""
    settings.SECOND_FACTOR_REQUIRED = False

    def signed_in(user):
        client = Client(headers={"accept-language": "en"})
        client.force_login(user)
        return client

    return signed_in


@pytest.fixture
def record():
    form = submission_forms.register(make.Record())
    yield form
    submission_forms.unregister(form.key)


@pytest.fixture
def rubric(db):
    return make.rubric(20, 80)


@pytest.fixture
def work(course, record, rubric):
    """The assignment of a record with a rubric of two criteria."""
    return make.assignment(course, form="record", rubric=rubric)
