"""What people do on the site, step by step, as with finger or mouse. Each step says what must have come of it.

Long texts are filled in at once with one key pressed at the end, because drafts listen to keys. Nothing is asserted on
words of the interface: they are translated. Structure, names of fields and addresses tell where somebody is.
"""

import re
from io import BytesIO
from pathlib import Path

import typst
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.browser import texts
from tests.browser.conftest import link_in


def press(person, selector, *, of=None):
    """Press what loads the next page; returns the page when it is there."""
    target = (of or person.page).locator(selector).first
    person.look()
    with person.page.expect_navigation():
        target.click()
    person.look()
    return person.page


def accepted(person):
    """The form that was sent was not refused."""
    refused = person.page.locator(".error-summary")
    assert not refused.count(), refused.first.inner_text()


def write(person, selector, text):
    """Fill in a text and press one key, as somebody who pastes it and adds a full stop."""
    field = person.page.locator(selector)
    field.fill(text)
    field.press("End")
    field.press_sequentially("。")


def a_pdf(words):
    """A page of text as a PDF file for the browser to send."""
    content = typst.compile(f"= Service case\n{words * 20}".encode(), format="pdf")
    return {"name": "服务案例.pdf", "mimeType": "application/pdf", "buffer": content}


def in_row(page, name):
    """The table row about a person; staff lists hold many."""
    return page.locator("tr", has=page.get_by_role("rowheader").filter(has_text=name)).first


# --- to an account --------------------------------------------------------------------------------------------------
def sign_up(person, site, programme, *, name, email):
    """From the programme's page to an account with a confirmed address, and back to the form."""
    person.open(f"/programmes/{programme}/")
    press(person, 'main a[href$="/apply/"]')
    press(person, 'main a[href*="/accounts/signup/"]')
    page = person.page
    page.fill("input[name=name]", name)
    page.fill("input[name=email]", email)
    page.fill("input[name=password1]", "wang-yuan-xing-45")
    page.fill("input[name=password2]", "wang-yuan-xing-45")
    press(person, 'main form[action*="signup"] button')
    person.open(link_in(site.mail_to(email)))
    if page.locator('main form[action*="confirm-email"]').count():
        press(person, 'main form[action*="confirm-email"] button')
    if "/accounts/login/" in page.url:
        page.fill("input[name=login]", email)
        page.fill("input[name=password]", "wang-yuan-xing-45")
        press(person, 'main form[action*="login"] button:not([type=button])')


# --- to a seat ------------------------------------------------------------------------------------------------------
def apply(person, programme):
    """The whole form, six parts, with evidence sent in pieces; returns the application's number."""
    page = person.page
    person.open(f"/programmes/{programme}/apply/")
    page.check("input[name=intake]")
    page.check("input[name=notice]")
    press(person, "main form button")
    number = re.search(r"/applications/([^/]+)/", page.url)[1]
    expect(page.locator(".tasks a")).to_have_count(6)
    press(person, f'a[href*="/applications/{number}/form/person/"]')
    _about_oneself(person)
    _education(person)
    _experience(person)
    _reasons(person)
    _evidence(person)
    _statements(person)
    return number


def _next(person):
    press(person, "main button.btn[name=next]")


def _about_oneself(person):
    page = person.page
    page.fill("[name=f-phone]", "13800138000")
    page.fill("[name=f-employer]", "示例社区居委会")
    page.select_option("[name=f-post]", "social_worker")
    page.select_option("[name=f-town]", "hengli")
    expect(page.locator("[data-state] .saved span")).to_have_text(re.compile(r"\d\d:\d\d"))
    _next(person)


def _education(person):
    page = person.page
    page.select_option("[name=f-degree]", "bachelor")
    page.fill("[name=f-school]", "示例大学")
    page.select_option("[name=f-social_work]", "assistant")
    page.check("[name=f-trainings][value=child]")
    _next(person)


def _experience(person):
    page = person.page
    page.fill("[name=row-0-since]", "2021-09")
    page.fill("[name=row-0-organisation]", "示例儿童之家")
    page.select_option("[name=row-0-town]", "hengli")
    write(person, "[name=row-0-work]", texts.WORK)
    _next(person)


def _reasons(person):
    write(person, "[name=f-reason]", texts.REASON)
    person.page.fill("[name=f-hours]", "6")
    _next(person)


def _evidence(person):
    page = person.page
    page.select_option("[name=row-0-kind]", "summary")
    page.fill("[name=row-0-month]", "2025-06")
    page.fill("[name=row-0-role]", "主要负责人")
    page.fill("[name=row-0-children]", "10")
    write(person, "[name=row-0-summary]", texts.SUMMARY)
    attach(page.locator("#files"), a_pdf("Without names or places. "))
    _next(person)


