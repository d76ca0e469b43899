"""Files that come in pieces over a weak line: nothing is lost, nothing comes twice, nothing goes past the end."""

import base64
import fcntl
import io
import random
from datetime import timedelta

import pikepdf
import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from media import incoming, uploads
from media.models import Upload
from media.purposes import MEGABYTE, file_purposes
from tests.media import files
from tests.media.drawer import Drawer, stored

PIECE = MEGABYTE
OFFSET_STREAM = "application/offset+octet-stream"


@pytest.fixture
def drawer():
    purpose = file_purposes.register(Drawer())
    yield purpose
    file_purposes.unregister(purpose.key)


@pytest.fixture
def browser(ana):
    client = Client(headers={"accept-language": "en"})
    client.force_login(ana)
    return client


def announce(browser, length, name="plan.pdf", subject="drawer-ana", purpose="drawer"):
    told = {"filename": name, "purpose": purpose, "subject": subject}
    metadata = ",".join(f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in told.items())
    return browser.post(reverse("media:uploads"), headers={"upload-length": str(length), "upload-metadata": metadata})


def send(browser, url, piece, at):
    return browser.patch(url, piece, content_type=OFFSET_STREAM, headers={"upload-offset": str(at)})


def large_pdf(size=5 * MEGABYTE):
    """A PDF of at least so many bytes that cannot be compressed away."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page()
    noise = pikepdf.Stream(pdf, random.Random(1).randbytes(size), Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image)
    page.obj["/Resources"] = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=pdf.make_indirect(noise)))
    target = io.BytesIO()
    pdf.save(target)
    return target.getvalue()


def test_a_piece_of_no_readable_length_is_no_accident(drawer, browser):
    browser.raise_request_exception = False
    url = announce(browser, 10)["Location"]
    answer = browser.patch(url, b"ab", OFFSET_STREAM, headers={"upload-offset": "0"}, CONTENT_LENGTH="ten")
    assert (answer.status_code, answer["Upload-Offset"]) == (204, "0")


def test_five_megabytes_broken_at_two_go_on_where_they_stopped(drawer, browser, ana):
    body = large_pdf()
    url = announce(browser, len(body))["Location"]
    for at in (0, PIECE):
        assert send(browser, url, body[at : at + PIECE], at).status_code == 204

    again = Client()  # the line broke; another request, perhaps after the phone was charged
    again.force_login(ana)
    at = int(again.head(url)["Upload-Offset"])
    assert at == 2 * PIECE
    while at < len(body):
        at = int(send(again, url, body[at : at + PIECE], at)["Upload-Offset"])

    [file] = stored(ana)
    told = again.get(url).json()
    assert (told["name"], told["uuid"]) == ("plan.pdf", str(file.uuid)) and file.size >= 5 * MEGABYTE
    assert file.short_hash in told["meta"]
    assert int(again.head(url)["Upload-Offset"]) == len(body), "a client that missed the answer learns it is done"
    assert len(stored(ana)) == 1


def test_a_piece_sent_twice_or_elsewhere_is_refused_with_the_true_offset(drawer, browser):
    body = files.pdf()
    url = announce(browser, len(body))["Location"]
    send(browser, url, body[:100], 0)
    for at in (0, 50, 101):
        response = send(browser, url, body[:100], at)
        assert (response.status_code, response["Upload-Offset"]) == (409, "100")


def test_nothing_is_written_past_the_announced_length(drawer, browser, ana):
    body = files.pdf()
    url = announce(browser, len(body))["Location"]
    assert send(browser, url, body + b"and more", 0)["Upload-Offset"] == str(len(body))
    assert len(stored(ana)) == 1


def test_two_windows_cannot_write_at_once(drawer, browser):
    url = announce(browser, 100)["Location"]
    with incoming.locked(Upload.objects.get()):
        assert send(browser, url, b"x", 0).status_code == 423
    assert send(browser, url, b"x", 0).status_code == 204


def test_pieces_are_at_most_one_megabyte(drawer, browser):
    url = announce(browser, 3 * MEGABYTE)["Location"]
    assert send(browser, url, b"0" * (settings.UPLOAD_CHUNK + 1), 0).status_code == 413
    assert browser.patch(url, b"x", content_type="text/plain").status_code == 415


def test_what_would_not_be_taken_is_refused_before_a_byte_is_sent(drawer, browser, ana):
    answers = [
        announce(browser, 100, name="virus.exe"),
        announce(browser, 50 * MEGABYTE),
        announce(browser, 0),
        announce(browser, 100, subject="drawer-ben"),
        announce(browser, 100, purpose="nothing"),
    ]
    assert [answer.status_code for answer in answers] == [422] * 5
    assert "Please choose: PDF, DOCX, JPG, PNG." in answers[0].content.decode()
    assert not Upload.objects.exists()
    assert Client().post(reverse("media:uploads")).status_code == 403


def test_uploads_on_their_way_count_for_number_and_quota(drawer, browser):
    drawer.max_count = 2
    assert [announce(browser, 100).status_code for _ in range(3)] == [201, 201, 422]
    drawer.max_count, drawer.quota = 9, 250
    assert announce(browser, 100).status_code == 422


def test_a_complete_file_that_is_not_what_it_says_leaves_nothing(drawer, browser, ana):
    url = announce(browser, 10)["Location"]
    upload = Upload.objects.get()
    response = send(browser, url, b"not a pdf!", 0)
    assert response.status_code == 422 and "not what its name says" in response.content.decode()
    assert not stored(ana) and not Upload.objects.exists() and not incoming.partial(upload).exists()
    assert browser.head(url).status_code == 404


def test_a_finish_that_was_interrupted_is_made_good_by_the_next_question(drawer, browser, ana, now):
    body = files.pdf()
    url = announce(browser, len(body))["Location"]
    incoming.partial(Upload.objects.get()).write_bytes(body)
    assert browser.head(url)["Upload-Offset"] == str(len(body))
    assert len(stored(ana)) == 1


def test_giving_up_removes_the_bytes_and_strangers_find_nothing(drawer, browser, ben):
    url = announce(browser, 100)["Location"]
    send(browser, url, b"x", 0)
    upload = Upload.objects.get()
    stranger = Client()
    stranger.force_login(ben)
    assert [stranger.head(url).status_code, stranger.delete(url).status_code] == [404, 404]
    assert browser.delete(url).status_code == 204
    assert not Upload.objects.exists() and not incoming.partial(upload).exists()


def test_an_upload_is_swept_after_a_day(drawer, browser, now):
    url = announce(browser, 100)["Location"]
    upload = Upload.objects.get()
    send(browser, url, b"x", 0)
    uploads.sweep(now + timedelta(hours=23))
    assert incoming.partial(upload).exists()
    uploads.sweep(now + timedelta(hours=25))
    assert not incoming.partial(upload).exists() and browser.head(url).status_code == 404


def test_the_lock_is_the_operating_systems_so_a_killed_process_leaves_none(drawer, ana, now):
    upload = uploads.begin(ana, "drawer", "drawer-ana", name="a.pdf", length=9, now=now)
    with incoming.locked(upload) as file, open(file.name, "ab") as other, pytest.raises(BlockingIOError):
        fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
    with incoming.locked(upload):
        pass
