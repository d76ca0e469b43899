"""Who works here is signed out when nobody is there; learners stay signed in; nothing that was typed is lost."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.conf import settings
from django.test import Client

from lms import clock
from lms.people.models import User
from tests import factories
from tests.people.conftest import confirmed

pytestmark = pytest.mark.django_db

LONG = "她说，孩子这两周在学校里几乎不说话，老师也很担心，想约家长谈一谈。"


@pytest.fixture(autouse=True)
def without_second_factor(settings):
    settings.SECOND_FACTOR_REQUIRED = False


@pytest.fixture
def staff(programme):
    user = confirmed(factories.person("staff", name="室晓岚"))
    factories.grant(user, "staff", programme=programme)
    return user


@pytest.fixture
def desk(staff, browser):
    browser.force_login(staff)
    return browser


def after(**passed):
    return clock.at(clock.real_now() + timedelta(**passed))


# --- when it ends ---------------------------------------------------------------------------------------------------
def test_after_half_an_hour_alone_one_signs_in_again_and_reads_why(desk):
    with after(minutes=29):
        assert desk.get("/desk/").status_code == 200
    with after(minutes=60):
        answer = desk.get("/desk/")
    assert answer.url == "/accounts/login/?next=/desk/"
    assert "nobody was here for 30 minutes" in desk.get(answer.url).content.decode()


def test_signing_in_again_leads_back_to_where_one_was(desk, sign_in):
    with after(minutes=31):
        desk.get("/me/openings/")
        assert desk.post("/accounts/login/?next=/me/openings/", {"login": "staff", "password": "secret"}).url == (
            "/me/openings/"
        )
        assert desk.get("/me/openings/").status_code == 200


def test_who_keeps_working_stays_signed_in_until_the_twelfth_hour(desk):
    for pause in range(1, 25):
        with after(minutes=29 * pause):
            assert desk.get("/desk/").status_code == 200
    with after(hours=12, minutes=1):
        answer = desk.get("/desk/")
    assert "after 12 hours" in desk.get(answer.url).content.decode()


def test_the_times_come_from_the_settings(desk, settings):
    settings.STAFF_IDLE = timedelta(minutes=5)
    with after(minutes=6):
        assert desk.get("/desk/").status_code == 302


def test_a_session_that_is_over_cannot_be_used_by_who_kept_its_cookie(desk):
    stolen = Client()
    stolen.cookies["sessionid"] = desk.cookies["sessionid"].value
    with after(minutes=31):
        desk.get("/desk/")
    assert stolen.get("/desk/").status_code == 302


def test_an_editor_that_stands_open_counts_as_nobody(desk):
    for minutes in (10, 20, 30):
        with after(minutes=minutes):
            desk.post("/admin/editing-sessions/ping/content/lessonpage/1/1/")
    with after(minutes=31):
        assert desk.get("/desk/").status_code == 302


def test_learners_stay_signed_in_for_days(ana, browser):
    browser.force_login(ana)
    with after(days=9):
        assert browser.get("/me/").status_code == 200


def test_who_gets_a_role_is_held_to_it_from_the_next_page_on(ana, browser, programme):
    browser.force_login(ana)
    with after(days=3):
        factories.grant(ana, "staff", programme=programme)
        assert browser.get("/desk/").status_code == 302


def test_an_administrator_without_a_role_is_held_to_it_too(browser):
    browser.force_login(factories.person("root", is_superuser=True))
    with after(minutes=31):
        assert browser.get("/me/").status_code == 302


# --- what it costs --------------------------------------------------------------------------------------------------
def test_it_costs_a_learner_nothing_and_staff_one_note_a_minute(
    ana, staff, browser, django_assert_num_queries, django_assert_max_num_queries
):
    browser.force_login(ana)
    with django_assert_num_queries(4):
        browser.get("/me/")
    with after(hours=5), django_assert_num_queries(4):
        browser.get("/me/")
    browser.force_login(staff)
    with django_assert_num_queries(4):
        browser.get("/me/")
    with after(minutes=2):
        with django_assert_max_num_queries(7):
            browser.get("/me/")
        with django_assert_num_queries(4):
            browser.get("/me/")


def test_pictures_and_what_keeps_a_site_alive_ask_for_nobody(staff, browser, django_assert_num_queries):
    browser.force_login(staff)
    for path in ("/healthz", "/offline/", "/learn/sw.js"):
        with django_assert_num_queries(0):
            browser.get(path)


# --- what was typed -------------------------------------------------------------------------------------------------
def held(answer):
    """The field of the page that holds what was typed."""
    return unescape(re.search(r'name="sent" value="([^"]+)"', answer.content.decode())[1])


def fields_of(answer):
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', answer.content.decode())
    return {unescape(name): unescape(value) for name, value in found if name != "csrfmiddlewaretoken"}


def test_a_form_sent_too_late_is_held_by_the_page_that_says_so(desk, staff):
    with after(minutes=31):
        answer = desk.post("/me/edit/", {"phone": "139 0013 9000", "language": "en", "note": LONG})
    text = answer.content.decode()
    assert answer.status_code == 401
    assert "Nothing is lost" in text and "nobody was here for 30 minutes" in text and LONG in text
    assert 'href="/accounts/login/?next=/me/again/"' in text
    staff.refresh_from_db()
    assert staff.phone is None


def test_signed_in_again_it_is_sent_where_it_was_meant_to_go(desk, staff, sign_in):
    with after(minutes=31):
        kept = held(
            desk.post("/me/edit/?from=home", {"phone": "139 0013 9000", "language": "en", "note": [LONG, "二\n行"]})
        )
        assert desk.post("/me/unsent/", {"sent": kept}).status_code == 401
        sign_in("staff")
        assert "Close this window" in desk.get("/me/again/").content.decode()
        again = desk.post("/me/unsent/", {"sent": kept})
        assert 'action="/me/edit/?from=home"' in again.content.decode()
        assert again.content.decode().count('name="note"') == 2
        desk.post("/me/edit/?from=home", fields_of(again))
    staff.refresh_from_db()
    assert staff.phone == "+8613900139000"


def test_a_learner_whose_session_ran_out_loses_nothing_either(ana, browser):
    browser.force_login(ana)
    browser.session.flush()
    answer = browser.post("/me/edit/", {"phone": "139 0013 9000", "language": "en"})
    assert (answer.status_code, "Not sent yet" in answer.content.decode()) == (401, True)


def test_files_have_to_be_chosen_again_and_the_page_says_so(desk, tmp_path):
    (tmp_path / "a.txt").write_text("x")
    with after(minutes=31), open(tmp_path / "a.txt") as file:
        answer = desk.post("/me/edit/", {"phone": "", "file": file})
    assert "Files cannot be kept" in answer.content.decode()


def test_another_browser_cannot_have_it_sent(desk, staff, ana):
    """Somebody's own text, held and signed by us, is worth nothing in the browser of somebody else."""
    with after(minutes=31):
        kept = held(desk.post("/me/edit/", {"phone": "139 0013 9000", "language": "en"}))
    other = Client(headers={"accept-language": "en"})
    other.force_login(ana)
    assert other.post("/me/unsent/", {"sent": kept}).status_code == 400
    other.cookies["unsent"] = "guessed"
    assert other.post("/me/unsent/", {"sent": kept}).status_code == 400


