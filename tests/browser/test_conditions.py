"""When things are not as they should be: no network, two windows, no JavaScript. Nothing that was answered is lost."""

import uuid

import pytest
from playwright.sync_api import expect

from tests.browser import steps, texts
from tests.browser.person import DESK, PHONE


@pytest.fixture(scope="module")
def ground(site):
    run = uuid.uuid4().hex[:6]
    return site.seed("journey", run=run) | {"run": run}


@pytest.fixture
def learner(site, ground):
    """The user name of somebody new in the journey's course."""
    return site.seed("learner", username=f"learner-{uuid.uuid4().hex[:6]}", intake=ground["intake"])


def test_answers_given_without_network_arrive_when_it_is_back(people, ground, learner):
    person = people(size=PHONE, forgive="ERR_INTERNET_DISCONNECTED").sign_in(learner)
    page = person.page
    steps.start_quiz(person, ground["quiz"])

    person.context.set_offline(True)
    steps.answer_rightly(person)
    expect(page.locator("[data-saved-state].saved--waiting")).to_be_visible()
    page.locator("[data-check]").click()
    page.locator("#send [data-send]").click()
    expect(page.locator("#send [data-problem]")).to_be_visible()
    page.keyboard.press("Escape")

    person.context.set_offline(False)
    steps.saved(person)
    page.reload()
    answered = page.locator("fieldset.question input:checked")
    expect(answered).to_have_count(1)
    steps.hand_in_quiz(person)
    assert page.locator("main progress").first.get_attribute("value") == "100.0"


def test_a_second_window_never_overwrites_a_newer_answer(people, ground, learner):
    person = people(size=DESK, forgive="409").sign_in(learner)
    steps.start_quiz(person, ground["quiz"])
    first, second = person.page, person.context.new_page()
    second.goto(first.url)

    _choose(second, 1)
    expect(second.locator("[data-saved-state]")).to_contain_text(":")
    _choose(first, 2)
    notice = first.locator("[data-notice].callout--warn")
    expect(notice.locator("button")).to_have_count(2)
    notice.locator("button").first.click()
    steps.saved(person)

    second.reload()
    kept = first.locator("fieldset.question").first.locator(".option:has(input:checked)").inner_text()
    seen = second.locator("fieldset.question").first.locator(".option:has(input:checked)").inner_text()
    assert seen == kept


def _choose(page, place):
    page.locator("fieldset.question").first.locator(".option").nth(place).click()


def test_lesson_quiz_and_a_form_work_without_javascript(people, ground, learner):
    person = people(size=PHONE, script=False).sign_in(learner)
    _lesson_without_script(person, ground["lesson"])
    _quiz_without_script(person, ground["quiz"])
    code = steps.open_case(person)
    person.open(f"/cases/{code}/")
    assert person.page.locator("form[action*='/record/'] button").count() == 1


def _lesson_without_script(person, lesson):
    page = person.page
    person.open(lesson)
    page.locator("form[data-check] .option input").nth(1).check()
    steps.press(person, "form[data-check] button")
    expect(page.locator("form[data-check] .callout--ok")).to_be_visible()
    steps.press(person, "#finish form button")
    person.open(lesson)
    assert page.locator("#finish form").count() == 0


def _quiz_without_script(person, quiz):
    """Numbers instead of arrows; the page's own buttons save, check and hand in."""
    page = person.page
    steps.start_quiz(person, quiz)
    for question in page.locator("fieldset.question").all():
        if question.locator(".order").count():
            _number(question)
        elif question.locator(".match").count():
            steps.match(question)
        else:
            steps.right_option(question).locator("input").check()
    steps.press(person, "[data-check]")
    assert page.url.endswith("/check/")
    steps.press(person, "main form[action$='/submit/'] button")
    assert page.locator("main progress").first.get_attribute("value") == "100.0"


def _number(question):
    for row in question.locator(".order li").all():
        item = row.locator("> span:first-child").inner_text().strip()
        place = next(order.index(item) for order in texts.RIGHT_ORDER if item in order)
        row.locator("[data-place]").select_option(str(place + 1))
