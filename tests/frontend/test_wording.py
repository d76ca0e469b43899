"""What we say in our own words is something Django or allauth says."""

import gettext
from pathlib import Path

import allauth
import django
import pytest

from lms.wording import REWORDED

SOURCES = [
    Path(module.__file__).parent / folder / "zh_Hans/LC_MESSAGES/django.mo"
    for module, folder in ((django, "conf/locale"), (allauth, "locale"))
]


@pytest.fixture(scope="module")
def said_by_others():
    catalogues = []
    for path in SOURCES:
        with path.open("rb") as file:
            catalogues.append(gettext.GNUTranslations(file)._catalog)
    return {message for catalogue in catalogues for message in catalogue}


@pytest.mark.parametrize("message", REWORDED)
def test_a_reworded_message_exists(message, said_by_others):
    assert message in said_by_others
