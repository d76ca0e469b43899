"""Offices here stamp paper: these pages print on A4 with all their words and without the site's furniture."""

import unicodedata
from io import BytesIO

import pytest
from pypdf import PdfReader

from tests.browser.conftest import dresses
from tests.browser.findings import SIDEWAYS
from tests.browser.person import DESK

PAGES = [
    ("newcomer", "/applications/{newcomer}/print/"),
    ("zhixia", "/applications/{zhixia}/receipt/"),
    ("zhixia", "/applications/{zhixia}/letters/{letter}/"),
    ("learner", "{lesson}"),
    ("learner", "/learn/record/"),
    ("learner", "/graduation/{enrolment}/"),
    ("learner", "/cases/consent-text/{consent_text}/"),
    ("learner", "/work/submissions/{returned}/versions/1/"),
    ("learner", "/work/submissions/{returned}/versions/1/receipt/"),
    ("xiaoyu", "/certificates/{credential}/"),
    ("staff", "/desk/graduation/learners/{graduate}/"),
    ("staff", "/desk/learners/"),
]
A4 = (595, 842)  # points
INSIDE = 672  # pixels between the margins of a sheet that stands upright
FURNITURE = ".topbar, .bottombar, .actionbar, .footer, .no-print, .skip, dialog, main form button"
OPENING = "one => one.outerHTML.slice(0, 120)"


@pytest.mark.parametrize(("who", "address"), PAGES)
def test_a_page_prints_on_a4(visitors, names, who, address):
    person = visitors(who)
    for dress in dresses(f"paper: {who} {address}"):
        person.dress(**dress | {"size": DESK})
        assert person.open(address.format(**names)) == 200
        _prints(person.page)
        person.page.emulate_media(media="screen")


def _prints(page):
    title = page.locator("h1").first.inner_text()
    sheets = PdfReader(BytesIO(page.pdf(format="A4", prefer_css_page_size=True))).pages
    assert {tuple(sorted(round(float(side)) for side in sheet.mediabox[2:])) for sheet in sheets} == {A4}
    assert _plain(title) in _plain("".join(sheet.extract_text() for sheet in sheets))
    page.emulate_media(media="print")
    page.set_viewport_size({"width": INSIDE, "height": DESK[1]})
    assert page.evaluate(SIDEWAYS) == []
    assert [one.evaluate(OPENING) for one in page.locator(FURNITURE).filter(visible=True).all()] == []
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)", "dark letters, also by night"


def _plain(text):
    """Without spaces, and with characters that only look alike made one."""
    return "".join(unicodedata.normalize("NFKC", text).split())
