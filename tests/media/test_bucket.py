"""Files in a bucket instead of a folder: the same views, the same rules, against a real S3 server.

The server is moto's, a process of its own in a thread; it speaks HTTP and keeps objects in memory.
"""

import hashlib
from datetime import timedelta
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.test import Client
from django.urls import reverse

pytest.importorskip("storages")
server = pytest.importorskip("moto.server")

import boto3  # noqa: E402  (needs what the lines above look for)

from lms import clock, health  # noqa: E402
from lms.credentials.models import Credential  # noqa: E402
from lms.credentials.printing import keep_pdf, opened  # noqa: E402
from lms.settings import base  # noqa: E402
from media import actions, incoming, uploads  # noqa: E402
from media.models import Document, Media, PrivateFile  # noqa: E402
from media.purposes import MEGABYTE, file_purposes  # noqa: E402
from tests import factories  # noqa: E402
from tests.credentials.conftest import credential, graduate, host  # noqa: E402, F401
from tests.graduation.conftest import policy, ready, signatory  # noqa: E402, F401
from tests.media.drawer import Drawer  # noqa: E402
from tests.media.test_private_files import put  # noqa: E402
from tests.media.test_upload_pieces import PIECE, announce, large_pdf, send  # noqa: E402

NAME = "liangxing-test"
BYTES = bytes(range(256)) * 4096  # 1 MB


@pytest.fixture(scope="module")
def endpoint():
    running = server.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    running.start()
    yield "http://{}:{}".format(*running.get_host_and_port())
    running.stop()


@pytest.fixture
def bucket(endpoint, monkeypatch, settings):
    """An empty bucket, and the site set up to keep everything in it as STORAGE_URL says."""
    for name, value in {"ACCESS_KEY_ID": "test", "SECRET_ACCESS_KEY": "test", "DEFAULT_REGION": "us-east-1"}.items():
        monkeypatch.setenv(f"AWS_{name}", value)
    found = boto3.resource("s3", endpoint_url=endpoint).Bucket(NAME)
    found.create()
    monkeypatch.setattr(base, "STORAGE_URL", f"s3://{NAME}?endpoint={endpoint}")
    settings.STORAGES = {**settings.STORAGES, **base.storages()}
    for model, field in ((PrivateFile, "file"), (Credential, "pdf")):  # found when the models were made
        monkeypatch.setattr(model._meta.get_field(field), "storage", storages["private"])
    yield found
    found.objects.all().delete()


@pytest.fixture
def drawer():
    purpose = file_purposes.register(Drawer(max_size=12 * MEGABYTE, quota=30 * MEGABYTE))
    yield purpose
    file_purposes.unregister(purpose.key)


@pytest.fixture
def browser(ana):
    client = Client(headers={"accept-language": "en"})
    client.force_login(ana)
    return client


@pytest.fixture
def asked(bucket):
    """What the bucket was asked for, as (method, header Range), from here on."""
    found = []

    def note(request, **kwargs):
        found.append((request.method, request.headers.get("Range", b"")))

    for storage in (storages["private"], storages["default"]):
        storage.connection.meta.client.meta.events.register("before-send.s3", note)
    return found


def keys(bucket):
    return sorted(one.key for one in bucket.objects.all())


