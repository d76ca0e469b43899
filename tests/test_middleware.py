"""What every request passes: nothing private is kept by browsers, nothing impossible breaks the server."""

import pytest
from django.db import DataError, OperationalError
from django.http import HttpResponse

from lms import middleware


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/cases/", "/cases/hours/", "/applications/", "/graduation/", "/inbox/", "/me/"])
def test_pages_about_people_are_kept_by_no_browser(client, ana, address):
    client.force_login(ana)
    assert "no-store" in client.get(address)["Cache-Control"]


@pytest.mark.django_db
def test_what_a_view_says_about_caches_stands(client, staff, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    client.force_login(staff)
    assert "no-store" in client.get("/desk/")["Cache-Control"]
    assert client.get("/work/quizzes/00000000-0000-0000-0000-000000000000/").status_code == 404
    assert "Cache-Control" not in client.get("/")


@pytest.mark.parametrize(
    "error",
    [
        DataError("PostgreSQL text fields cannot contain NUL (0x00) bytes"),
        DataError("unsupported Unicode escape sequence: \\u0000 cannot be converted to text"),
        DataError("integer out of range"),
        OverflowError("Python int too large to convert to SQLite INTEGER"),
        ValueError("A string literal cannot contain NUL (0x00) characters."),
    ],
)
def test_what_no_database_can_hold_is_the_senders_mistake(rf, error):
    passed = middleware.impossible_values(lambda request: HttpResponse())
    assert passed.process_exception(rf.get("/"), error).status_code == 400


@pytest.mark.parametrize("error", [ValueError("not enough values to unpack"), KeyError("x"), OperationalError("gone")])
def test_our_own_mistakes_stay_errors(rf, error):
    passed = middleware.impossible_values(lambda request: HttpResponse())
    assert passed.process_exception(rf.get("/"), error) is None