def _statements(person):
    page = person.page
    page.select_option("[name=f-opinion]", "contact")
    page.fill("[name=f-contact]", "办公室")
    page.fill("[name=f-contact_phone]", "020-00000000")
    for tick in ("true", "deidentified", "record_checked", "privacy"):
        page.check(f"[name=f-{tick}]")
    page.fill("[name=f-record_month]", "2026-01")
    _next(person)


def attach(field, file):
    """Give a file to the uploader, which sends it in pieces, and wait for its receipt."""
    before = field.locator(".upload--done").count()
    field.locator("input[type=file]").set_input_files(file)
    expect(field.locator(".upload--done")).to_have_count(before + 1, timeout=30_000)
    expect(field.locator(".upload--done a.upload__name").last).to_have_attribute("href", re.compile("/files/"))


def send_application(person, number):
    """Check the answers and send them; the receipt names the file with its hash."""
    person.open(f"/applications/{number}/")
    press(person, 'a[href$="/check/"]')
    press(person, 'main form[action$="/check/"] button')
    assert person.page.url.endswith("/receipt/")
    assert "服务案例.pdf" in person.text()


def take_baseline(person, number):
    """Three questions, answered by clicks, handed in; the result shows where one starts from."""
    page = person.page
    person.open(f"/applications/{number}/")
    press(person, 'a[href$="/baseline/"]')
    press(person, 'main a.btn[href*="/work/"]')
    if page.locator('form[action$="/start/"]').count():
        press(person, 'form[action$="/start/"] button')
    for question in page.locator("fieldset.question").all():
        question.locator(".option").first.click()
    hand_in_quiz(person)
    person.open(f"/applications/{number}/baseline/")
    expect(page.locator("dl.summary dd")).to_have_count(3)


def screen(person, intake, name):
    """Staff answer the eight checks."""
    page = person.page
    person.open(f"/desk/admissions/intakes/{intake}/")
    press(person, "a[href*='/desk/admissions/choices/']", of=in_row(page, name))
    for check in page.locator("form[action$='/screen/'] fieldset").all():
        check.locator("input[value=yes]").check()
    press(person, "form[action$='/screen/'] > button.btn--wide")
    accepted(person)


def score(person, name, points):
    """A scorer finds the application among those to score, reads it, and sends points."""
    page = person.page
    person.open("/desk/admissions/to-score/")
    press(person, f".tasks a:has-text('{name}')")
    for key, value in points.items():
        page.fill(f"[name={key}]", str(value))
    press(person, "form[action$='/score/'] button[name=send]")
    accepted(person)
    assert page.locator("form[action$='/score/'] button[name=send]").count() == 0


def offer(person, intake, name):
    """Staff see the letter, then send it."""
    page = person.page
    person.open(f"/desk/admissions/intakes/{intake}/")
    in_row(page, name).locator("input[name=choice]").check()
    press(person, "form button[name=verb][value=offer]")
    press(person, "button[name=send]")
    assert page.url.endswith(f"/intakes/{intake}/")


def confirm_seat(person, number):
    """The applicant takes the seat and is a learner."""
    person.open(f"/applications/{number}/")
    press(person, "form[action$='/confirm/'] button")
    assert person.page.locator("form[action$='/confirm/']").count() == 0


def assign_supervisor(person, intake, name, supervisor):
    page = person.page
    person.open(f"/desk/cases/supervision/{intake}/")
    in_row(page, name).locator("input[name=enrolments]").check()
    page.fill("[name=supervisor]", supervisor)
    press(person, "main form[method=post] button")
    accepted(person)


# --- learning -------------------------------------------------------------------------------------------------------
def study(person, lesson):
    """Read, answer the check in place, press 学完了."""
    page = person.page
    person.open(lesson)
    expect(page.locator("#finish [data-missing]")).to_be_visible()
    check = page.locator("form[data-check]")
    check.locator(".option").nth(1).click()
    check.locator("button").click()
    expect(check.locator("[data-slot^='check:'] > *").first).to_be_visible()
    expect(page.locator("#finish [data-missing]")).to_be_hidden()
    press(person, "#finish form button")
    person.open(lesson)
    assert page.locator("#finish form").count() == 0, "the lesson is not done"


def start_quiz(person, quiz):
    person.open(f"/work/quizzes/{quiz}/")
    press(person, 'form[action$="/start/"] button, main a[href*="/work/attempts/"]')
    assert "/work/attempts/" in person.page.url


def answer_rightly(person):
    """Every question of the journey's quiz, by clicks: one choice, an order by its arrows, three pairs."""
    for question in person.page.locator("fieldset.question").all():
        if question.locator(".order").count():
            put_in_order(question)
        elif question.locator(".match").count():
            match(question)
        else:
            right_option(question).click()


