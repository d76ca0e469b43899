"""The applicant's way through the pages, without JavaScript; and what autosave is told."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pypdf import PdfWriter

from lms.admissions import actions, applying, form, identifying
from lms.admissions.models import Application, Choice
from media.models import PrivateFile
from tests import factories
from tests.admissions.stories import admit_to_ranking, answers, apply, fill


@pytest.fixture
def visitor(client, ana):
    client.force_login(ana)
    return client


def text(response):
    return response.content.decode()


def posted(values):
    """What a browser sends for a section's values."""
    sent = {f"f-{key}": value for key, value in values.items() if key != "rows"}
    for n, row in enumerate(values.get("rows", [])):
        sent.update({f"row-{n}-{key}": value for key, value in row.items()})
    return sent


def pdf(tmp_path):
    path = tmp_path / "a.pdf"
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.write(path)
    return SimpleUploadedFile("活动总结.pdf", path.read_bytes(), "application/pdf")


# --- the programme --------------------------------------------------------------------------------------------------
def test_the_programme_page_greys_what_is_closed_with_its_reason(client, intake):
    closed = factories.intake("P", opens=-9, closes=-1)
    page = text(client.get("/"))
    assert str(intake.track) in page and str(closed.track) in page
    assert page.count("qr.svg") == 1
    assert f"?track={intake.track.slug}" in page and f"?track={closed.track.slug}" not in page


def test_the_page_of_no_programme_is_empty_not_broken(client, db):
    assert client.get("/").status_code == 200
    assert client.get("/programmes/nowhere/").status_code == 404


def test_the_qr_code_is_a_picture_of_the_forms_address(client, intake):
    response = client.get(f"/programmes/{intake.track.programme.slug}/{intake.track.slug}/qr.svg")
    assert response["Content-Type"] == "image/svg+xml"
    assert text(response).startswith("<svg xmlns=") and "style=" not in text(response)


@pytest.mark.parametrize("tracks", ["K", "KPC"])
def test_the_programme_page_costs_the_same_with_one_track_and_with_three(
    client, programme, tracks, django_assert_num_queries
):
    for code in tracks:
        factories.intake(code)
    with django_assert_num_queries(4):
        client.get("/")


# --- applying -------------------------------------------------------------------------------------------------------
def test_applying_begins_with_signing_in(client, intake):
    response = client.get(f"/programmes/liangxing/apply/?track={intake.track.slug}")
    assert response.status_code == 302 and "/accounts/login/" in response["Location"]


def test_from_beginning_to_receipt_without_javascript(visitor, ana, intake, tmp_path):
    refused = visitor.post("/programmes/liangxing/apply/", {"intake": intake.pk})
    assert refused.status_code == 200 and not Application.objects.exists()
    begun = visitor.post("/programmes/liangxing/apply/", {"intake": intake.pk, "notice": "on"}, follow=True)
    number = Application.objects.get().number
    assert begun.redirect_chain[-1][0] == f"/applications/{number}/"

    for key, values in answers(ana).items():
        page = visitor.get(f"/applications/{number}/form/{key}/")
        revision = re.search(r'name="base_revision" value="(\d+)"', text(page))[1]
        data = {**posted(values), "base_revision": revision, "next": ""}
        if key == "evidence":
            data["files"] = pdf(tmp_path)
        assert visitor.post(f"/applications/{number}/form/{key}/", data).status_code == 302

    page = text(visitor.get(f"/applications/{number}/check/"))
    key = re.search(r'name="key" value="(\w+)"', page)[1]
    for _click in range(2):
        sent = visitor.post(f"/applications/{number}/check/", {"key": key})
        assert sent["Location"] == f"/applications/{number}/receipt/"

    receipt = text(visitor.get(sent["Location"]))
    application = Application.objects.get()
    assert application.versions.get().sha256 in receipt and PrivateFile.objects.get().sha256 in receipt
    assert Choice.objects.get().state == Choice.State.SUBMITTED


def test_a_section_that_does_not_pass_is_kept_as_typed_and_says_what_is_wrong(visitor, ana, intake, now):
    application = applying.start(ana, intake.track.programme, [intake], now=now)
    url = f"/applications/{application.number}/form/reasons/"

    page = visitor.post(url, {"f-reason": "太短了", "base_revision": "0", "next": ""})

    assert page.status_code == 200
    assert 'class="error-summary"' in text(page) and 'href="#id_f-reason"' in text(page)
    assert "197" in text(page)
    application.refresh_from_db()
    assert application.answers["reasons"]["reason"] == "太短了"


