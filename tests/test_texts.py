"""How much was written is counted in one way, by the server and by the page."""

import re
import sys
import unicodedata
from pathlib import Path

import pytest

from lms.admissions.forms import LengthValidator
from lms.texts import characters

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.parametrize(
    ("text", "count"), [("孩子A", 3), ("a b, c.", 3), ("……,。!\n \t", 0), ("14 个孩子", 5), ("𬱖喆", 2), ("", 0)]
)
def test_only_letters_figures_and_han_count_as_written(text, count):
    assert characters(text) == count


def test_the_page_counts_by_the_same_classes_as_the_server():
    """The script's ``\\p{L}`` and ``\\p{N}`` are the characters that Python calls alphanumeric, every one of them."""
    script = (ROOT / "lms/static/lx/js/draft.js").read_text(encoding="utf-8")
    assert re.search(r"matchAll\(/\[\\p\{L\}\\p\{N\}\]/gu\)", script)
    every = map(chr, range(sys.maxunicode + 1))
    assert all(bool(characters(one)) == (unicodedata.category(one)[0] in "LN") for one in every)


def test_applications_count_as_submissions_do():
    LengthValidator(3, 3)("孩，子。A ")
