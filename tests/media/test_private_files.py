"""Who may put a private file where, who may open it, and what is left when it is gone."""

import os
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from lms.verdicts import Refused
from media import actions, uploads
from media.models import Opening, PrivateFile
from media.purposes import MEGABYTE, file_purposes
from media.storage import private_storage
from tests.media import files
from tests.media.drawer import Drawer, stored


@pytest.fixture
def drawer():
    purpose = file_purposes.register(Drawer())
    yield purpose
    file_purposes.unregister(purpose.key)


@pytest.fixture
def client():
    return Client(headers={"accept-language": "en"})


def put(user, now, body=None, name="plan.pdf"):
    return actions.receive(
        SimpleUploadedFile(name, files.pdf() if body is None else body), "drawer", f"drawer-{user.username}", user, now
    )


def bytes_of(file):
    with private_storage().open(file.file.name) as stored_file:
        return stored_file.read()


def test_a_received_file_lies_clean_under_a_random_name_outside_every_public_folder(drawer, ana, now):
    file = put(ana, now)

    path = Path(private_storage().path(file.file.name))
    assert path.is_relative_to(settings.PRIVATE_ROOT) and not path.is_relative_to(settings.MEDIA_ROOT)
    assert "plan" not in str(path) and path.stat().st_size == file.size
    assert b"CANARY" not in path.read_bytes()
    assert drawer.seen == [file.pk]
    with pytest.raises(ValueError, match="no address"):
        file.file.url  # noqa: B018


def test_the_owner_downloads_and_the_opening_is_written(drawer, client, ana, now):
    file = put(ana, now)
    client.force_login(ana)

    response = client.get(reverse("media:file", args=[file.uuid]))

    assert b"".join(response) == bytes_of(file)
    opening = Opening.objects.get()
    assert (opening.user, opening.kind, opening.reference, opening.capacity) == (ana, "file", str(file.uuid), "owner")
    headers = {name: response[name] for name in GUARDS}
    assert headers == GUARDS
    assert response["Content-Disposition"] == 'attachment; filename="plan.pdf"'
    assert response["Content-Length"] == str(file.size)


GUARDS = {
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store, private",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Referrer-Policy": "no-referrer",
}


def test_a_pdf_is_shown_inline_in_a_sandbox_and_a_picture_never_is(drawer, client, ana, now):
    plan, photo = put(ana, now), put(ana, now, files.photo(), "家访.jpg")
    client.force_login(ana)

    inline = client.get(reverse("media:file", args=[plan.uuid]) + "?inline=1")
    picture = client.get(reverse("media:file", args=[photo.uuid]) + "?inline=1")

    assert inline["Content-Disposition"].startswith("inline") and inline["Content-Security-Policy"] == "sandbox"
    assert picture["Content-Disposition"] == "attachment; filename*=utf-8''%E5%AE%B6%E8%AE%BF.jpg"


def test_a_stranger_gets_the_same_404_as_for_nothing_and_leaves_no_trace(drawer, client, ana, ben, now):
    file = put(ana, now)
    client.force_login(ben)

    theirs = client.get(reverse("media:file", args=[file.uuid]))
    nothing = client.get("/files/00000000-0000-0000-0000-000000000000/")
    removal = client.post(reverse("media:remove", args=[file.uuid]))

    assert [theirs.status_code, nothing.status_code, removal.status_code] == [404, 404, 404]
    assert not Opening.objects.exists() and stored(ana)[0].erased_at is None
    client.logout()
    assert client.get(reverse("media:file", args=[file.uuid])).status_code == 302


def test_a_colleague_opens_only_while_the_purpose_says_so(drawer, client, ana, ben, now):
    file = put(ana, now)
    client.force_login(ben)
    drawer.colleague = "ben"
    assert client.get(reverse("media:file", args=[file.uuid])).status_code == 200
    drawer.colleague = ""
    assert client.get(reverse("media:file", args=[file.uuid])).status_code == 404
    assert list(Opening.objects.values_list("user__username", "capacity")) == [("ben", "colleague")]


def test_opening_a_file_takes_as_many_queries_with_one_as_with_three(
    drawer, client, ana, now, django_assert_num_queries
):
    first = put(ana, now)
    client.force_login(ana)
    with django_assert_num_queries(4):
        client.get(reverse("media:file", args=[first.uuid]))
    put(ana, now), put(ana, now)
    with django_assert_num_queries(4):
        client.get(reverse("media:file", args=[first.uuid]))


def test_behind_a_proxy_the_proxy_sends_the_bytes_under_the_same_guards(drawer, client, ana, now, settings):
    settings.X_ACCEL_PREFIX = "/protected"
    file = put(ana, now)
    client.force_login(ana)
    response = client.get(reverse("media:file", args=[file.uuid]))
    assert response["X-Accel-Redirect"] == f"/protected/private/{file.file.name}"
    assert (response.content, response["Cache-Control"]) == (b"", "no-store, private")


