"""Only drawings that draw: nothing that runs, loads or hides."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.images.forms import get_image_form

from media import svg
from media.models import Image

OPEN = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="10" height="10">'


@pytest.mark.parametrize(
    "path", sorted(Path(settings.BASE_DIR, "lms/demo/illustrations").glob("*.svg")), ids=lambda p: p.stem
)
def test_our_own_drawings_pass(path):
    svg.check(path.read_bytes())


@pytest.mark.parametrize(
    "inside",
    [
        '<rect fill="url(#g)" aria-label="a"/>',
        '<use href="#a"/>',
        '<use xlink:href="#a"/>',
        "<g clip-path=\"url('#c')\"><title>a</title></g>",
    ],
)
def test_what_draws_passes(inside):
    svg.check(f"{OPEN}{inside}</svg>".encode())


@pytest.mark.parametrize(
    ("inside", "named"),
    [
        ("<script>alert(1)</script>", "script"),
        ("<style>rect{fill:url(http://x)}</style>", "style"),
        ("<foreignObject/>", "foreignObject"),
        ('<image href="http://example.org/x.png"/>', "image"),
        ('<a href="#x"/>', "a"),
        ('<animate attributeName="href"/>', "animate"),
        ('<rect onload="alert(1)"/>', "onload"),
        ('<rect style="fill:red"/>', "style"),
        ('<use href="http://example.org/x.svg#a"/>', "href"),
        ('<use xlink:href="data:image/svg+xml,x"/>', "href"),
        ('<rect fill="url(http://example.org/x)"/>', "fill"),
        ('<rect fill="java\nscript:alert(1)"/>', "fill"),
        ('<x xmlns="http://www.w3.org/1999/xhtml"/>', "x"),
    ],
)
def test_the_rest_is_refused_by_name(inside, named):
    with pytest.raises(ValidationError, match=f"“{named}”"):
        svg.check(f"{OPEN}{inside}</svg>".encode())


@pytest.mark.parametrize(
    "data",
    [
        b"<svg",
        b"<html xmlns='http://www.w3.org/1999/xhtml'></html>",
        b'<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg"/>',
        OPEN.encode() + b" " * 1024 * 1024 + b"</svg>",
    ],
)
def test_what_is_no_drawing_or_too_large_is_refused(data):
    with pytest.raises(ValidationError):
        svg.check(data)


def test_the_message_stands_beside_the_field_of_wagtails_form(courses, ana):
    file = SimpleUploadedFile("a.svg", f"{OPEN}<script/></svg>".encode(), "image/svg+xml")
    form = get_image_form(Image)({"title": "a", "collection": 1}, {"file": file}, user=administrator(ana))

    assert not form.is_valid()
    assert "“script”" in form.errors["file"][0]


def administrator(person):
    person.is_superuser = True
    person.save()
    return person
