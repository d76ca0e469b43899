"""A certificate whose file the storage has lost: made anew when that is possible, and said plainly when it is not."""

import hashlib
import io
import zipfile

import pytest
from django.urls import reverse

from lms.credentials import actions, pdf, printing
from lms.credentials.models import Credential
from lms.credentials.printing import keep_pdf, print_what_is_left
from lms.notifications.models import Message
from lms.verdicts import Refused
from tests.credentials.test_issuing import more_ready

pytestmark = pytest.mark.django_db


@pytest.fixture
def printed(credential):
    return keep_pdf(credential)


def lose(credential):
    """Take the bytes away behind our back, as a broken disk does."""
    credential.pdf.storage.delete(credential.pdf.name)


def print_differently(monkeypatch):
    """Another release of the renderer: the same certificate in other bytes."""
    monkeypatch.setattr(pdf, "RENDERER", "typst 99")
    as_today = printing.rendered
    monkeypatch.setattr(printing, "rendered", lambda credential: as_today(credential) + b"\n")


def test_a_lost_file_is_made_anew_kept_and_served(reader, printed, learner):
    url = reverse("credentials:pdf", args=[printed.uuid])
    lose(printed)
    document = b"".join(reader(learner).get(url).streaming_content)
    assert hashlib.sha256(document).hexdigest() == printed.sha256
    again = Credential.objects.get(pk=printed.pk)
    assert (again.sha256, again.renderer) == (printed.sha256, printed.renderer)
    assert again.pdf.storage.exists(again.pdf.name)
    assert not Message.objects.filter(kind="pdf_lost").exists()


def test_a_file_that_would_not_be_the_same_is_not_passed_off_as_the_one_issued(
    reader, printed, learner, staff, director, monkeypatch
):
    print_differently(monkeypatch)
    lose(printed)
    response = reader(learner).get(reverse("credentials:pdf", args=[printed.uuid]))
    text = response.content.decode()
    assert response.status_code == 503
    assert "This PDF is missing" in text and printed.number in text and "typst 99" in text
    assert reverse("credentials:verify_code", args=[printed.code]) in text
    assert Credential.objects.get(pk=printed.pk).pdf.name == printed.pdf.name

    told = Message.objects.filter(kind="pdf_lost")
    assert sorted(told.values_list("recipient__username", flat=True)) == ["director", "staff"]
    assert printed.number in told[0].subject


def test_the_office_is_told_once_however_often_somebody_asks(reader, printed, learner, staff, monkeypatch):
    print_differently(monkeypatch)
    lose(printed)
    for _ in range(3):
        assert reader(learner).get(reverse("credentials:pdf", args=[printed.uuid])).status_code == 503
    assert Message.objects.filter(kind="pdf_lost", recipient=staff).count() == 1


def test_it_is_served_again_when_it_came_back_from_a_backup(reader, printed, learner, monkeypatch):
    with printed.pdf.open("rb") as file:
        backup = file.read()
    print_differently(monkeypatch)
    lose(printed)
    url = reverse("credentials:pdf", args=[printed.uuid])
    assert reader(learner).get(url).status_code == 503
    printed.pdf.storage.save(printed.pdf.name, io.BytesIO(backup))
    assert b"".join(reader(learner).get(url).streaming_content) == backup


def test_a_layout_that_left_with_its_plugin_says_so_on_the_page(reader, printed, learner):
    Credential.objects.update(layout="gone")
    lose(printed)
    response = reader(learner).get(reverse("credentials:pdf", args=[printed.uuid]))
    assert (response.status_code, "“gone” is not installed" in response.content.decode()) == (503, True)


def test_in_a_batch_the_others_still_come_and_a_text_names_the_missing_one(
    reader, settings, graduate, ready, supervisor, intake, staff, monkeypatch
):
    settings.SECOND_FACTOR_REQUIRED = False
    first, second, third = graduate(ready, *more_ready(intake, supervisor, 2))
    print_what_is_left()
    print_differently(monkeypatch)
    lose(Credential.objects.get(pk=second.pk))
    response = reader(staff).get(reverse("desk_credentials:download", args=[intake.pk]))
    archive = zipfile.ZipFile(io.BytesIO(response.content))
    assert archive.namelist() == [f"{first.number}.pdf", f"{third.number}.pdf", "Missing certificates.txt"]
    assert archive.read("Missing certificates.txt").decode().startswith(f"{second.number}: Its file is missing")


def test_in_a_batch_a_lost_one_is_made_anew(reader, settings, printed, intake, staff):
    settings.SECOND_FACTOR_REQUIRED = False
    lose(printed)
    response = reader(staff).get(reverse("desk_credentials:download", args=[intake.pk]))
    assert zipfile.ZipFile(io.BytesIO(response.content)).namelist() == [f"{printed.number}.pdf"]


def test_two_who_find_it_lost_keep_one_file_between_them(printed):
    lose(printed)
    before = files_of(printed)
    stale = Credential.objects.get(pk=printed.pk)
    printing.opened(printed).close()
    printing.opened(stale).close()
    assert files_of(printed) - before == {Credential.objects.get(pk=printed.pk).pdf.name}


def files_of(credential):
    _folders, files = credential.pdf.storage.listdir("")
    return set(files)


# --- why it ended ---------------------------------------------------------------------------------------------------
def test_the_holder_reads_why_it_was_revoked_and_strangers_do_not(reader, credential, learner, director, now):
    actions.revoke(credential, reason="同一人发了两份", by=director, now=now)
    page = reader(learner).get(reverse("credentials:credential", args=[credential.uuid])).content.decode()
    assert "Reason: 同一人发了两份" in page and "Not valid since" in page
    public = reader().get(reverse("credentials:verify_code", args=[credential.code])).content.decode()
    assert "同一人发了两份" not in public
    assert "同一人发了两份" in Message.objects.get(recipient=learner, kind="credential_ended").body


def test_whoever_revokes_reads_beforehand_who_will_see_the_reason(reader, settings, credential, staff):
    settings.SECOND_FACTOR_REQUIRED = False
    page = reader(staff).get(reverse("desk_credentials:credential", args=[credential.uuid])).content.decode()
    assert page.count("The holder reads it; the verification page does not show it.") == 2


def test_a_valid_one_says_nothing_of_an_end(reader, credential, learner):
    page = reader(learner).get(reverse("credentials:credential", args=[credential.uuid])).content.decode()
    assert "Not valid since" not in page


def test_an_unprinted_one_whose_layout_left_gives_a_page_and_no_error(reader, credential, learner):
    Credential.objects.update(layout="gone")
    with pytest.raises(Refused):
        printing.opened(Credential.objects.get())
    response = reader(learner).get(reverse("credentials:pdf", args=[credential.uuid]))
    assert (response.status_code, "It has not been printed yet" in response.content.decode()) == (503, True)
