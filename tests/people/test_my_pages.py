"""A person's own pages: what they may change, where they are signed in, who opened their records."""

from datetime import timedelta

import pytest
from django.test import Client

from lms.people.models import User
from media.actions import log_opening
from tests import factories
from tests.admissions import stories
from tests.casework.conftest import agreed, assignment, case, no_second_factor, record, sent  # noqa: F401
from tests.people.conftest import confirmed

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(ana, browser):
    browser.force_login(ana)
    return browser


def test_a_person_changes_number_and_language_but_not_the_name(ana, page):
    page.post("/me/edit/", {"phone": "139 0013 9000", "language": "en", "name": "别人"})
    ana.refresh_from_db()
    assert (ana.phone, ana.language, ana.name) == ("+8613900139000", "en", "安娜")


def test_an_empty_number_is_none_so_that_many_may_have_none(ana, page):
    factories.person("other", phone=None)
    page.post("/me/edit/", {"phone": "", "language": "en"})
    ana.refresh_from_db()
    assert ana.phone is None


def test_a_number_that_is_none_is_refused_beside_the_field(ana, page):
    answer = page.post("/me/edit/", {"phone": "not a number", "language": "en"})
    assert answer.context["form"].errors == {"phone": ["Write a mobile number such as 138 0013 8000."]}
    assert 'value="not a number"' in answer.content.decode()


def test_a_number_of_somebody_else_is_refused_without_saying_whose(ana, page):
    factories.person("other", phone="+8613900139000")
    answer = page.post("/me/edit/", {"phone": "13900139000", "language": "en"})
    assert answer.context["form"].errors == {"phone": ["This number cannot be used. Ask the programme office."]}


def test_the_second_device_is_listed_and_can_be_signed_out(ana, sign_in, browser):
    sign_in("ana")
    other = Client(headers={"user-agent": "Mozilla/5.0 (Linux; Android 14) Chrome/130.0"})
    other.post("/accounts/login/", {"login": "ana", "password": "secret"})
    assert "Android" in browser.get("/accounts/sessions/").content.decode()
    assert other.get("/me/").status_code == 200
    browser.post("/accounts/sessions/")
    assert other.get("/me/").status_code == 302
    assert browser.get("/me/").status_code == 200


# --- who opened my records ------------------------------------------------------------------------------------------
def test_everybody_sees_who_opened_what_is_theirs(ana, intake, staff, page, now):
    choice = stories.apply(ana, intake)
    file = choice.application.files.get().file
    log_opening(staff, "application", choice.application.number, "staff", now)
    log_opening(staff, "file", file.uuid, "scorer", now + timedelta(minutes=1))
    log_opening(ana, "file", file.uuid, "owner", now)
    rows = page.get("/me/openings/").context["rows"]
    assert [(row.what, str(row.opening.user), str(row.capacity)) for row in rows] == [
        (file.name, "室晓岚", "scorer of applications"),
        (f"Application {choice.application.number}", "室晓岚", "programme staff"),
    ]


def test_what_was_opened_of_others_is_not_there(ana, ben, intake, staff, page, now):
    theirs = stories.apply(ben, intake).application
    log_opening(staff, "application", theirs.number, "staff", now)
    log_opening(staff, "case", theirs.number, "supervisor", now)
    page_of_ana = page.get("/me/openings/")
    assert page_of_ana.context["rows"] == []
    assert theirs.number not in page_of_ana.content.decode()


@pytest.mark.parametrize("how_many", [1, 3])
def test_the_list_costs_the_same_for_one_and_for_three(ana, intake, page, now, how_many, django_assert_num_queries):
    application = stories.apply(ana, intake).application
    for number in range(how_many):
        log_opening(factories.person(f"reader{number}"), "application", application.number, "scorer", now)
    with django_assert_num_queries(9):
        answer = page.get("/me/openings/")
    assert len(answer.context["rows"]) == how_many


def test_nobody_looks_without_signing_in(browser):
    assert browser.get("/me/openings/").url == "/accounts/login/?next=/me/openings/"


def test_a_record_and_its_case_are_named_by_number_and_code(sent, agreed, learner, supervisor, browser, now):  # noqa: F811
    """The kinds and references are those under which the pages themselves write."""
    browser.force_login(supervisor)
    browser.get(f"/desk/marking/{sent.uuid}/"), browser.get(f"/cases/{agreed.code}/")
    browser.force_login(learner)
    rows = browser.get("/me/openings/").context["rows"]
    assert [(row.what, str(row.capacity)) for row in rows] == [
        (f"Case {agreed.code}", "supervisor"),
        (f"个案记录 · {sent.number}", "supervisor"),
    ]


# --- accounts in the admin ------------------------------------------------------------------------------------------
@pytest.fixture
def admin(browser, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    browser.force_login(confirmed(factories.person("root", is_superuser=True, is_staff=True)))
    return browser


def test_an_administrator_makes_an_account_with_our_fields(admin):
    fields = {
        "username": "weiming",
        "name": "微明",
        "email": "weiming@example.org",
        "phone": "138 0013 8000",
        "language": "zh-hans",
        "password1": "kuaile-1989-x",
        "password2": "kuaile-1989-x",
    }
    page = admin.get("/admin/users/new/").content.decode()
    assert "first_name" not in page
    assert all(f'name="{field}"' in page for field in fields)
    assert admin.post("/admin/users/new/", fields).status_code == 302
    made = User.objects.get(username="weiming")
    assert (made.name, made.phone, made.language) == ("微明", "+8613800138000", "zh-hans")


def test_an_administrator_corrects_a_name_and_suspends(admin, ana):
    fields = {"username": "ana", "name": "安娜娜", "email": "ana@example.org", "phone": "", "language": "en"}
    assert admin.get(f"/admin/users/edit/{ana.pk}/").status_code == 200
    assert admin.post(f"/admin/users/edit/{ana.pk}/", fields).status_code == 302
    ana.refresh_from_db()
    assert (ana.name, ana.phone, ana.is_active) == ("安娜娜", None, False)


@pytest.mark.parametrize("word", ["安娜", "13800138000", "ana@example"])
def test_accounts_are_found_by_name_number_and_address(admin, ana, word):
    assert "安娜" in admin.get("/admin/users/", {"q": word}).content.decode()


@pytest.mark.parametrize("place", ["/admin/users/", "/admin/users/new/"])
def test_staff_of_a_programme_have_no_accounts_in_their_admin(browser, settings, director, now, place):
    settings.SECOND_FACTOR_REQUIRED = False
    browser.force_login(director)
    assert browser.get(place).status_code in (302, 404)


def test_ones_own_account_in_the_admin_asks_for_no_first_name(admin):
    assert "first_name" not in admin.get("/admin/account/").content.decode()
