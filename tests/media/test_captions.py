"""Captions are given with their recording, one file for each language."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtailmedia.forms import get_media_form

from media.models import Captions, Media


def vtt(content=b"WEBVTT\n\n00:00.000 --> 00:02.000\nhello\n"):
    return SimpleUploadedFile("a.vtt", content, "text/vtt")


@pytest.fixture
def editor(courses, ana):
    ana.is_superuser = True
    ana.save()
    return ana


def form(editor, files, instance=None, **data):
    instance = instance or Media(type="audio")
    data = {"title": "呼吸", "duration": "120", "collection": "1", "tags": "", "transcript": "", **data}
    return get_media_form(Media)(data, files, instance=instance, user=editor)


def test_captions_come_go_and_are_replaced_with_the_recording(editor):
    filled = form(
        editor, {"file": SimpleUploadedFile("a.wav", b"RIFF"), "captions_zh_hans": vtt(), "captions_en": vtt()}
    )
    assert filled.is_valid(), filled.errors
    media = filled.save()
    assert set(media.captions.values_list("language", flat=True)) == {"zh-hans", "en"}

    kept = form(editor, {"captions_en": vtt(b"WEBVTT new")}, instance=media, **{"captions_zh_hans-clear": "on"})
    assert kept.is_valid(), kept.errors
    kept.save()
    assert Captions.objects.get().file.read() == b"WEBVTT new"


@pytest.mark.parametrize("content", [b"1\n00:00:01,000", b"WEBVTT \xff\xfe", b"WEBVTT" + b" " * 1024 * 1024])
def test_what_is_no_captions_file_is_refused_beside_its_field(editor, content):
    refused = form(editor, {"file": SimpleUploadedFile("a.wav", b"RIFF"), "captions_en": vtt(content)})

    assert not refused.is_valid()
    assert "WEBVTT" in refused.errors["captions_en"][0]
