"""Signed out meanwhile: no word is lost, and nothing stays on a phone that somebody else takes up next."""

import pytest
from playwright.sync_api import expect

from tests.browser.person import DESK, PHONE

LEAVE_ALONE = """
from django.contrib.sessions.models import Session
from lms.people.sessions import SessionStore
for row in Session.objects.all():
    session = SessionStore(row.session_key)
    if "seen" in session:
        session["seen"] -= 3600
        session.save()
"""
END_ALL = "from django.contrib.sessions.models import Session; Session.objects.all().delete()"
KEPT = """async () => (await caches.has("lessons"))
    ? (await (await caches.open("lessons")).keys()).map((one) => new URL(one.url).pathname) : []"""


@pytest.fixture
def behind_the_scenes(site):
    """Run code on the site, as time or somebody else would change it."""
    return lambda code: site.manage("shell", "--verbosity", "0", "-c", code)


def until(page, expression):
    """Wait for what a page can tell; the policy of the site lets no helper of the browser's evaluate text by itself."""
    for _ in range(300):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(100)
    raise AssertionError(expression)


def sign_in_elsewhere(person, link, username):
    """Follow a link that opens a second window, sign in there, and come back."""
    with person.context.expect_page() as opened:
        link.click()
    window = opened.value
    window.fill("input[name=login]", username)
    window.fill("input[name=password]", "liangxing")
    with window.expect_navigation():
        window.locator("main form button").first.click()
    assert window.url.endswith("/me/again/")
    window.close()
    person.page.bring_to_front()
    person.page.evaluate("dispatchEvent(new Event('focus'))")


def test_a_marker_who_was_away_signs_in_beside_and_the_grade_is_saved(people, behind_the_scenes):
    person = people(size=DESK).sign_in("supervisor")
    person.open("/desk/marking/")
    person.page.locator("main a[href^='/desk/marking/']:has-text('LX-')").first.click()
    comment, line = person.page.locator("#comment"), person.page.locator("[data-state] .saved")
    comment.fill("看过了，写得清楚")
    comment.press_sequentially("。")
    expect(line).to_contain_text(":")

    behind_the_scenes(LEAVE_ALONE)
    comment.press_sequentially("还差一个日期。")
    way_back = person.page.locator("[data-signed-out]")
    expect(way_back).to_be_visible()
    expect(line).to_have_class("saved saved--waiting")

    sign_in_elsewhere(person, way_back, "supervisor")
    expect(way_back).to_be_hidden()
    person.page.reload()
    expect(comment).to_have_value("看过了，写得清楚。还差一个日期。")


def test_a_form_sent_too_late_waits_in_its_page_and_is_sent_afterwards(people, behind_the_scenes):
    person = people(size=PHONE, forgive="401").sign_in("staff")
    page = person.page
    person.open("/me/edit/")
    page.fill("input[name=phone]", "139 0013 9000")
    behind_the_scenes(LEAVE_ALONE)
    page.locator("main form button").first.click()
    held = page.locator("form[action='/me/unsent/'] button")
    expect(held).to_be_visible()

    sign_in_elsewhere(person, page.locator("main a[target=_blank]"), "staff")
    held.click()
    page.locator("main form[action='/me/edit/'] button").click()
    expect(page).to_have_url(f"{person.site.url}/me/")
    assert "+8613900139000" in person.text()


@pytest.fixture
def reader(people):
    """Somebody who read a lesson on this phone, and could read it again without a network."""
    person = people(size=PHONE, forgive="ERR_INTERNET_DISCONNECTED").sign_in("yifan")
    person.open("/learn/")
    person.page.locator("main a[href^='/courses/']").first.click()
    lessons = person.page.locator("main a[href^='/courses/']").evaluate_all("all => all.map((one) => one.pathname)")
    person.lesson = next(path for path in lessons if path.count("/") >= 5)
    person.open(person.lesson)
    until(person.page, "navigator.serviceWorker.ready.then(() => true)")
    person.open(person.lesson)
    until(person.page, "caches.has('lessons')")
    assert person.lesson in person.page.evaluate(KEPT)
    return person


def offline(person):
    person.context.set_offline(True)
    person.open(person.lesson)
    return person.page.locator("[data-lesson]").count()


def test_a_lesson_is_read_without_a_network_until_the_server_says_that_the_session_is_over(reader, behind_the_scenes):
    assert offline(reader) == 1
    reader.context.set_offline(False)

    behind_the_scenes(END_ALL)
    reader.open(reader.lesson)
    expect(reader.page).to_have_url(f"{reader.site.url}/accounts/login/?next={reader.lesson}")
    until(reader.page, "caches.has('lessons').then((there) => !there)")
    assert offline(reader) == 0


def test_signing_out_leaves_nothing_on_the_phone(reader):
    reader.open("/me/")
    with reader.page.expect_navigation():
        reader.page.locator("form[action='/accounts/logout/'] button").click()
    assert reader.page.evaluate(KEPT) == []
    assert reader.page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0
