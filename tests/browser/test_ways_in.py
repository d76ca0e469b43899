"""More ways in than a password: the digits of an app, a code written on paper, a passkey."""

import time
import uuid
from dataclasses import replace

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import expect

from tests.browser import steps
from tests.browser.findings import problems
from tests.browser.person import DESK, PHONE, Person

PERIOD = 30  # seconds that the digits of an app are good for
FINGER = {  # a reader of fingerprints that always finds the right one
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def username(site):
    """Somebody new, with a password only."""
    return site.seed("somebody", username=f"way-in-{uuid.uuid4().hex[:6]}")


def digits(secret):
    """What an app shows now, when it will show it for some seconds more."""
    left = PERIOD - time.time() % PERIOD
    if left < 6:
        time.sleep(left)
    return format_hotp_value(hotp_value(secret, int(time.time()) // PERIOD))


def test_an_app_is_set_up_and_a_code_on_paper_opens_the_account_once(people, username):
    person = people(size=PHONE).sign_in(username)
    page = person.page
    person.open("/accounts/2fa/totp/activate/")
    person.prove()
    page.fill("main [name=code]", digits(page.input_value("#authenticator_secret")))
    steps.press(person, "main form .btn")
    codes = page.locator("main ul.cards li").all_inner_texts()
    assert len(codes) == 10
    assert problems(page) == []

    people(size=PHONE).sign_in(username, code=codes[0])
    with pytest.raises(AssertionError, match="refused"):
        people(size=PHONE).sign_in(username, code=codes[0])


def test_the_digits_of_the_app_are_asked_for(people, site):
    guarded = site.seed("addresses", module="rare")
    person = people(size=DESK, language="en")
    with pytest.raises(AssertionError, match="refused"):
        person.sign_in("guarded", code="000000")
    person.page.fill("main [name=code]", digits(guarded["guarded_secret"]))
    steps.press(person, "main form:has(input[name=code]) button")
    assert person.open("/me/") == 200


def test_a_passkey_is_added_renamed_used_and_taken_away(site, chromium, username):
    person = Person(replace(site, url=site.url.replace("127.0.0.1", "localhost")), chromium, size=PHONE)
    page = person.page
    chip = person.context.new_cdp_session(page)
    chip.send("WebAuthn.enable")
    chip.send("WebAuthn.addVirtualAuthenticator", {"options": FINGER})
    person.sign_in(username)

    person.open("/accounts/2fa/webauthn/add/")
    person.prove()
    page.fill("main [name=name]", "我的手机")
    page.check("main [name=passwordless]")
    steps.press(person, "#mfa_webauthn_add")
    person.open("/accounts/2fa/webauthn/")
    expect(page.locator("main dl.summary dt")).to_have_text("我的手机")
    assert problems(page) == []
    steps.press(person, "main dl.summary a[href*='/edit/']")
    assert problems(page) == []
    page.fill("main [name=name]", "旧手机")
    steps.press(person, "main form .btn")
    expect(page.locator("main dl.summary dt")).to_have_text("旧手机")

    person.open("/accounts/logout/")
    steps.press(person, "main form button")
    person.open("/accounts/login/")
    steps.press(person, "#passkey_login")
    assert person.open("/me/") == 200

    person.open("/accounts/2fa/webauthn/")
    steps.press(person, "main dl.summary a[href*='/remove/']")
    steps.press(person, "main a[href*='/webauthn/reauthenticate/']")  # it asks once more, and not for the password
    assert problems(page) == []
    steps.press(person, "#mfa_webauthn_reauthenticate")
    assert problems(page) == []
    steps.press(person, "main form .btn")
    assert page.locator("main dl.summary dt").count() == 0
    assert person.errors == []
    person.close()
