"""The registry of lesson blocks and the stream of them that a lesson body is.

A block is any Wagtail block with a ``key``, which is its name in the stream. It renders without request and without
user, because its HTML is shared by all readers; what is personal it leaves open as ``<div data-slot="name"></div>``.
"""

import json
from collections import Counter
from typing import ClassVar, Protocol

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail import blocks
from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.telepath import register
from wagtail.blocks.stream_block import StreamBlockAdapter, StreamBlockValidationError

from content.blocks.unavailable import Unavailable
from content.checks import key_of
from lms.plugins import Registry

lesson_blocks = Registry("content.lesson_blocks")


class LessonBlock(Protocol):
    """A Wagtail block class with a ``key`` that is a Python identifier. ``label``: its name for editors, in Meta."""

    key: ClassVar[str]


class LessonBody(blocks.StreamBlock):
    """Every registered block, by its key. Built when first used, after plugins have loaded.

    A stored block whose plugin is gone is read as ``unavailable``, which keeps it as it was, and is written back as it
    was; when the plugin returns it is itself again.
    """

    def __init__(self, local_blocks=None, **kwargs):
        registered = [(block.key, block()) for block in lesson_blocks]
        super().__init__([*registered, (Unavailable.key, Unavailable()), *(local_blocks or [])], **kwargs)

    def to_python(self, value):
        if isinstance(value, str):
            value = _parsed(value)
        return super().to_python(self.wrapped(value) if isinstance(value, list) else value)

    def bulk_to_python(self, values):
        return super().bulk_to_python([self.wrapped(value) for value in values])

    def get_prep_value(self, value):
        return [unwrapped(child) for child in super().get_prep_value(value)]

    def clean(self, value):
        value = super().clean(value)
        keys = Counter(key_of(child.value, child.id) for child in value if child.block_type == "check")
        twice = [key for key, count in keys.items() if count > 1]
        if twice:
            raise StreamBlockValidationError(
                non_block_errors=[ValidationError(_("Two questions have the key “%(key)s”.") % {"key": twice[0]})]
            )
        return value

    def wrapped(self, value):
        """Stored blocks, those of unknown type as ``unavailable``."""
        return [self._wrapped(child) if isinstance(child, dict) else child for child in value]

    def _wrapped(self, child):
        child = unwrapped(child)
        if child["type"] in self.child_blocks:
            return child
        kept = {"type": child["type"], "value": child["value"]}
        return {"type": Unavailable.key, "id": child.get("id"), "value": kept}

    class Meta:
        template = "blocks/lesson_body.html"


class LessonBodyAdapter(StreamBlockAdapter):
    """The editor offers no new ``unavailable`` blocks."""

    js_constructor = "content.LessonBody"

    @cached_property
    def media(self):
        return super().media + forms.Media(js=[versioned_static("content/lesson_body.js")])


register(LessonBodyAdapter(), LessonBody)


def _parsed(text):
    """The blocks in a JSON text; the text itself when it is none, which Wagtail reads as an empty stream."""
    try:
        return json.loads(text)
    except ValueError:
        return text


def unwrapped(child):
    """A stored block as its author wrote it."""
    if child["type"] != Unavailable.key or not child["value"]:
        return child
    return {**child["value"], "id": child.get("id")}
