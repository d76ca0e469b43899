"""The first rendering is kept, and would come out the same again."""

import hashlib
import io
import os
import time
import zipfile

import pytest
from django.urls import reverse
from pypdf import PdfReader

from lms.credentials import pdf
from lms.credentials.actions import replace
from lms.credentials.layouts import certificate_layouts
from lms.credentials.models import Credential
from lms.credentials.printing import keep_pdf, print_credentials, print_what_is_left, rendered
from lms.verdicts import Refused
from media import uploads
from tests.credentials.test_issuing import more_ready

pytestmark = pytest.mark.django_db


def kept(credential):
    with credential.pdf.open("rb") as file:
        return file.read()


def text_of(document):
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(document)).pages).replace("\n", "")


def test_the_whole_path_gives_the_same_bytes_twice(credential):
    printed = keep_pdf(credential)
    document = kept(printed)
    assert rendered(Credential.objects.get(pk=credential.pk)) == document
    assert printed.sha256 == hashlib.sha256(document).hexdigest()
    assert printed.renderer == pdf.RENDERER


def test_the_first_rendering_is_kept_whatever_comes_later(credential):
    first = keep_pdf(credential)
    Credential.objects.filter(pk=credential.pk).update(values=credential.values | {"name": "别名"})
    assert kept(keep_pdf(Credential.objects.get(pk=credential.pk))) == kept(first)


def test_it_says_who_learned_what_and_how_to_verify(credential):
    text = text_of(rendered(credential))
    for fact in ("亢一凡", "儿童保护个案服务者", credential.number, "亮星计划培养委员会", "不是国家职业资格证书"):
        assert fact in text


def test_a_replacement_prints_the_number_it_takes_the_place_of(credential, staff, now):
    new = replace(credential, name="亢一帆", reason="姓名有误", by=staff, now=now)
    assert f"代替证书 Replaces {credential.number}" in text_of(rendered(new))


def test_a_demonstration_is_marked_as_a_sample(graduate, ready, settings):
    settings.SAMPLE_CERTIFICATES = True
    [credential] = graduate(ready)
    assert "示例，无效" in text_of(rendered(credential))


def test_the_worker_prints_after_the_commit(
    credential, django_capture_on_commit_callbacks, graduate, intake, supervisor
):
    with django_capture_on_commit_callbacks(execute=True):
        rows = graduate(*more_ready(intake, supervisor, 1))
    print_credentials.call([one.pk for one in rows])
    assert Credential.objects.get(pk=rows[0].pk).pdf
    print_credentials.call([one.pk for one in rows])


def test_what_a_lost_task_left_is_printed_by_the_next_round(credential):
    assert print_what_is_left() == 1
    assert print_what_is_left() == 0


def test_a_layout_whose_plugin_is_gone_takes_nothing_away(credential):
    printed = keep_pdf(credential)
    Credential.objects.update(layout="gone")
    assert kept(keep_pdf(Credential.objects.get())) == kept(printed)
    Credential.objects.update(pdf="")
    with pytest.raises(Refused, match="gone"):
        keep_pdf(Credential.objects.get())
    assert print_what_is_left() == 0


def test_ours_uses_the_door_for_layouts():
    assert certificate_layouts.keys() == ["certificate"]


def test_the_pdf_is_printed_when_first_asked_for_and_sent_as_a_private_file(reader, credential, learner):
    url = reverse("credentials:pdf", args=[credential.uuid])
    response = reader(learner).get(url)
    assert b"".join(response.streaming_content)[:5] == b"%PDF-"
    assert response["Content-Disposition"].startswith("attachment")
    assert (response["Cache-Control"], response["X-Content-Type-Options"]) == ("private, no-store", "nosniff")
    assert reader(learner).get(url, {"inline": "1"})["Content-Disposition"].startswith("inline")


def test_a_certificate_is_shown_to_its_holder_and_the_staff_of_the_intake(
    reader, credential, learner, staff, director, signatory, supervisor, ana
):
    for page in ("credentials:credential", "credentials:pdf"):
        url = reverse(page, args=[credential.uuid])
        seen = {one.username: reader(one).get(url).status_code for one in (learner, staff, director, signatory)}
        assert seen == {"learner": 200, "staff": 200, "director": 200, "signatory": 200}
        assert [reader(one).get(url).status_code for one in (supervisor, ana)] == [404, 404]
        assert reader().get(url).status_code == 302


def test_a_batch_shows_how_far_it_is_and_can_be_taken_home(
    reader, settings, graduate, ready, supervisor, intake, staff
):
    settings.SECOND_FACTOR_REQUIRED = False
    issued = graduate(ready, *more_ready(intake, supervisor, 2))
    keep_pdf(issued[0])
    url = reverse("desk_credentials:intake", args=[intake.pk])
    page = reader(staff).get(url).content.decode()
    assert "1 of 3 printed" in page and "data-again" in page

    print_what_is_left()
    page = reader(staff).get(url).content.decode()
    assert "3 of 3 printed" in page and "data-again" not in page
    archive = reader(staff).get(reverse("desk_credentials:download", args=[intake.pk])).content
    assert zipfile.ZipFile(io.BytesIO(archive)).namelist() == [f"{one.number}.pdf" for one in issued]


def test_the_hourly_sweep_of_private_files_leaves_certificates_alone(credential, now):
    printed = keep_pdf(credential)
    long_ago = time.time() - 40 * 24 * 3600
    os.utime(printed.pdf.path, (long_ago, long_ago))
    uploads.sweep(now)
    assert printed.pdf.storage.exists(printed.pdf.name)
