"""Images and recordings: bytes in parts, headers that let nothing run, and who may see what."""

import io

import pytest
from django.contrib.auth.models import Permission
from django.core.files.base import ContentFile
from PIL import Image as Picture

from content.access import access_rules
from lms.verdicts import Verdict
from media.models import Captions, Document, Image, Media
from media.serving import Part, part_of
from tests import factories

pytestmark = pytest.mark.usefixtures("referenced")

BYTES = bytes(range(256)) * 4


@pytest.fixture
def lesson(courses):
    return factories.module(factories.course("儿童保护", modules=0, slug="protection"))


@pytest.fixture
def recording(courses):
    return Media.objects.create(title="走访", type="video", duration=60, file=ContentFile(BYTES, "visit.mp4"))


@pytest.fixture
def photo(courses):
    stream = io.BytesIO()
    Picture.new("RGB", (600, 400), "#0e4a4f").save(stream, "PNG")
    return Image.objects.create(title="门", file=ContentFile(stream.getvalue(), "door.png"), width=600, height=400)


@pytest.fixture
def ana_learns():
    """A rule that opens every activity to ana."""

    class Rule:
        key = "test"

        def may_open(self, activity, user, now):
            return Verdict(user.username == "ana", "only ana")

    access_rules.register(Rule())
    yield
    access_rules.unregister("test")


@pytest.fixture
def shown(recording, lesson, ana_learns):
    """The recording in a lesson that is open to ana."""
    value = {"recording": recording.pk, "title": "", "transcript": ""}
    factories.lesson(lesson, body=[{"type": "video", "value": value}])
    return recording


@pytest.fixture
def anas_client(client, ana, shown):
    client.force_login(ana)
    return client


def body(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


@pytest.mark.parametrize(
    ("header", "part"),
    [
        (None, None),
        ("bytes=0-1", Part(0, 1)),
        ("bytes=100-", Part(100, 1023)),
        ("bytes=-24", Part(1000, 1023)),
        ("bytes=-5000", Part(0, 1023)),
        ("bytes=1000-5000", Part(1000, 1023)),
        ("bytes=0-1,5-6", None),
        ("bytes=-", None),
        ("lines=0-1", None),
    ],
)
def test_what_a_range_header_asks_for(header, part):
    assert part_of(header, 1024) == part


@pytest.mark.parametrize("header", ["bytes=1024-", "bytes=5-4", "bytes=-0"])
def test_a_range_outside_of_the_file(header):
    with pytest.raises(ValueError):
        part_of(header, 1024)


def test_the_whole_file(anas_client, shown):
    response = anas_client.get(shown.url)

    assert (response.status_code, body(response)) == (200, BYTES)
    assert response["Content-Type"] == "video/mp4"
    assert response["Accept-Ranges"] == "bytes"
    assert response["Content-Length"] == "1024"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert response["Cache-Control"] == "private, max-age=3600"


def test_a_part_of_the_file_also_to_a_browser_that_takes_gzip(anas_client, shown):
    response = anas_client.get(shown.url, headers={"range": "bytes=2-1001", "accept-encoding": "gzip"})

    assert (response.status_code, body(response)) == (206, BYTES[2:1002])
    assert response["Content-Range"] == "bytes 2-1001/1024"
    assert response["Content-Length"] == "1000"


def test_a_part_that_does_not_exist(anas_client, shown):
    response = anas_client.get(shown.url, headers={"range": "bytes=5000-"})

    assert (response.status_code, response["Content-Range"]) == (416, "bytes */1024")


def test_head_tells_the_length_and_sends_nothing(anas_client, shown):
    response = anas_client.head(shown.url)

    assert (response.status_code, response["Content-Length"], body(response)) == (200, "1024", b"")


def test_a_part_of_a_changed_file_is_sent_whole(anas_client, shown):
    etag = anas_client.head(shown.url)["ETag"]

    same = anas_client.get(shown.url, headers={"range": "bytes=0-9", "if-range": etag})
    changed = anas_client.get(shown.url, headers={"range": "bytes=0-9", "if-range": '"other"'})

    assert (same.status_code, changed.status_code) == (206, 200)


def test_what_the_browser_has_is_not_sent_again(anas_client, shown):
    etag = anas_client.head(shown.url)["ETag"]

    response = anas_client.get(shown.url, headers={"if-none-match": etag})

    assert (response.status_code, response.content) == (304, b"")


def test_the_web_server_in_front_sends_the_bytes_when_it_can(anas_client, shown, settings):
    settings.X_ACCEL_PREFIX = "/protected"

    response = anas_client.get(shown.url)

    assert response["X-Accel-Redirect"] == f"/protected/media/{shown.file.name}"
    assert (response["Content-Type"], response.content) == ("video/mp4", b"")


def test_a_chinese_name_reaches_the_web_server_in_front_as_an_address(anas_client, shown, settings):
    settings.X_ACCEL_PREFIX = "/protected"
    type(shown).objects.filter(pk=shown.pk).update(file="media/家访 50%.mp4")
    response = anas_client.get("/media/media/家访 50%25.mp4")
    assert response["X-Accel-Redirect"] == "/protected/media/media/%E5%AE%B6%E8%AE%BF%2050%25.mp4"


def test_a_recording_and_its_captions_ask_the_lessons_rule(client, ana, ben, shown):
    captions = Captions.objects.create(media=shown, language="zh-hans", file=ContentFile(b"WEBVTT\n", "v.vtt"))

    for person, status in ((None, 404), (ben, 404), (ana, 200)):
        client.logout()
        person and client.force_login(person)
        for file in (shown.file, captions.file):
            assert client.get(file.url).status_code == status


def test_a_recording_that_nothing_shows_is_the_staffs(client, ana, ben, recording):
    ben.user_permissions.add(Permission.objects.get(codename="access_admin"))

    for person, status in ((ana, 404), (ben, 200)):
        client.force_login(person)
        assert client.get(recording.url).status_code == status


def test_an_image_of_nothing_or_of_a_public_page_is_public(client, photo, lesson):
    rendition = photo.get_rendition("width-400")
    assert client.get(rendition.url).status_code == 200

    course = lesson.get_parent().specific
    course.cover = photo
    factories.publish(course)
    response = client.get(rendition.url)
    assert (response.status_code, response["Cache-Control"]) == (200, "public, max-age=86400")


def test_an_image_of_a_lesson_is_seen_by_its_learners(client, ana, photo, lesson, ana_learns):
    picture = {"image": {"image": photo.pk, "alt_text": "门", "decorative": False}, "caption": ""}
    factories.lesson(lesson, body=[{"type": "image", "value": picture}])

    assert client.get(photo.file.url).status_code == 404
    client.force_login(ana)
    assert client.get(photo.file.url).status_code == 200


def test_a_document_asks_the_lessons_rule(client, ana, lesson, ana_learns):
    document = Document.objects.create(title="表", file=ContentFile(b"%PDF-1.4", "form.pdf"))
    factories.lesson(lesson, body=[{"type": "document", "value": {"document": document.pk, "title": "", "note": ""}}])

    assert client.get(document.url).status_code == 404
    client.force_login(ana)
    assert client.get(document.url).status_code == 200


@pytest.mark.parametrize(
    "path", ["nothing.txt", "images/nothing.png", "documents/form.pdf", "images/../../manage.py", "media"]
)
def test_what_no_library_knows_does_not_exist(client, courses, path):
    assert client.get(f"/media/{path}").status_code == 404


def test_a_file_that_was_lost_is_missing(anas_client, shown):
    shown.file.storage.delete(shown.file.name)

    assert anas_client.get(shown.url).status_code == 404
