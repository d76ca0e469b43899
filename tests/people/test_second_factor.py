"""A second factor for everyone who enters the admin or the desk, with no way around it."""

import re

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time

from tests import factories
from tests.people.conftest import confirmed

pytestmark = pytest.mark.django_db

SECRET = "JBSWY3DPEHPK3PXP"


def code():
    return format_hotp_value(hotp_value(SECRET, next(yield_hotp_counters_from_time())))


@pytest.fixture
def staff(programme):
    """室晓岚, who works at the desk and has no second factor yet."""
    user = confirmed(factories.person("staff", name="室晓岚"))
    factories.grant(user, "staff", programme=programme)
    return user


@pytest.fixture
def careful(staff):
    """室晓岚 with an authenticator and recovery codes."""
    TOTP.activate(staff, SECRET)
    RecoveryCodes.activate(staff)
    return staff


@pytest.mark.parametrize("door", ["/admin/login/", "/_util/login/", "/courses/_util/login/"])
def test_wagtails_own_doors_let_nobody_in(careful, browser, door):
    answer = browser.post(door, {"username": "staff", "password": "secret"})
    assert answer.url.startswith("/accounts/login/")
    assert "_auth_user_id" not in browser.session


def test_the_password_alone_stops_at_the_second_step(careful, sign_in, browser):
    assert sign_in("staff").url == "/accounts/2fa/authenticate/"
    assert browser.get("/desk/").url.startswith("/accounts/login/")


def test_a_code_of_the_authenticator_opens_the_desk(careful, sign_in, browser):
    sign_in("staff")
    assert browser.post("/accounts/2fa/authenticate/", {"code": code()}).url == "/me/arrive/"
    assert browser.get("/desk/").status_code == 200


def test_a_recovery_code_opens_it_once(careful, sign_in, browser):
    [first, *_others] = RecoveryCodes(careful.authenticator_set.get(type="recovery_codes")).get_unused_codes()
    sign_in("staff")
    browser.post("/accounts/2fa/authenticate/", {"code": first})
    assert browser.get("/desk/").status_code == 200
    browser.logout()
    sign_in("staff")
    assert browser.post("/accounts/2fa/authenticate/", {"code": first}).status_code == 200
    assert "_auth_user_id" not in browser.session


@pytest.mark.parametrize("place", ["/desk/", "/desk/admissions/", "/admin/", "/admin/pages/"])
def test_without_a_second_factor_one_is_sent_to_set_it_up(staff, sign_in, browser, place):
    sign_in("staff")
    answer = browser.get(place)
    assert answer.url == f"/accounts/2fa/?next={place.replace('/', '%2F')}"
    assert "set it up" in browser.get(answer.url).content.decode()


def test_setting_it_up_asks_for_it_at_once(staff, sign_in, browser):
    """Who has just switched it on gives a code once more, and is where they wanted to go."""
    sign_in("staff")
    TOTP.activate(staff, SECRET)
    answer = browser.get("/desk/")
    assert answer.url == "/accounts/2fa/reauthenticate/?next=%2Fdesk%2F"
    assert browser.post(answer.url, {"code": code()}).url == "/desk/"
    assert browser.get("/desk/").status_code == 200


def test_a_form_sent_without_it_is_not_carried_out(staff, sign_in, browser):
    sign_in("staff")
    answer = browser.post("/desk/deliveries/1/resend/")
    assert answer.url == "/accounts/2fa/?next=%2Fme%2Farrive%2F"


@pytest.mark.parametrize("place", ["/cases/", "/files/00000000-0000-0000-0000-000000000000/", "/work/submissions/x/"])
def test_staff_open_what_others_wrote_with_it_only(staff, sign_in, browser, place):
    sign_in("staff")
    assert browser.get(place).url.startswith("/accounts/2fa/")


def test_learners_need_none_for_their_own(ana, sign_in, browser):
    sign_in("ana")
    assert browser.get("/cases/").status_code == 200


def test_the_demo_does_without(staff, browser, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    browser.force_login(staff)
    assert browser.get("/desk/").status_code == 200


def test_everybody_can_set_it_up(ana, sign_in, browser):
    sign_in("ana")
    page = browser.get("/accounts/2fa/").content.decode()
    assert re.search(r"/accounts/2fa/totp/activate/", page)
    assert "/accounts/2fa/webauthn/" in page
