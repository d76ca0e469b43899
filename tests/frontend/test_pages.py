"""The frame, the error pages, and the switches of language and colours."""

import re

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.utils import translation

from lms import views

LANGUAGES = ("zh-hans", "en")
PLAIN = ("400", "413", "500", "503", "offline")


@pytest.fixture
def visitor(client):
    return client


def headings(html):
    return re.findall(r"<h1[ >]", html)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PLAIN)
def test_plain_error_pages_need_neither_context_nor_database(name, language):
    with translation.override(language):
        html = render_to_string(f"{name}.html")
    assert f'<html lang="{language}"' in html
    assert len(headings(html)) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["403", "403_csrf", "404", "429"])
def test_error_pages_in_the_frame(name, rf, ana):
    request = rf.get("/somewhere/")
    request.user = ana
    html = render_to_string(f"{name}.html", request=request)
    assert len(headings(html)) == 1
    assert name[:3] in html


def test_a_broken_page_is_answered_without_asking_the_database(rf):
    answer = views.server_error(rf.get("/"))
    assert answer.status_code == 500


def test_a_broken_page_keeps_the_colours(rf):
    request = rf.get("/")
    request.COOKIES["theme"] = "dark"
    assert 'data-theme="dark"' in views.server_error(request).content.decode()


@pytest.mark.django_db
def test_an_unknown_address_is_answered_in_the_frame(visitor):
    answer = visitor.get("/no-such-page/")
    assert answer.status_code == 404
    assert "topbar" in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", views.PAGES)
def test_plain_pages_in_both_languages(visitor, name, language):
    visitor.cookies["django_language"] = language
    html = visitor.get(f"/pages/{name}/").content.decode()
    assert f'<html lang="{language}"' in html
    article = re.search(r"<article.*</article>", html, re.S)[0]
    assert len(headings(article)) == 1
    assert bool(re.search(r"[\u4e00-\u9fff]{4}", article)) == (language == "zh-hans")


@pytest.mark.django_db
def test_other_names_are_no_pages(visitor):
    assert visitor.get("/pages/base/").status_code == 404


@pytest.mark.django_db
def test_the_language_switch_keeps_the_address(visitor):
    here = "/pages/privacy/?from=letter"
    assert 'value="/pages/privacy/?from=letter"' in visitor.get(here).content.decode()

    answer = visitor.post("/language/", {"language": "en", "next": here}, follow=True)

    assert answer.redirect_chain == [(here, 302)]
    assert '<html lang="en"' in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_theme_switch_keeps_the_address(visitor, theme):
    here = "/pages/privacy/?from=letter"

    answer = visitor.post("/theme/", {"theme": theme, "next": here}, follow=True)

    assert answer.redirect_chain == [(here, 302)]
    assert f'data-theme="{theme}"' in answer.content.decode()


@pytest.mark.django_db
def test_following_the_system_forgets_the_theme(visitor):
    visitor.post("/theme/", {"theme": "dark"})
    answer = visitor.post("/theme/", {"theme": "auto", "next": "/pages/privacy/"}, follow=True)
    assert "data-theme" not in answer.content.decode()


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "javascript:alert(1)", ""])
def test_the_theme_switch_leads_nowhere_else(visitor, elsewhere):
    answer = visitor.post("/theme/", {"theme": "dark", "next": elsewhere})
    assert answer.url == "/"


def test_the_theme_switch_takes_what_is_no_address_for_one(visitor):
    answer = visitor.post("/theme/", {"theme": "dark", "next": "nan"})
    assert (answer.status_code, answer["Location"]) == (302, "nan")


def test_the_theme_is_not_changed_by_a_link(visitor):
    assert visitor.get("/theme/?theme=dark").status_code == 405


@pytest.mark.django_db
def test_switches_need_the_forms_own_proof():
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/theme/", {"theme": "dark"}).status_code == 403


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["/accounts/login/", "/accounts/signup/", "/accounts/password/reset/", "/accounts/password/reset/done/"]
)
def test_entrance_pages_stand_in_the_frame(visitor, address):
    html = visitor.get(address).content.decode()
    assert len(headings(html)) == 1
    assert 'class="topbar' in html
    assert 'id="main"' in html


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    ["/accounts/email/", "/accounts/password/change/", "/accounts/logout/", "/accounts/2fa/", "/accounts/sessions/"],
)
def test_account_pages_stand_in_the_frame(client, ana, address):
    client.force_login(ana)
    html = client.get(address).content.decode()
    assert len(headings(html)) == 1
    assert 'class="topbar' in html


@pytest.mark.django_db
def test_a_wrong_password_is_said_in_the_summary_and_what_was_typed_stays(visitor, ana):
    html = visitor.post("/accounts/login/", {"login": "ana", "password": "wrong"}).content.decode()
    assert 'class="error-summary"' in html
    assert 'value="ana"' in html


@pytest.mark.django_db
def test_a_stranger_sees_the_way_in_and_no_places(visitor):
    html = visitor.get("/pages/privacy/").content.decode()
    assert 'href="/accounts/login/"' in html
    assert "bottombar" not in html
