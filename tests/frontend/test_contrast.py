"""Every pair of colours that meet is readable, light and dark (WCAG 2.2: text 4.5, parts of controls 3)."""

import re

import pytest

from lms import bundles

GROUNDS = ("page", "surface", "sunken")
MEANINGS = ("ok", "warn", "bad", "note")
TEXT = [
    *((ink, ground) for ink in ("ink", "muted", "action", "action-strong", *MEANINGS) for ground in GROUNDS),
    *((ink, f"{meaning}-soft") for meaning in MEANINGS for ink in (meaning, "ink", "muted")),
    *((ink, "action-soft") for ink in ("action", "action-strong", "ink", "muted")),
    *((ink, "star-soft") for ink in ("star-ink", "ink", "muted")),
    *(("on-action", ground) for ground in ("action", "action-strong")),
    *((ink, "night") for ink in ("on-night", "on-night-muted", "star")),
    ("on-star", "star"),
    ("star-ink", "surface"),
    ("star-ink", "page"),
]
CONTROLS = [
    *((edge, ground) for edge in ("border", "focus") for ground in (*GROUNDS, "action-soft")),
    ("star", "night"),
]
TRACKS = [("night-line", "night")]  # the empty part of a bar whose value is also written


def colours(selector):
    css = bundles.source("tokens")
    start = css.index("{", css.index(selector))
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})", css[start : css.index("}", start)]))


LIGHT = colours(":root {")
DARK = {**LIGHT, **colours(':root[data-theme="dark"]')}


def luminance(colour):
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def ratio(one, other):
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("pairs", "needed"), [(TEXT, 4.5), (CONTROLS, 3), (TRACKS, 2)], ids=["text", "controls", "tracks"]
)
def test_colours_that_meet_can_be_told_apart(theme, pairs, needed):
    weak = {pair: round(ratio(theme[pair[0]], theme[pair[1]]), 2) for pair in pairs}
    assert {pair: found for pair, found in weak.items() if found < needed} == {}


def test_both_dark_sets_are_alike():
    assert colours(':root:not([data-theme="light"])') == colours(':root[data-theme="dark"]')
