"""One sign-in for all, in the ways people write their names and numbers."""

import io

import pytest
from django.core import mail
from django.core.management import call_command

from lms.people.forms import normal_phone
from lms.people.models import User
from tests import factories
from tests.people.conftest import confirmed

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "login",
    [
        "ana",
        "ana@example.org",
        "ANA@example.org",
        " ana ",
        "13800138000",
        "138 0013 8000",
        "138-0013-8000",
        "+8613800138000",
        "+86 138 0013 8000",
        "008613800138000",
        "１３８００１３８０００",
    ],
)
def test_anybody_signs_in_by_user_name_e_mail_or_number(ana, sign_in, login):
    assert sign_in(login).url == "/me/arrive/"


def test_a_number_of_hong_kong_is_taken_with_its_prefix(sign_in):
    confirmed(factories.person("ben", phone="+85291234567"))
    assert sign_in("+852 9123 4567").url == "/me/arrive/"


def test_a_user_name_may_look_like_a_number_or_hold_one(sign_in, browser):
    for username in ("13900139000", "wang13800138000"):
        confirmed(factories.person(username))
        assert sign_in(username).url == "/me/arrive/"
        browser.logout()


@pytest.mark.parametrize("text", ["ana", "wang13800138000", "12", "", "ana@example.org", "1-800-FLOWERS"])
def test_what_is_no_number_is_left_as_it_is(text):
    assert normal_phone(text) is None


def test_a_wrong_password_and_an_unknown_account_get_the_same_answer(ana, sign_in):
    known, unknown = sign_in("ana", "wrong"), sign_in("nobody", "wrong")
    assert known.status_code == unknown.status_code == 200
    assert known.context["form"].errors == unknown.context["form"].errors


def test_a_suspended_person_does_not_get_in(ana, sign_in):
    User.objects.filter(pk=ana.pk).update(is_active=False)
    assert sign_in("ana").url == "/accounts/inactive/"


def test_after_five_wrong_passwords_the_account_rests(ana, sign_in, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/m/ip,5/300s/key"}
    for _attempt in range(5):
        sign_in("ana", "wrong")
    answer = sign_in("ana")
    assert answer.status_code == 200
    assert "Too many" in str(answer.context["form"].errors)


@pytest.mark.parametrize(
    ("address", "limit", "fields"),
    [
        ("/accounts/signup/", "signup", {"name": "新来", "email": "new{}@example.org"}),
        ("/accounts/password/reset/", "reset_password", {"email": "new{}@example.org"}),
    ],
)
def test_sign_up_and_reset_are_limited(browser, settings, address, limit, fields):
    settings.ACCOUNT_RATE_LIMITS = {limit: "2/m/ip"}
    password = {"password1": "kuaile-1989-x", "password2": "kuaile-1989-x"}
    answers = [
        browser.post(address, {key: value.format(number) for key, value in fields.items()} | password).status_code
        for number in range(3)
    ]
    assert answers == [302, 302, 429]


# --- signing up and resetting -------------------------------------------------------------------------------------
def sign_up(browser, email):
    password = "kuaile-1989-x"
    return browser.post(
        "/accounts/signup/", {"name": "新来的人", "email": email, "password1": password, "password2": password}
    )


def test_who_signs_up_has_a_name_a_language_and_a_letter_to_confirm(browser):
    answer = sign_up(browser, "new@example.org")
    person = User.objects.get(email="new@example.org")
    assert (answer.url, person.name, person.language) == ("/accounts/confirm-email/", "新来的人", "en")
    assert [letter.to for letter in mail.outbox] == [["new@example.org"]]


def test_signing_up_with_a_known_address_gives_the_same_answer(ana, browser):
    fresh, known = sign_up(browser, "new@example.org"), sign_up(browser, "ana@example.org")
    assert (fresh.status_code, fresh.url) == (known.status_code, known.url)
    assert User.objects.filter(email="ana@example.org").count() == 1


def test_a_reset_for_a_known_and_for_an_unknown_address_gives_the_same_answer(ana, browser):
    answers = [
        browser.post("/accounts/password/reset/", {"email": email}) for email in ("ana@example.org", "no@example.org")
    ]
    assert {(answer.status_code, answer.url) for answer in answers} == {(302, "/accounts/password/reset/done/")}


# --- accounts made by hand ----------------------------------------------------------------------------------------
def test_a_superuser_of_the_command_line_can_sign_in(monkeypatch, sign_in, browser):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", "kuaile-1989-x")
    call_command("createsuperuser", interactive=False, username="root", email="root@example.org", stdout=io.StringIO())
    assert sign_in("root", "kuaile-1989-x").url == "/accounts/confirm-email/"
    [letter] = mail.outbox
    link = next(word for word in letter.body.split() if "/accounts/confirm-email/" in word)
    browser.post(link.removeprefix("http://testserver"))
    assert sign_in("root", "kuaile-1989-x").url == "/me/arrive/"


@pytest.mark.parametrize(("is_staff", "place"), [(True, "/desk/"), (False, "/learn/")])
def test_staff_arrive_at_their_desk_and_others_where_they_learn(ana, client, is_staff, place):
    User.objects.filter(pk=ana.pk).update(is_staff=is_staff)
    client.force_login(ana)
    assert client.get("/me/arrive/").url == place
