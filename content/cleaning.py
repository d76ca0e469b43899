"""One allow-list for rich text: the last step before it is shown, and the first for anything imported.

The only user of bleach. ``templates/wagtailcore/shared/richtext.html`` sends all of Wagtail's rich text through here.
"""

import re
import zlib

import bleach
from django.utils.safestring import mark_safe

TAGS = frozenset({"p", "ul", "ol", "li", "strong", "em", "b", "i", "a", "br", "blockquote"})
ATTRIBUTES = {"a": ["href"]}
PROTOCOLS = frozenset({"http", "https", "mailto", "tel"})
FINGERPRINT = zlib.crc32(repr((sorted(TAGS), sorted(ATTRIBUTES.items()), sorted(PROTOCOLS))).encode())

UNSPOKEN = re.compile(r"<(script|style|template|iframe|object|noscript)\b.*?(</\1\s*>|\Z)", re.S | re.I)


def clean(html):
    """The HTML with nothing but allowed tags, attributes and addresses. Code and style sheets go with their content."""
    spoken = UNSPOKEN.sub("", html or "")
    return mark_safe(bleach.clean(spoken, TAGS, ATTRIBUTES, PROTOCOLS, strip=True, strip_comments=True))