def test_a_file_too_many_too_large_or_for_somebody_elses_subject_is_refused(drawer, ana, ben, now):
    with pytest.raises(Refused, match="This file is empty"):
        put(ana, now, b"")
    with pytest.raises(Refused, match="at most 6 MB"):
        put(ana, now, b"%PDF" + b"0" * 7 * MEGABYTE)
    with pytest.raises(Refused, match="not your drawer"):
        actions.receive(SimpleUploadedFile("a.pdf", files.pdf()), "drawer", "drawer-ana", ben, now)
    drawer.quota = 10
    with pytest.raises(Refused, match="together would exceed"):
        put(ana, now)
    drawer.quota, drawer.max_count = MEGABYTE, 2
    put(ana, now), put(ana, now)
    with pytest.raises(Refused, match="At most 2 files"):
        put(ana, now)
    assert len(stored(ana)) == 2 and not stored(ben)


def test_what_was_refused_leaves_no_bytes_behind(drawer, ana, now):
    before = set(Path(settings.PRIVATE_ROOT).rglob("*"))
    with pytest.raises(Refused):
        put(ana, now, b"%PDF-1.7 broken")
    after = {path for path in Path(settings.PRIVATE_ROOT).rglob("*") if path.is_file()}
    assert after == {path for path in before if path.is_file()}


def test_when_the_owning_app_fails_neither_row_nor_bytes_stay(drawer, ana, now):
    def fail(*args):
        raise RuntimeError

    drawer.received = fail
    files_before = sorted(Path(settings.PRIVATE_ROOT).rglob("*"))
    with pytest.raises(RuntimeError):
        put(ana, now)
    assert not stored(ana)
    left = [path for path in Path(settings.PRIVATE_ROOT).rglob("*") if path.is_file() and path not in files_before]
    assert left == []


def test_several_files_are_taken_one_by_one_and_each_refusal_names_its_file(drawer, ana, now):
    sent = [
        SimpleUploadedFile("a.pdf", files.pdf()),
        SimpleUploadedFile("b.exe", b"MZ"),
        SimpleUploadedFile("c.pdf", b"x"),
    ]
    errors = actions.receive_all(sent, "drawer", "drawer-ana", ana, now)
    assert [error.split(":")[0] for error in errors] == ["b.exe", "c.pdf"]
    assert [file.name for file in stored(ana)] == ["a.pdf"]


@pytest.mark.django_db(transaction=True)
def test_a_file_taken_back_is_erased_and_only_its_measure_stays(drawer, client, ana, now):
    file = put(ana, now, name="王小明.pdf")
    path, sha256 = private_storage().path(file.file.name), file.sha256
    client.force_login(ana)

    response = client.post(reverse("media:remove", args=[file.uuid]))

    file.refresh_from_db()
    assert response.status_code == 204 and not os.path.exists(path)
    assert (file.name, file.file.name, file.sha256, file.erased_at is not None) == ("", "", sha256, True)
    assert client.get(reverse("media:file", args=[file.uuid])).status_code == 404


def test_a_file_that_was_handed_in_leaves_its_subject_and_keeps_its_bytes(drawer, ana, now):
    file = put(ana, now)
    drawer.handed_in.add(file.pk)
    actions.take_back_named(str(file.uuid), ana, now)
    file.refresh_from_db()
    assert (file.subject, file.erased_at) == ("", None) and private_storage().exists(file.file.name)
    actions.take_back_named("not an id", ana, now)


@pytest.mark.django_db(transaction=True)
def test_the_sweep_removes_what_nobody_finished_or_knows_and_nothing_else(drawer, ana, now):
    file = put(ana, now)
    begun = uploads.begin(ana, "drawer", "drawer-ana", name="a.pdf", length=100, now=now)
    orphan = Path(private_storage().location, "aa", "aa" * 16)
    orphan.parent.mkdir(exist_ok=True)
    orphan.write_bytes(b"left by a crash")
    certificate = Path(private_storage().location, f"{'0f' * 16}.pdf")
    certificate.write_bytes(b"kept here by another app, known to no PrivateFile")

    assert uploads.sweep(now)["uploads"] == 0 and orphan.exists()
    long_ago = time.time() - 2 * 24 * 3600
    for path in (orphan, certificate):
        os.utime(path, (long_ago, long_ago))
    report = uploads.sweep(now + timedelta(hours=25))

    assert (report["uploads"], report["orphans"] >= 1, report["missing"]) == (1, True, 0)
    assert not orphan.exists() and private_storage().exists(file.file.name)
    assert certificate.exists()
    assert not type(begun).objects.filter(pk=begun.pk).exists()
    private_storage().delete(PrivateFile.objects.get().file.name)
    assert uploads.sweep(now)["missing"] == 1


def test_files_whose_app_is_not_installed_are_refused_in_words_and_stay(drawer, ana, now):
    file = put(ana, now)
    file_purposes.unregister("drawer")
    for attempt in (
        lambda: put(ana, now),
        lambda: actions.take_back(file, ana, now),
        lambda: actions.take_back_named(str(file.uuid), ana, now),
    ):
        with pytest.raises(Refused, match="“drawer” is not installed"):
            attempt()
    assert stored(ana) == [file]
    file_purposes.register(drawer)
