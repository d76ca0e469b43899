"""Staff edit the letters in the Wagtail admin: listed, previewed, and refused with the name of what is wrong."""

import pytest

from lms.admissions.models import LetterTemplate
from lms.programmes.admin_groups import follow_grants
from tests import factories

BASE = "/admin/snippets/admissions/lettertemplate/"


@pytest.fixture
def admin(client, staff, courses, now):
    follow_grants(staff, now=now)
    client.force_login(staff)
    return client


@pytest.fixture
def offer(admin):
    return LetterTemplate.objects.get(kind="offer", language="zh-hans")


def posted(template, **changes):
    return {
        "programme": template.programme_id,
        "kind": template.kind,
        "language": template.language,
        "subject": template.subject,
        "body": template.body,
    } | changes


def test_the_letters_are_listed_and_edited_by_staff(admin, offer):
    assert offer.subject in admin.get(BASE).content.decode()
    page = admin.get(f"{BASE}edit/{offer.pk}/").content.decode()
    assert "{deadline}" in page

    admin.post(f"{BASE}edit/{offer.pk}/", posted(offer, subject="录取：{track}"))

    offer.refresh_from_db()
    assert offer.subject == "录取：{track}"


def test_an_unknown_placeholder_is_named_beside_the_field(admin, offer):
    page = admin.post(f"{BASE}edit/{offer.pk}/", posted(offer, body="{name}，你的分数是 {score}"))
    assert "{score}" in page.content.decode()
    offer.refresh_from_db()
    assert "{score}" not in offer.body


def test_a_letter_is_previewed_with_an_invented_applicant(admin, offer):
    url = f"{BASE}preview/{offer.pk}/"
    assert admin.post(url, posted(offer)).json()["is_valid"]
    page = admin.get(f"{url}?mode=").content.decode()
    assert "房知夏" in page and "{" not in page[page.index("<main") : page.index("</main>")]


def test_learners_and_scorers_do_not_reach_the_letters(client, offer, scorers, ana):
    for user in (scorers[0], ana):
        client.force_login(user)
        assert client.get(BASE).status_code in (302, 403, 404)


# --- each programme its own -----------------------------------------------------------------------------------------
@pytest.fixture
def foreign(admin):
    """The offer of another programme, with words that stand nowhere else."""
    found = factories.programme("elsewhere").letter_templates.get(kind="offer", language="zh-hans")
    LetterTemplate.objects.filter(pk=found.pk).update(subject="别家的录取通知")
    found.refresh_from_db()
    return found


@pytest.mark.parametrize("view", ["edit", "delete", "history", "usage"])
def test_letters_of_another_programme_are_not_there(admin, foreign, view):
    assert admin.get(f"{BASE}{view}/{foreign.pk}/").status_code == 404
    assert foreign.subject not in admin.get(BASE).content.decode()


def test_they_are_neither_changed_nor_previewed_nor_deleted(admin, offer, foreign):
    admin.post(f"{BASE}edit/{foreign.pk}/", posted(foreign, subject="改过"))
    admin.post(f"{BASE}delete/{foreign.pk}/")
    bulk = "/admin/bulk/admissions/lettertemplate/delete/"
    admin.post(f"{bulk}?id={foreign.pk}", {"confirm": "on"})
    foreign.refresh_from_db()
    assert foreign.subject == "别家的录取通知"
    assert "别家" not in admin.get(f"{BASE}preview/{foreign.pk}/?mode=").content.decode()


def test_none_is_given_to_another_programme(admin, offer, foreign):
    answer = admin.post(f"{BASE}edit/{offer.pk}/", posted(offer, programme=foreign.programme_id))
    assert "programme" in answer.context["form"].errors


def test_the_chooser_shows_ones_own(admin, offer, foreign):
    chooser = "/admin/snippets/choose/admissions/lettertemplate/"
    pages = [admin.get(chooser), admin.get(f"{chooser}results/"), admin.get(f"{chooser}chosen/{foreign.pk}/")]
    assert [page.status_code for page in pages] == [200, 200, 404]
    shown = pages[0].content.decode() + pages[1].content.decode()
    assert f"chosen/{offer.pk}/" in shown and f"chosen/{foreign.pk}/" not in shown
