"""Every page in every state, as each role sees it: it answers, complains of nothing, and everybody can use it.

A run visits each page once; role by role the language, the theme and the width turn by the printed seed. AUDIT=all
visits each page in every combination.
"""

import re
from functools import partial
from urllib.parse import unquote, urlsplit

import pytest
from django.urls import URLPattern, get_resolver, resolve
from playwright.sync_api import Route

from tests.browser.conftest import SEED, dresses
from tests.browser.findings import drawing, problems
from tests.browser.table import ERRORS, NOT_PAGES, SCRIPTLESS, table


@pytest.fixture(scope="module")
def error_pages(site):
    return site.seed("error_pages", module="places", numbers=ERRORS)


# Wagtail's own editor, which is not ours to mend: (rule, what stands in the element)
WAGTAILS = (
    ("aria-input-field-name", "public-DraftEditor-content"),
    ("aria-required-parent", 'data-w-tabs-target="trigger"'),  # the button from a new user's names to the roles
    ("empty-heading", "<h2></h2>"),  # the report on workflows, above the tasks of one
    ("label", "ui-autocomplete-input"),
    ("label", "-cell-"),
    ("landmark-unique", "w-panel"),
    ("scrollable-region-focusable", "w-minimap"),
    ("target-size", "w-minimap-toggle"),  # 24 px of it lie beyond a phone's edge
    ("target-size", '<a href="/admin/'),  # a listing on a phone: the row's name above its three dots
)
VISITED, LEFT_TO_WAGTAIL = [], []
MINUTE = 60_000  # milliseconds


DEAD = "button[type=button]:not([popovertarget], [commandfor])"  # what only a script listens to


@pytest.mark.parametrize(("who", "status", "address"), list(table(SCRIPTLESS)))
def test_page_without_script(visitors, names, who, status, address):
    """What is read, answered and sent stands there without JavaScript too; no button waits for it in vain."""
    person, found = visitors(who, script=False), []
    for dress in dresses(f"no script: {who} {address}"):
        lines = list(_visit(person, address.format(**names), status, dress))
        lines += [f"a dead button: {one.inner_text()}" for one in person.page.locator(DEAD).filter(visible=True).all()]
        found += [f"{_named(dress)}: {line}" for line in lines]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(("who", "status", "address"), list(table()))
def test_page(visitors, names, who, status, address):
    person, found = visitors(who), []
    for dress in dresses(f"{who} {address}"):
        found += [f"{_named(dress)}: {line}" for line in _visit(person, address.format(**names), status, dress)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("number", ERRORS)
def test_error_page(visitors, error_pages, number):
    """Drawn by the site and shown at an address of it, as no address brings these about."""
    person, found = visitors(""), []
    for dress in dresses(f"error {number}"):
        person.dress(**dress).errors.clear()
        html = error_pages[f"{number} {dress['language']}"]
        person.page.route("**/error/", partial(Route.fulfill, content_type="text/html; charset=utf-8", body=html))
        told = person.open("/error/")
        person.page.unroute("**/error/")
        VISITED.append(f"/error/{number}")
        found += [f"{_named(dress)}: {line}" for line in _wrong(person, dress, 200, told)]
    assert not found, "\n".join(found)


def test_every_page_of_ours_is_in_the_table(visitors, names, site):
    """Whatever answers to a plain request is visited, or named in NOT_PAGES with the reason."""
    visited = {
        resolve(address.format(**names).partition("?")[0]).view_name for _, told, address in table() if told != "404"
    }
    asked, left = visitors("director").context.request, {}
    for name, address in _addresses(get_resolver()):
        if name not in visited and name not in NOT_PAGES:
            left[name] = asked.get(site.url + address, max_redirects=0).status
    readable = sorted(name for name, status in left.items() if status != 405)  # 405: it only takes what a form sends
    assert readable == [], f"neither in PAGES nor in NOT_PAGES: {readable}"


SAMPLES = {"int": "1", "uuid": "00000000-0000-0000-0000-000000000000", "case": "K-2020-9999", "giver": "child"}


def _addresses(resolver, before="", spaces=()):
    """(name, an address of that form) of everything of ours; Wagtail's admin is Wagtail's."""
    for entry in resolver.url_patterns:
        address = before + str(entry.pattern)
        if not isinstance(entry, URLPattern):
            yield from _addresses(entry, address, (*spaces, entry.namespace) if entry.namespace else spaces)
        elif entry.name and not address.startswith(("admin/", "documents/")):
            filled = re.sub(r"<(?:(\w+):)?\w+>", lambda found: SAMPLES.get(found[1], "x"), address)
            yield ":".join((*spaces, entry.name)), "/" + re.sub(r"\([^)]*\)+|[\^$]", "x", filled)


def test_number_of_pages(capsys):
    with capsys.disabled():
        print(f"\n{len(VISITED)} pages visited, SEED={SEED}")
        print(f"{len(LEFT_TO_WAGTAIL)} findings in Wagtail's own editor: {sorted(set(LEFT_TO_WAGTAIL))}")


def _visit(person, address, status, dress):
    """Open a page in one dress; what is wrong with it, line by line."""
    person.dress(**dress).errors.clear()
    told, page = person.open(address), person.page
    if told == 429:  # an audit is quicker than certificates may be looked up
        page.wait_for_timeout(MINUTE)
        person.errors.clear()
        told = person.open(address)
    if "/reauthenticate/" in page.url and "/reauthenticate/" not in address:
        person.prove()
    VISITED.append(address)
    if (_path(page.url) == _path(person.site.url + address)) == (status == "to"):
        yield f"leads to {page.url}"
    yield from _wrong(person, dress, 200 if status == "to" else int(status), told)


def _path(url):
    return unquote(urlsplit(url).path)


def _wrong(person, dress, status, told):
    """What is wrong with the page that is open, line by line."""
    page = person.page
    if "/admin/" in page.url:
        page.wait_for_load_state("networkidle")  # editors build themselves after loading
    if told != status:
        yield f"answers {told}, not {status}"
    language = page.locator("html").get_attribute("lang")
    if language.lower() != dress["language"]:
        yield f"says lang={language}"
    found = problems(page) if person.script else drawing(page)
    yield from (line for line in found if not _is_wagtails(page, line))
    yield from (error for error in person.errors if not (status != 200 and str(status) in error))


def _is_wagtails(page, line):
    if "/admin/" not in page.url:
        return False
    rules = [rule for rule, part in WAGTAILS if line.startswith(f"{rule}: ") and part in line]
    LEFT_TO_WAGTAIL.extend(rules)
    return bool(rules)


def _named(dress):
    return f"{dress['language']}, {dress['theme']}, {dress['size'][0]} px"
