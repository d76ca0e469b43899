"""Offices here stamp paper: these pages print on A4 with all their words and without the site's furniture."""

import unicodedata
from io import BytesIO

import pytest
from pypdf import PdfReader

from tests.browser.conftest import dresses
from tests.browser.findings import SIDEWAYS
from tests.browser.person import DESK

# who, which page, and what must be readable on it; a certificate is printed alone
PAGES = [
    ("newcomer", "/applications/{newcomer}/print/", "h1"),
    ("zhixia", "/applications/{zhixia}/receipt/", "h1"),
    ("zhixia", "/applications/{zhixia}/letters/{letter}/", "h1"),
    ("learner", "{lesson}", "h1"),
    ("learner", "/learn/record/", "h1"),
    ("learner", "/graduation/{enrolment}/", "h1"),
    ("learner", "/cases/consent-text/{consent_text}/", "h1"),
    ("learner", "/work/submissions/{returned}/versions/1/", "h1"),
    ("learner", "/work/submissions/{returned}/versions/1/receipt/", "h1"),
    ("xiaoyu", "/certificates/{credential}/", ".certificate__no"),
    ("staff", "/desk/graduation/learners/{graduate}/", "h2"),
    ("staff", "/desk/learners/", "h1"),
]
A4, POINT = (210, 297), 25.4 / 72  # millimetres
UPRIGHT, LYING = 672, 1122  # pixels between the margins of a sheet; a certificate has none
FURNITURE = ".topbar, .bottombar, .actionbar, .footer, .no-print, .skip, dialog, main form button"
OPENING = "one => one.outerHTML.slice(0, 120)"


@pytest.mark.parametrize(("who", "address", "words"), PAGES)
def test_a_page_prints_on_a4(visitors, names, who, address, words):
    person = visitors(who)
    for dress in dresses(f"paper: {who} {address}"):
        person.dress(**dress | {"size": DESK})
        assert person.open(address.format(**names)) == 200
        _prints(person.page, words)
        person.page.emulate_media(media="null")  # "screen" would print the screen


def _prints(page, words):
    title = page.locator(f"main {words}").first.inner_text()
    sheets = PdfReader(BytesIO(page.pdf(format="A4", prefer_css_page_size=True))).pages
    sides = {tuple(round(float(side) * POINT) for side in sheet.mediabox[2:]) for sheet in sheets}
    assert sides in ({A4}, {A4[::-1]})
    assert _plain(title) in _plain("".join(sheet.extract_text() for sheet in sheets))
    page.emulate_media(media="print")
    page.set_viewport_size({"width": UPRIGHT if sides == {A4} else LYING, "height": DESK[1]})
    assert page.evaluate(SIDEWAYS) == []
    assert [one.evaluate(OPENING) for one in page.locator(FURNITURE).filter(visible=True).all()] == []
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)", "dark letters, also by night"


def _plain(text):
    """Without spaces, and with characters that only look alike made one."""
    return "".join(unicodedata.normalize("NFKC", text).split())