def test_what_is_too_long_to_be_kept_is_refused_and_not_cut(visitor, ana, intake, now):
    application = applying.start(ana, intake.track.programme, [intake], now=now)
    url, typed = f"/applications/{application.number}/form/reasons/", "长" * 20_001

    page = visitor.post(url, {"f-reason": typed, "base_revision": "0", "next": ""})

    assert page.status_code == 409
    assert "20001" in text(page) and typed in text(page)
    assert page.context["bound"].form.errors["reason"]
    application.refresh_from_db()
    assert "reasons" not in application.answers
    visitor.post(url, {"f-reason": typed[1:], "base_revision": "0", "draft": ""})
    application.refresh_from_db()
    assert application.answers["reasons"]["reason"] == typed[1:]


def test_only_what_fits_its_field_is_looked_through_for_what_tells_who_a_child_is():
    part, phone = form.section("NS", "reasons"), "13812345678"
    assert [one.kind for one in identifying.in_section(part, {"reason": f"电话 {phone}"})] == ["phone"]
    assert identifying.in_section(part, {"reason": "长" * 800 + phone}) == []


def test_a_stale_page_answers_409_with_both_texts(visitor, ana, intake, now):
    application = applying.start(ana, intake.track.programme, [intake], now=now)
    url = f"/applications/{application.number}/form/reasons/"
    visitor.post(url, {"f-reason": "第一个窗口", "base_revision": "0", "draft": ""})

    page = visitor.post(url, {"f-reason": "第二个窗口", "base_revision": "0", "next": ""})

    assert page.status_code == 409
    assert "第一个窗口" in text(page) and "第二个窗口" in text(page)
    assert 'name="base_revision" value="1"' in text(page)


def test_autosave_is_answered_in_json(visitor, ana, intake, now):
    application = applying.start(ana, intake.track.programme, [intake], now=now)
    url = f"/applications/{application.number}/form/reasons/"
    json = {"HTTP_ACCEPT": "application/json"}

    first = visitor.post(url, {"f-reason": "一", "base_revision": "0"}, **json)
    stale = visitor.post(url, {"f-reason": "二", "base_revision": "0"}, **json)

    assert first.json()["revision"] == 1
    assert stale.status_code == 409 and stale.json()["stale"]


def test_rows_are_added_and_taken_out_by_buttons(visitor, ana, intake, now):
    application = applying.start(ana, intake.track.programme, [intake], now=now)
    url = f"/applications/{application.number}/form/experience/"
    rows = [{"since": "2023-01", "organisation": "甲"}, {"since": "2024-01", "organisation": "乙"}]

    added = visitor.post(url, {**posted({"rows": rows[:1]}), "base_revision": "0", "add": ""})
    visitor.post(url, {**posted({"rows": rows}), "base_revision": "1", "row-0-remove": ""})

    assert 'name="row-1-since"' in text(added)
    application.refresh_from_db()
    assert [row["organisation"] for row in application.answers["experience"]["rows"]] == ["乙"]


def test_what_might_tell_who_a_child_is_is_pointed_out(visitor, ana, intake):
    case = {**answers(ana)["evidence"]["rows"][0], "summary": "孩子的电话是13912345678。" + "很好。" * 150}
    application = fill(ana, intake, evidence={"rows": [case]})
    for place in ("form/evidence/", "check/"):
        assert "13912345678</" in text(visitor.get(f"/applications/{application.number}/{place}")).replace("”", "</")


def test_choices_are_ordered_added_and_left_out(visitor, ana, intake, parent_intake, now):
    application = applying.start(ana, intake.track.programme, [intake], now=now)
    url = f"/applications/{application.number}/choices/"

    visitor.post(url, {f"place-{intake.pk}": "1", "add": parent_intake.pk})
    visitor.post(url, {f"place-{intake.pk}": "2", f"place-{parent_intake.pk}": "1"})
    assert list(application.choices.values_list("intake", flat=True)) == [parent_intake.pk, intake.pk]

    visitor.post(url, {f"place-{intake.pk}": "1"})
    assert list(application.choices.values_list("intake", flat=True)) == [intake.pk]


def test_a_missed_line_stands_grey_with_its_reason_and_the_rest_is_sent(visitor, ana, intake, parent_intake, now):
    application = fill(ana, parent_intake, intake)
    parent_intake.closes_at = now - timedelta(seconds=1)
    parent_intake.save()

    sent = visitor.post(f"/applications/{application.number}/check/", {"key": "k"}, follow=True)

    assert str(parent_intake.track) in text(sent)
    assert list(application.choices.values_list("state", flat=True)) == ["draft", "submitted"]


def test_sending_too_late_keeps_the_draft_and_says_so(visitor, ana, intake, now):
    application = fill(ana, intake)
    intake.closes_at = now
    intake.save()

    page = visitor.post(f"/applications/{application.number}/check/", {"key": "k"})

    assert page.status_code == 409 and 'class="error-summary"' in text(page)
    application.refresh_from_db()
    assert not application.is_sent and application.answers["reasons"]