def body_of(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


# --- private files --------------------------------------------------------------------------------------------------
def test_a_file_that_came_in_pieces_lies_in_the_bucket_and_nowhere_else(bucket, drawer, browser, ana):
    """Large enough that the bucket, too, gets it in pieces."""
    whole = large_pdf(9 * MEGABYTE)
    url = announce(browser, len(whole))["Location"]
    for at in range(0, len(whole), PIECE):
        assert send(browser, url, whole[at : at + PIECE], at).status_code == 204
    file = PrivateFile.objects.get(owner=ana)
    assert file.size > 9 * MEGABYTE
    assert keys(bucket) == [f"private/{file.file.name}"]
    assert not list(incoming.folder().glob("*.part")) and not list(incoming.folder().glob("*.work"))

    answer = browser.get(reverse("media:file", args=[file.uuid]))
    body = body_of(answer)
    assert hashlib.sha256(body).hexdigest() == file.sha256
    assert (answer["Content-Length"], int(answer["Content-Length"])) == (str(file.size), len(body))


def test_nobody_is_ever_sent_to_the_bucket(bucket, drawer, browser, ana, now):
    file = put(ana, now)
    answer = browser.get(reverse("media:file", args=[file.uuid]))
    assert answer.status_code == 200
    assert "X-Amz" not in str(answer.headers) and "Location" not in answer.headers
    with pytest.raises(ValueError, match="no address"):
        storages["private"].url(file.file.name)
    with pytest.raises(ValueError, match="no address"):
        _ = file.file.url


def test_no_object_is_readable_by_who_knows_where_it_lies(endpoint, bucket, drawer, ana, now):
    put(ana, now)
    storages["default"].save("original_images/door.png", ContentFile(BYTES))
    for key in keys(bucket):
        grants = bucket.Object(key).Acl().grants
        assert [grant["Grantee"].get("URI", "") for grant in grants] == [""]
        with pytest.raises(HTTPError, match="403"):
            urlopen(f"{endpoint}/{NAME}/{key}")
    assert storages["default"].url("original_images/door.png") == "/media/original_images/door.png"


def test_who_may_not_open_it_gets_no_byte_and_the_bucket_is_not_asked(bucket, drawer, ana, ben, now, asked):
    file = put(ana, now)
    asked.clear()
    client = Client()
    client.force_login(ben)
    assert client.get(reverse("media:file", args=[file.uuid])).status_code == 404
    assert asked == []


def test_a_file_taken_back_is_gone_from_the_bucket(bucket, drawer, ana, now, django_capture_on_commit_callbacks):
    file = put(ana, now)
    with django_capture_on_commit_callbacks(execute=True):
        actions.take_back(file, ana, now)
    assert keys(bucket) == []


def test_a_file_the_bucket_has_lost_is_not_there(bucket, drawer, browser, ana, now):
    file = put(ana, now)
    bucket.objects.all().delete()
    assert browser.get(reverse("media:file", args=[file.uuid])).status_code == 404


def test_what_no_row_knows_is_swept_after_a_day_without_asking_for_each(bucket, drawer, ana, now, asked):
    file = put(ana, now)
    for number in range(3):
        storages["private"].save(f"{number}{number}/" + f"{number}" * 32, ContentFile(b"orphan"))
    storages["private"].save("of-another-app.pdf", ContentFile(b"kept"))
    asked.clear()
    with clock.at(clock.real_now() + timedelta(days=2)):
        swept = uploads.sweep(clock.now())
    assert (swept["orphans"], swept["missing"]) == (3, 0)
    assert keys(bucket) == ["private/" + file.file.name, "private/of-another-app.pdf"]
    assert [method for method, _range in asked] == ["GET", "DELETE", "DELETE", "DELETE"]


def test_a_lost_certificate_is_made_anew_in_the_bucket_too(bucket, credential):  # noqa: F811
    printed = keep_pdf(credential)
    [before] = keys(bucket)
    bucket.objects.all().delete()
    with opened(printed) as file:
        assert hashlib.sha256(file.read()).hexdigest() == printed.sha256
    assert len(keys(bucket)) == 1 and keys(bucket) != [before]


# --- recordings, pictures, documents --------------------------------------------------------------------------------
@pytest.fixture
def teacher(client, db):
    """Somebody who works in the admin and so sees the libraries."""
    client.force_login(factories.person("teacher", is_superuser=True, is_staff=True))
    return client


def test_of_a_recording_only_the_part_that_is_played_is_fetched(bucket, teacher, courses, asked):
    recording = Media.objects.create(title="走访", type="video", duration=60, file=ContentFile(BYTES, "visit.mp4"))
    asked.clear()
    answer = teacher.get(recording.file.url, headers={"range": "bytes=1000-1999"})
    assert (answer.status_code, answer["Content-Range"]) == (206, f"bytes 1000-1999/{len(BYTES)}")
    assert body_of(answer) == BYTES[1000:2000]
    assert [found for found in asked if found[0] == "GET"] == [("GET", b"bytes=1000-1999")]


def test_a_recording_that_has_not_changed_is_not_fetched_again(bucket, teacher, courses, asked):
    recording = Media.objects.create(title="走访", type="video", duration=60, file=ContentFile(BYTES, "visit.mp4"))
    first = teacher.get(recording.file.url)
    assert body_of(first) == BYTES
    asked.clear()
    again = teacher.get(recording.file.url, headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304
    assert {method for method, _range in asked} == {"HEAD"}


def test_a_recording_the_bucket_has_lost_is_not_there(bucket, teacher, courses):
    recording = Media.objects.create(title="走访", type="video", duration=60, file=ContentFile(BYTES, "visit.mp4"))
    bucket.objects.all().delete()
    assert teacher.get(recording.file.url).status_code == 404


def test_two_files_of_one_name_are_two_objects(bucket, courses):
    made = [Media.objects.create(title="走访", type="audio", duration=1, file=ContentFile(b"x", "a.mp3")) for _ in "12"]
    assert len({one.file.name for one in made}) == len(keys(bucket)) == 2


def test_a_document_of_the_library_comes_from_our_own_address(bucket, teacher, courses):
    document = Document.objects.create(title="表", file=ContentFile(b"%PDF-1.7 x", "form.pdf"))
    answer = teacher.get(document.url)
    assert answer.status_code == 200
    assert body_of(answer) == b"%PDF-1.7 x"


def test_the_check_for_operators_writes_to_the_bucket_and_leaves_nothing(bucket, db):
    assert health._storage() is None
    assert keys(bucket) == []
