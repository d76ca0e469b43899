"""Staff edit the letters in the Wagtail admin: listed, previewed, and refused with the name of what is wrong."""

import pytest

from lms.admissions import letters
from lms.admissions.models import LetterTemplate
from lms.programmes.admin_groups import follow_grants

BASE = "/admin/snippets/admissions/lettertemplate/"


@pytest.fixture
def admin(client, staff, courses, now):
    letters.ensure_templates()
    follow_grants(staff, now=now)
    client.force_login(staff)
    return client


@pytest.fixture
def offer(admin):
    return LetterTemplate.objects.get(kind="offer", language="zh-hans")


def posted(template, **changes):
    return {
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