def test_the_form_prints_under_its_exact_title(visitor, ana, intake):
    application = apply(ana, intake).application
    page = text(visitor.get(f"/applications/{application.number}/print/"))
    assert ">《基层儿童实务人才培养申请表》</h1>" in page and 'class="stamp' in page


# --- afterwards -----------------------------------------------------------------------------------------------------
def test_an_offer_is_confirmed_on_the_status_page(visitor, ana, intake, staff, scorers, now):
    choice = admit_to_ranking(ana, intake, staff, scorers)
    status = f"/applications/{choice.application.number}/"
    assert f"/choices/{choice.pk}/confirm/" not in text(visitor.get(status))
    actions.offer(choice, by=staff, now=now)
    assert f"/choices/{choice.pk}/confirm/" in text(visitor.get(status))

    assert visitor.get(f"/choices/{choice.pk}/confirm/").status_code == 405
    for _tap in range(2):
        visitor.post(f"/choices/{choice.pk}/confirm/")

    assert ana.enrolments.get().intake == intake
    assert visitor.get("/applications/")["Location"] == status


def test_withdrawing_asks_once_more(visitor, ana, intake):
    choice = apply(ana, intake)
    url = f"/choices/{choice.pk}/withdraw/"
    visitor.get(url)
    choice.refresh_from_db()
    assert choice.state == Choice.State.SUBMITTED
    visitor.post(url)
    choice.refresh_from_db()
    assert choice.state == Choice.State.WITHDRAWN


def test_what_was_asked_for_is_supplemented_and_sent_again(visitor, ana, intake, staff, now):
    choice = apply(ana, intake)
    actions.ask(choice, items="请补单位证明", by=staff, now=now, sections=["statements"])
    number = choice.application.number
    page = text(visitor.get(f"/applications/{number}/"))
    assert "请补单位证明" in page and "form/statements/" in page and "form/person/" not in page
    assert visitor.get(f"/applications/{number}/form/person/").status_code == 302

    visitor.post(f"/applications/{number}/check/", {"key": "again"})

    choice.refresh_from_db()
    assert (choice.state, choice.application.versions.count()) == (Choice.State.SUBMITTED, 2)


def test_one_more_track_on_the_status_page(visitor, ana, intake, parent_intake):
    number = apply(ana, intake).application.number
    assert parent_intake.track.name in text(visitor.get(f"/applications/{number}/"))
    visitor.post(f"/applications/{number}/more/", {"intake": parent_intake.pk})
    assert Choice.objects.filter(state="submitted").count() == 2


@pytest.mark.parametrize("tracks", ["K", "KPC"])
def test_the_status_page_costs_the_same_with_one_choice_and_with_three(
    visitor, ana, programme, tracks, django_assert_num_queries
):
    number = apply(ana, *[factories.intake(code) for code in tracks]).application.number
    with django_assert_num_queries(11):
        visitor.get(f"/applications/{number}/")


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_of_an_applicant_has_one_heading_in_both_languages(visitor, ana, intake, language):
    visitor.cookies["django_language"] = language
    draft = fill(ana, intake)
    places = ["", "check/", "print/", *(f"form/{key}/?check" for key in answers(ana))]
    pages = ["/", "/applications/", *(f"/applications/{draft.number}/{place}" for place in places)]
    for page in pages:
        assert text(visitor.get(page, follow=True)).count("<h1") == 1, page


def test_letters_are_read_on_the_site(visitor, ana, intake):
    letter = apply(ana, intake).application.letters.get()
    page = text(visitor.get(f"/applications/{letter.application.number}/letters/{letter.number}/"))
    assert letter.subject in page


@pytest.mark.parametrize("hostile", ["²", "9" * 30, "9" * 5000, "-1", ""])
def test_numbers_that_are_none_choose_nothing(visitor, ana, intake, hostile):
    draft = fill(ana, intake)
    choice = draft.choices.get()
    assert visitor.post("/programmes/liangxing/apply/", {"intake": hostile, "notice": "on"}).status_code in (200, 302)
    visitor.post(f"/applications/{draft.number}/choices/", {f"place-{intake.pk}": "1", "add": hostile})
    assert draft.choices.get() == choice
    assert visitor.post(f"/applications/{draft.number}/more/", {"intake": hostile}).status_code == 404
    stale = visitor.post(f"/applications/{draft.number}/form/person/", {"base_revision": hostile})
    assert stale.status_code == 409


def test_what_no_database_can_hold_is_left_out_of_an_answer(visitor, ana, intake):
    draft = fill(ana, intake)
    page = f"/applications/{draft.number}/form/person/"
    visitor.post(page, {**posted(answers(ana)["person"]), "f-name": "安\x00娜", "base_revision": "1", "draft": "1"})
    draft.refresh_from_db()
    assert draft.answers["person"]["name"] == "安娜"
