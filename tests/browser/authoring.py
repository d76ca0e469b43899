"""What instructors do in the Wagtail admin: write pages from blocks, questions, a quiz; submit, review."""

import re

from playwright.sync_api import expect

from tests.browser.steps import press

BLOCKS = {  # by the icon that the block shows in the list of blocks
    "text": "pilcrow",
    "heading": "title",
    "callout": "pick",
    "law": "doc-full-inverse",
    "steps": "list-ol",
    "check": "help",
}


def submit(person):
    """Submit the page that is being written for review; returns its number."""
    page = person.page
    page.locator("footer [data-w-dropdown-target=toggle]").last.click()
    press(person, "[name=action-submit]")
    expect(page.locator(".messages .success")).to_be_visible()
    return re.findall(r"/pages/(\d+)/edit/", page.locator(".messages").inner_html())[0]


def write_module(person, course, title):
    person.open(f"/admin/pages/add/content/modulepage/{course}/")
    person.page.fill("[name=title]", title)
    return submit(person)


def write_lesson(person, module, title):
    """A lesson of six blocks, with a check that is needed to complete it."""
    page = person.page
    person.open(f"/admin/pages/add/content/lessonpage/{module}/")
    page.fill("[name=title]", title)
    page.fill("[name=objective]", "学完能做到：说出第一步。")
    page.fill("[name=minutes]", "15")
    _type(_add(person, 0, "text"), "走进一个家，先坐下。")
    _add(person, 1, "heading")
    page.fill("[name=body-1-value-text]", "先问，再想办法")
    _type(_add(person, 2, "callout"), "孩子的话，用原话记下来。")
    _add(person, 3, "law")
    page.fill("[name=body-3-value-law]", "中华人民共和国未成年人保护法")
    page.fill("[name=body-3-value-article]", "第四条")
    page.fill("[name=body-3-value-text]", "（五）听取未成年人的意见；")
    page.fill("[name=body-3-value-in_force_since]", "2021-06-01")
    page.fill("[name=body-3-value-checked_on]", "2026-11-01")
    page.locator("[name=body-3-value-checked_on]").press("Tab")  # leaves the calendar
    _add(person, 4, "steps")
    page.fill("[name=body-4-value-steps-0-value-title]", "敲门")
    page.fill("[name=body-4-value-steps-0-value-text]", "说你是谁。")
    _check(person)
    return submit(person)


def _add(person, place, block):
    """Add a block at the end of the body; returns its element."""
    page = person.page
    add, option = page.locator("[data-contentpath=body] > * .c-sf-add-button:visible").last, _option(page, block)
    add.click()
    if not option.is_visible():  # the first click only closed a calendar
        page.wait_for_timeout(500)
        option.is_visible() or add.click()
    option.click()
    expect(page.locator(f"[name=body-{place}-type]")).to_have_count(1)
    return page.locator("[data-streamfield-child]").nth(place)


def _option(page, block):
    return page.locator(f"[role=option]:has(use[href$='#icon-{BLOCKS[block]}'])").first


def _type(block, text):
    """Type into the rich text of a block."""
    editor = block.locator("[contenteditable=true]").last
    editor.click()
    editor.press_sequentially(text)


def _check(person):
    page, name = person.page, "body-5-value"
    _add(person, 5, "check")
    page.fill(f"[name={name}-question]", "第一步是什么？")
    page.fill(f"[name={name}-options-0-value-text]", "先拍照")
    if not page.locator(f"[name={name}-options-1-value-text]").count():
        page.locator("[data-contentpath=options] .c-sf-add-button:visible").last.click()
    page.fill(f"[name={name}-options-1-value-text]", "先听孩子说")
    page.check(f"[name={name}-options-1-value-correct]")
    page.check(f"[name={name}-required]")


def write_question(person, course, text, right, wrong):
    """A question with one right option, in the bank of the course."""
    page = person.page
    person.open("/admin/questions/new/")
    press(person, ".cards a[href='?type=single']")
    page.fill("[name=settings-text]", text)
    page.fill("[name=options-0-text]", right)
    page.check("[name=options-0-correct]")
    page.fill("[name=options-1-text]", wrong)
    page.select_option("[name=about-course]", label=course)
    press(person, "button[name=save]")
    assert "/admin/questions/edit/" in page.url


def write_quiz(person, module, title, questions):
    """A quiz of these questions, chosen from the bank."""
    page = person.page
    person.open(f"/admin/pages/add/assessments/quizpage/{module}/")
    page.fill("[name=title]", title)
    for place, question in enumerate(questions):
        if not page.locator(f"#inline_child_items-{place}").count():
            page.locator("#id_items-ADD").click()
        page.locator(f"#inline_child_items-{place} [data-chooser-action-choose]:visible").first.click()
        page.locator(f".modal-body a:has-text('{question}')").first.click()
        expect(page.locator(f"[name=items-{place}-question]")).not_to_have_value("")
    return submit(person)


def approve(person, page_number):
    """The reviewer opens what waits, reads it, and approves; the page is live afterwards."""
    page = person.page
    person.open("/admin/")
    assert page.locator(f"main a[href*='/pages/{page_number}/']").count(), "it does not wait on the reviewer's desk"
    person.open(f"/admin/pages/{page_number}/edit/")
    page.locator("footer [data-w-dropdown-target=toggle]").last.click()
    with page.expect_navigation():
        page.locator("[data-workflow-action-name=approve]:not([data-workflow-action-modal-url])").first.click()
