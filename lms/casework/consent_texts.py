"""The texts that guardians and children hear or sign, by version: ``consents/<version>.<language>.toml``.

A version that was used is never edited: add one, and make it CURRENT. They are data in both languages, not interface
strings, because a consent keeps the version that was agreed to. Duties behind them: 个人信息保护法 art. 17, 29–31;
儿童个人信息网络保护规定 art. 9–10; 未保法 art. 4(5) and 72.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

CURRENT = "2026-1"
FOLDER = Path(__file__).parent / "consents"
VERSIONS = sorted({path.name.split(".")[0] for path in FOLDER.glob("*.toml")})


@dataclass(frozen=True)
class ConsentText:
    """``notice``: dicts of heading and text, in order. The last three hold a sentence per purpose: what the guardian
    signs, what a small child is told, what an older one is asked."""

    title: str
    signature: str
    notice: list
    guardian: dict
    told: dict
    own: dict


def consent_text(version, language):
    """One version in English for English readers, else in Chinese. Raises KeyError for an unknown version."""
    if version not in VERSIONS:
        raise KeyError(version)
    return _read(version, "en" if (language or "").startswith("en") else "zh")


def child_sentence(text, purpose, *, own_words):
    """What is read to the child for one purpose: told simply, or asked for an answer of its own."""
    return (text.own if own_words else text.told)[purpose]


@cache
def _read(version, language):
    return ConsentText(**tomllib.loads((FOLDER / f"{version}.{language}.toml").read_text(encoding="utf-8")))