@pytest.mark.parametrize("sent", ["", "x", "eyJ0b2tlbiI6IiJ9:1abc:xyz"])
def test_what_we_did_not_hold_is_refused(desk, sent):
    assert desk.post("/me/unsent/", {"sent": sent}).status_code == 400


def test_a_form_from_another_site_is_refused_and_not_held(staff):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(staff)
    with after(minutes=31):
        assert strict.post("/me/edit/", {"phone": "139 0013 9000"}).status_code == 403


def test_passwords_are_never_held(desk):
    with after(minutes=31):
        answer = desk.post("/admin/users/new/", {"username": "new", "password1": "kuaile-1989-x"})
    assert answer.status_code == 302


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Mode": "cors"}, {"X-Requested-With": "XMLHttpRequest"}])
def test_a_script_is_led_to_the_sign_in_and_keeps_by_itself_what_was_not_taken(ana, browser, headers):
    assert browser.post("/me/edit/", {"phone": "1"}, headers=headers).status_code == 302


def test_nothing_was_kept_by_the_server(desk):
    with after(minutes=31):
        desk.post("/me/edit/", {"phone": "139 0013 9000", "note": LONG})
    assert LONG not in str(dict(desk.session))
    assert not User.objects.filter(phone="+8613900139000").exists()


@pytest.mark.parametrize(
    "page",
    ["assessments/quiz_attempt", "assessments/grading/grade", "assessments/submission/section", "admissions/section"],
)
def test_every_page_that_saves_by_itself_shows_the_way_back_in(page):
    source = (settings.BASE_DIR / f"templates/{page}.html").read_text(encoding="utf-8")
    assert ("data-draft" in source or "data-quiz" in source) and "components/sign_in_again.html" in source
