"""Lessons with everything a body can hold."""

import io

import pytest
from django.core.files.base import ContentFile
from PIL import Image as Picture

from media.models import Image
from tests import factories

CHECK = {
    "key": "c1",
    "question": "先做什么？",
    "required": True,
    "multiple": False,
    "options": [
        {"text": "先问大人", "correct": False, "feedback": "孩子的安全在前。"},
        {"text": "先看孩子是否安全", "correct": True, "feedback": "对，安全在前。"},
    ],
}


@pytest.fixture
def module(courses):
    return factories.module(factories.course("儿童保护", modules=0, slug="protection"), "第一单元")


@pytest.fixture
def photo(courses):
    """A photo wide enough for every size."""
    stream = io.BytesIO()
    Picture.new("RGB", (1600, 900), "#0e4a4f").save(stream, "JPEG")
    return Image.objects.create(title="走访", file=ContentFile(stream.getvalue(), "visit.jpg"), width=1600, height=900)
