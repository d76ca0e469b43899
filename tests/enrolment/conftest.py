import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def english():
    """Reasons are compared in English."""
    with translation.override("en"):
        yield