def right_option(question):
    """The option of a single-choice question that is right, in whichever language it is shown."""
    return next(one for one in question.locator(".option").all() if one.inner_text().strip() in texts.RIGHT_OPTIONS)


def put_in_order(question):
    """Move each item up to its place with the arrow buttons."""
    shown = [text.strip() for text in question.locator(".order li > span:first-child").all_inner_texts()]
    right = next(order for order in texts.RIGHT_ORDER if set(order) == set(shown))
    for place, item in enumerate(right):
        rows = question.locator(".order li")
        while (now := _place_of(rows, item)) > place:
            rows.nth(now).locator("[data-move=up]").click()


def _place_of(rows, item):
    shown = rows.locator("> span:first-child").all_inner_texts()
    return [text.strip() for text in shown].index(item)


def match(question):
    for line in question.locator(".match > div").all():
        line.locator("select").select_option(label=texts.RIGHT_PAIRS[line.locator("label").inner_text().strip()])


def saved(person):
    """Wait until the page says that everything is on the server."""
    expect(person.page.locator("[data-saved-state]:not(.saved--waiting)")).to_have_text(re.compile(r"\d\d:\d\d"))


def hand_in_quiz(person):
    page = person.page
    saved(person)
    page.locator("[data-check]").last.click()
    expect(page.locator("#send")).to_be_visible()
    press(person, "#send [data-send]")
    assert page.url.endswith("/result/")


def pass_quiz(person, quiz):
    start_quiz(person, quiz)
    answer_rightly(person)
    hand_in_quiz(person)
    expect(person.page.locator("main .tag--ok").first).to_be_visible()
    assert person.page.locator("main progress").first.get_attribute("value") == "100.0"


# --- case work ------------------------------------------------------------------------------------------------------
def open_case(person):
    """A case of a child of nine to thirteen; returns its code."""
    page = person.page
    person.open("/cases/new/")
    page.check("[name=age_band][value='9-13']")
    press(person, "main form button")
    code = re.search(r"/cases/([A-Z]-[0-9-]+)/", page.url)[1]
    for giver in ("guardian", "child"):
        _record_consent(person, code, giver)
    return code


def _record_consent(person, code, giver):
    page = person.page
    person.open(f"/cases/{code}/consent/{giver}/")
    for purpose in ("service", "training"):
        page.check(f"[name={purpose}][value=yes]")
    if giver == "guardian":
        page.select_option("[name=relation]", "grandparent")
    else:
        page.fill("[name=words]", "可以写，不要写我的名字。")
    press(person, "main form button")
    accepted(person)


def write_record(person, record):
    """From the assignment's page through its seven parts, with a file; returns the submission's address."""
    page = person.page
    person.open(f"/work/assignments/{record}/")
    press(person, "main a.btn[href*='/cases/record/']")
    press(person, "form[action*='/record/'] button")
    address = re.search(r"/work/submissions/[^/]+/", page.url)[0]
    person.open(address)
    expect(page.locator(".tasks a[href*='/parts/']")).to_have_count(7)
    for part, fill in RECORD_PARTS.items():
        person.open(f"{address}parts/{part}/")
        fill(person)
        press(person, "main button[name=go][value=next]")
        accepted(person)
    return address


def _field(person, name, value):
    """A field of the record, by its kind."""
    control = person.page.locator(f"[name='{name}']").first
    if control.get_attribute("type") == "radio":
        person.page.check(f"[name='{name}'][value='{value}']")
    else:
        control.fill(value)


def _fields(person, values, prefix="f-"):
    for key, value in values.items():
        _field(person, f"{prefix}{key}", value)


def _from_record(*keys):
    return {key: texts.RECORD[key] for key in keys}


def _taking_on(person):
    values = {"source": "committee", "since": texts.long_ago(38), "urgency": "week"}
    _fields(person, values | _from_record("need", "consents", "referral"))


def _assessing(person):
    keys = ("child", "carers", "family", "school", "environment", "strengths")
    _fields(person, _from_record(*keys) | {"risk": "medium"})
    attach(person.page.locator("#f-genogram"), a_pdf("A circle, a square, a line. "))


def _planning(person):
    page = person.page
    for number, goal in enumerate(texts.RECORD["goals"]):
        _row(page, "goals", number)
        _fields(person, {"goal": goal, "owner": "学员和祖母", "until": texts.long_ago(10)}, f"f-goals-{number}-")
    write(person, "[name=f-methods]", texts.RECORD["methods"])


def _working(person):
    for number in range(4):
        _row(person.page, "contacts", number)
        done = {key: texts.RECORD[key][number] for key in ("done", "reaction", "next")}
        about = {"week": str(1 + 2 * number), "place": "home", "minutes": "60", "who": "孩子A、祖母"}
        _fields(person, about | done, f"f-contacts-{number}-")


