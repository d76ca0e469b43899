"""What the bench's pages say: 17 KB of the demo's own lessons, since one sentence repeated would gzip to nothing."""

import re
import tomllib
from pathlib import Path

COURSES = Path(__file__).resolve().parents[2] / "lms" / "demo" / "courses"
SIZE = 17 * 1024  # bytes in UTF-8
TAG = re.compile(r"<[^>]+>")


def paragraphs():
    """Paragraphs of Chinese lessons, without markup, until there are 17 KB of them."""
    found, size = [], 0
    for path in sorted(COURSES.glob("*/[0-9]*.zh.toml")):
        for text in _texts(tomllib.loads(path.read_text())["body"]):
            found.append(text)
            size += len(text.encode())
            if size >= SIZE:
                return found
    raise ValueError(f"the lessons of the demo hold less than {SIZE} bytes")


def _texts(value):
    """Every text inside a block, tags taken out; keys and short words left out."""
    if isinstance(value, str):
        text = TAG.sub("", value)
        return [text] if len(text) > 20 else []
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for part in parts for text in _texts(part)]


PARAGRAPHS = paragraphs()
TEXT = "".join(PARAGRAPHS)
