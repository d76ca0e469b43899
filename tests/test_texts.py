"""How much was written is counted in one way, by the server and by the page."""

import sys
from pathlib import Path

import pytest

from lms.admissions.forms import LengthValidator
from lms.texts import characters

ROOT = Path(__file__).resolve().parents[1]
WHITE_SPACE = "\t\n\v\f\r \x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
SEPARATORS = "\x1c\x1d\x1e\x1f"  # of teleprinters: Python's spaces and nobody else's


@pytest.mark.parametrize(
    ("text", "count"), [("孩子，A。", 5), ("a b, c.", 5), (" \u3000\n \t", 0), ("14 个孩子", 5), ("𬱖喆", 2), ("", 0)]
)
def test_everything_counts_but_spaces_and_line_breaks(text, count):
    assert characters(text) == count


def test_the_page_counts_as_the_server_does():
    """The script's ``\\P{White_Space}`` is every character that is no space to Python."""
    script = (ROOT / "lms/static/lx/js/draft.js").read_text(encoding="utf-8")
    assert r"/\P{White_Space}/gu" in script
    every = map(chr, range(sys.maxunicode + 1))
    assert {one for one in every if not characters(one)} == {*WHITE_SPACE, *SEPARATORS}


def test_applications_count_as_submissions_do():
    LengthValidator(6, 6)("孩，子。A ！")
