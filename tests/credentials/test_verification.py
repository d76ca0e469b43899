"""Anyone can check a certificate, and learns nothing else."""

import re

import pytest
from django.core.cache import cache
from django.urls import reverse

from lms.credentials import limits, numbers
from lms.credentials.actions import replace, revoke

pytestmark = pytest.mark.django_db
VERIFY = "/certificates/verify/"


@pytest.fixture(autouse=True)
def no_tries_yet():
    cache.clear()


@pytest.fixture
def stranger(reader):
    return reader()


def ask(client, number, name):
    return client.post(VERIFY, {"number": number, "name": name})


def main_of(response):
    """What the page says, without tokens and time."""
    body = response.content.decode()
    body = body[body.index("<main") : body.index("</main>")]
    return re.sub(r'value="[^"]*"|\d\d:\d\d', "", body)


def test_the_link_and_the_qr_say_that_it_is_valid(stranger, credential):
    response = stranger.get(reverse("credentials:verify_code", args=[credential.code]))
    text = response.content.decode()
    assert response.status_code == 200
    for fact in ("This certificate is valid", "亢一凡", credential.number, "certificate of completion"):
        assert fact in text


def test_number_and_name_say_it_too_however_they_are_typed(stranger, credential):
    assert "is valid" in ask(stranger, f" {credential.number.lower().replace('-', ' ')} ", " 亢 一凡 ").content.decode()


def test_a_wrong_name_and_an_unknown_number_get_the_same_answer(stranger, credential):
    from_wrong_name = ask(stranger, credential.number, "房日兔")
    unknown = numbers.number(credential.number.rsplit("-", 2)[0], 9999)
    from_unknown = ask(stranger, unknown, "房日兔")
    assert from_wrong_name.status_code == from_unknown.status_code == 200
    assert main_of(from_wrong_name) == main_of(from_unknown)
    assert "No such certificate" in main_of(from_unknown)


def test_the_name_alone_or_the_number_alone_finds_nothing(stranger, credential):
    assert "is valid" not in ask(stranger, "", "亢一凡").content.decode()
    assert "is valid" not in ask(stranger, credential.number, "").content.decode()


def test_a_mistyped_number_is_said_to_be_one_and_what_was_typed_stays(stranger, credential):
    wrong = credential.number[:-1] + ("A" if credential.number[-1] != "A" else "B")
    response = ask(stranger, wrong, "亢一凡")
    assert (response.status_code, "typing error" in response.content.decode()) == (422, True)
    assert wrong in response.content.decode()


def test_an_unknown_code_is_not_found(stranger):
    response = stranger.get(reverse("credentials:verify_code", args=["x" * 43]))
    assert (response.status_code, "No such certificate" in response.content.decode()) == (404, True)


def test_a_revoked_certificate_says_so_without_the_reason(stranger, credential, director, now):
    revoke(credential, reason="机密理由", by=director, now=now)
    text = stranger.get(reverse("credentials:verify_code", args=[credential.code])).content.decode()
    assert "was revoked" in text and "Revoked on" in text
    assert "机密理由" not in text and "is valid" not in text


def test_a_replaced_certificate_names_the_new_number(stranger, credential, staff, now):
    new = replace(credential, name="亢一帆", reason="姓名有误", by=staff, now=now)
    old_page = stranger.get(reverse("credentials:verify_code", args=[credential.code])).content.decode()
    new_page = stranger.get(reverse("credentials:verify_code", args=[new.code])).content.decode()
    assert "replaced by a new one" in old_page and new.number in old_page
    assert "is valid" in new_page and "亢一帆" in new_page


def test_nothing_private_is_shown(stranger, credential, learner):
    learner.phone = "19900000001"
    learner.save()
    text = main_of(stranger.get(reverse("credentials:verify_code", args=[credential.code])))
    for private in (learner.email, learner.phone, learner.username, "K-2025-0001", str(credential.uuid), "hours"):
        assert private not in text


def test_search_engines_and_other_sites_are_told_nothing(stranger, credential):
    for response in (stranger.get(VERIFY), stranger.get(reverse("credentials:verify_code", args=[credential.code]))):
        assert response["X-Robots-Tag"] == "noindex, nofollow"
        assert response["Referrer-Policy"] == "same-origin"
        assert "no-store" in response["Cache-Control"]


def test_guessing_is_slowed_down_per_address(stranger, credential, monkeypatch):
    monkeypatch.setattr(limits, "PER_ADDRESS", (3, 60))
    url = reverse("credentials:verify_code", args=[credential.code])
    assert [stranger.get(url).status_code for _ in range(4)] == [200, 200, 200, 429]
    assert ask(stranger, credential.number, "亢一凡").status_code == 429


def test_guessing_the_name_to_a_number_is_slowed_down_from_everywhere(stranger, credential, monkeypatch):
    monkeypatch.setattr(limits, "PER_NUMBER", (2, 600))
    answers = [
        stranger.post(VERIFY, {"number": credential.number, "name": "房日兔"}, REMOTE_ADDR=f"10.0.0.{n}").status_code
        for n in range(3)
    ]
    assert answers == [200, 200, 429]


def test_verifying_costs_one_query(stranger, credential, django_assert_num_queries):
    with django_assert_num_queries(1):
        stranger.get(reverse("credentials:verify_code", args=[credential.code]))
