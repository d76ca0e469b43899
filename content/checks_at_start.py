"""System checks: stored blocks that no installed part knows."""

from collections import Counter

from django.core.checks import Tags, Warning, register
from django.db import DatabaseError

from content.lesson_blocks import lesson_blocks
from content.models import LessonPage


@register(Tags.database)
def known_lesson_blocks(databases=None, **kwargs):
    """A warning for every type of block that lessons hold and no registry knows. Nothing is lost meanwhile."""
    return [
        Warning(
            f"{count} lessons hold blocks of the type {key!r}, which no installed part knows.",
            hint="Install the plugin that registers it. Until then readers see a notice and the content is kept.",
            obj=LessonPage,
            id="content.W001",
        )
        for key, count in sorted(unknown_blocks().items())
        if databases
    ]


def unknown_blocks():
    """How many published lessons hold each unknown type of block."""
    stream = LessonPage._meta.get_field("body").stream_block
    try:
        bodies = [stream.get_prep_value(body) for body in LessonPage.objects.values_list("body", flat=True)]
    except DatabaseError:
        return {}
    return Counter(key for body in bodies for key in {child["type"] for child in body} - set(lesson_blocks.keys()))