def _row(page, table, number):
    """Make sure that the table has a row of this number."""
    if number >= page.locator(f"[data-rows-of={table}] > [data-row]").count():
        page.locator(f"[name=add_row][value={table}]").click()


def _outcome(person):
    _fields(person, _from_record("attainment", "voices"))


def _ending(person):
    _fields(person, {"closing": "reached", "closed_on": texts.long_ago(1)} | _from_record("follow_up"))


def _reflecting(person):
    _fields(person, _from_record("otherwise", "theory", "ethics"))


RECORD_PARTS = {
    "intake": _taking_on,
    "assessment": _assessing,
    "plan": _planning,
    "work": _working,
    "outcome": _outcome,
    "ending": _ending,
    "reflection": _reflecting,
}


def hand_in(person, address, version):
    """Check everything, confirm what looks like a name, hand in; the receipt names version and file."""
    page = person.page
    person.open(f"{address}check/")
    for box in page.locator("[name=confirmed]").all():
        box.check()
    page.check("[name=honest]")
    press(person, "#hand-in button.start")
    assert page.url.endswith(f"/versions/{version}/receipt/")
    assert "服务案例.pdf" in person.text()


def revise(person, address):
    """The remark stands at its part; a sentence is added there."""
    page = person.page
    person.open(address)
    expect(page.locator(".callout--warn", has_text="请补上学校的看法")).to_be_visible()
    person.open(f"{address}parts/assessment/")
    write(person, "[name=f-school]", texts.RECORD["school"] + "老师补充说，孩子这两周说话多了")
    press(person, "main button[name=go][value=leave]")


def grade(person, address, *, outcome, points, words):
    """The supervisor finds the record on the desk, chooses levels, comments, and sends the answer."""
    page = person.page
    person.open("/desk/marking/")
    press(person, f"main a[href*='{address.split('/')[-2]}']")
    for number, fieldset in enumerate(page.locator("#grading fieldset").all()):
        fieldset.locator(f".level:has(input[value='{points}'])").click()
        fieldset.locator("textarea").fill(f"{words}（{number + 1}）")
    page.fill("#grading [name=comment]", words)
    page.locator("#grading [name=comment]").press("End")
    expect(page.locator("#grading [data-state] .saved span")).to_have_text(re.compile(r"\d\d:\d\d"))
    press(person, f"#grading button[name=outcome][value={outcome}]")


def enter_hours(person, code, minutes):
    page = person.page
    person.open("/cases/hours/")
    if not page.locator("main details.card[open]").count():
        page.locator("main details.card summary").click()
    page.check("[name=kind][value=visit]")
    page.fill("[name=date]", texts.long_ago(0))
    page.fill("[name=minutes]", str(minutes))
    page.select_option("[name=case]", code)
    press(person, "main form[action$='/hours/'] button")
    accepted(person)


def confirm_hours(person, name):
    page = person.page
    person.open("/desk/cases/hours/")
    in_row(page, name).locator("input[name=times]").check()
    press(person, "button[name=do][value=confirm]")
    accepted(person)


# --- to the certificate ---------------------------------------------------------------------------------------------
def propose(person, intake, name):
    page = person.page
    person.open(f"/desk/graduation/intakes/{intake}/")
    in_row(page, name).locator("input[name=enrolment]").check()
    page.check("form[action$='/propose/'] [name=outcome][value=graduate]")
    press(person, "form[action$='/propose/'] button")
    accepted(person)


def sign(person, intake, name):
    """Only this person's decision is signed, though others may wait."""
    page = person.page
    person.open(f"/desk/graduation/intakes/{intake}/")
    for box in page.locator("form[action$='/sign/'] input[name=decision]").all():
        box.uncheck()
    in_row(page, name).locator("input[name=decision]").check()
    press(person, "form[action$='/sign/'] button")
    accepted(person)


def certificate(person):
    """Download the certificate; returns its text without spaces, and the address that verifies it."""
    page = person.page
    person.open("/certificates/")  # leads to the only one
    link = page.input_value("#link")
    with page.expect_download() as download:
        page.locator("a[href$='/pdf/']").click()
    content = Path(download.value.path()).read_bytes()
    assert content.startswith(b"%PDF")
    printed = "".join(sheet.extract_text() for sheet in PdfReader(BytesIO(content)).pages)
    return "".join(printed.split()), link


def verify(person, link, *, name):
    """By the link that the code holds, and by number and name; returns the number."""
    page = person.page
    person.open(link)
    number = page.locator("dl.summary dd.nums").first.inner_text()
    assert name in person.text()
    person.open("/certificates/verify/")
    page.fill("main form [name=number]", number)
    page.fill("main form [name=name]", name)
    press(person, "main form button")
    assert page.locator("dl.summary dd.nums").first.inner_text() == number
    assert page.locator("main .tag--ok").count() == 1
    return number
