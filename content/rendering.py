"""The body of a lesson as HTML: the same for everybody, rendered once per published revision.

``body(node)`` gives the published body in the reader's language; ``render(page)`` renders any page object, drafts
included, and keeps nothing. What is personal is a slot in the HTML, ``<div data-slot="check:c1"></div>``; ``fill``
puts this reader's part in.
"""

import re
import time
import zlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.core.cache import caches
from django.utils import translation
from django.utils.safestring import mark_safe

from content import cleaning, marks
from content.actions import course_key
from content.blocks import pictures
from content.checks import Check, checks_of
from content.lesson_blocks import lesson_blocks
from content.models import LessonPage
from content.tree import course_tree

LOCK_SECONDS = 20
SLOT = re.compile(r'(<(div|span) data-slot="([^"]+)"[^>]*>)(</\2>)')


@dataclass(frozen=True)
class Body:
    """``html`` with its slots; ``checks``: the check-yourself items with their answers, for the server only."""

    html: str
    language: str
    checks: tuple[Check, ...] = ()

    def check(self, key):
        return next((check for check in self.checks if check.key == key), None)

    @property
    def required(self):
        """Keys of the items that must be answered before the lesson can be completed."""
        return [check.key for check in self.checks if check.required]


def body(node, language=None):
    """The published body of a lesson of the course tree, in this language or else in the default language."""
    version = node.version(language)
    if version.revision is None:
        return render(LessonPage.objects.get(pk=version.page))
    key = f"body:{version.page}:{version.revision}:{version.stamp}:{_parts()}:{marks.mark(marks.BODIES)}"
    return once(key, lambda: _published(version))


def _published(version):
    return render(LessonPage.objects.select_related("locale").get(pk=version.page))


def _parts():
    """What else decides how a body looks: the release, templates and words, the allow-list, the installed blocks."""
    look = _look.__wrapped__() if settings.DEBUG else _look()
    return zlib.crc32(repr((settings.RELEASE, look, cleaning.FINGERPRINT, sorted(lesson_blocks.keys()))).encode())


@cache
def _look():
    """A number for the templates of our blocks and for the translations, read once in the life of a process."""
    words = [path for folder in settings.LOCALE_PATHS for path in Path(folder).rglob("*.mo")]
    templates = sorted(Path(settings.BASE_DIR, "templates", "blocks").glob("*.html"))
    return zlib.crc32(b"".join(path.read_bytes() for path in [*templates, *sorted(words)]))


def body_html(node, language=None):
    """The HTML of ``body``, its slots still empty."""
    return mark_safe(body(node, language).html)


def render(page):
    """The body of a page object, in the page's language."""
    language = page.locale.language_code
    with translation.override(language):
        pictures.prefetch(page.body)
        html = page.body.render_as_block(context={"activity": page.translation_key})
    return Body(html=str(html), language=language, checks=tuple(checks_of(page.body)))


def fill(html, values):
    """Put this reader's HTML into the slots: ``values`` by slot name; a slot without a value stays empty."""
    return mark_safe(SLOT.sub(lambda found: f"{found[1]}{values.get(found[3], '')}{found[4]}", str(html)))


def warm(page_id):
    """Render what was just published, before the first learner asks."""
    page = LessonPage.objects.live().filter(pk=page_id).select_related("locale").first()
    tree = page and course_tree(course_key(page.source()))
    node = tree and tree.node(page.translation_key)
    if node:
        body(node, page.locale.language_code)


def once(key, make):
    """The kept value under this key, made by one worker while the others wait for it."""
    kept, lock = caches["rendered"], f"lock:{key}"
    value = kept.get(key)
    if value is not None:
        return value
    if not caches["default"].add(lock, 1, LOCK_SECONDS):
        return _awaited(key) or make()
    try:
        value = kept.get(key) or make()
        kept.set(key, value, None)
    finally:
        caches["default"].delete(lock)
    return value


def _awaited(key):
    """The value that another worker is making, or None when it takes too long."""
    until = time.monotonic() + LOCK_SECONDS
    while time.monotonic() < until:
        if (value := caches["rendered"].get(key)) is not None:
            return value
        if caches["default"].get(f"lock:{key}") is None:
            return caches["rendered"].get(key)
        time.sleep(0.02)
    return None
