"""Every page in every state, as each role sees it: it answers, complains of nothing, and everybody can use it.

A run visits each page once; role by role the language, the theme and the width turn by the printed seed. AUDIT=all
visits each page in every combination.
"""

import itertools
import os
import random
from functools import partial

import pytest
from playwright.sync_api import Route

from tests.browser.conftest import DESK, PHONE, SEED, Person, problems

LESSONS = [
    "protection/m1/mandatory-reporting",
    "protection/m2/children-in-difficulty",
    "protection/m2/guardianship-and-domestic-violence",
    "protection/m3/roles-bullying-online-confidentiality",
    "crisis/m1/trauma-informed",
    "crisis/m1/psychological-first-aid",
    "crisis/m2/suicide-and-self-harm",
    "crisis/m2/first-response-to-abuse",
    "crisis/m3/referral-and-self-care",
    "casework/m1/intake",
    "casework/m1/family-assessment",
    "casework/m2/plan-to-closing",
    "casework/m2/recording",
    "casework/m3/understanding-and-encouragement",
    "casework/m3/solving-problems",
]

# who: addresses, and the status when it is not 200. {names} come from places.addresses().
PAGES = {
    # an attempt lasts twenty minutes: these come first
    "mingyue": """
        /work/attempts/{attempt}/ /work/attempts/{attempt}/check/ /learn/ /learn/tasks/ /cases/ /cases/new/
        /certificates/ /graduation/
    """,
    "": """
        / /programmes/liangxing/ /courses/ /courses/protection/ /courses/search/ /courses/search/?q=保护
        /courses/search/?q=xyzzy /courses/tags/{tag}/ /pages/privacy/ /pages/children/ /pages/accessibility/
        /pages/contact/ /accounts/login/ /accounts/signup/ /accounts/password/reset/ /accounts/password/reset/done/
        /accounts/confirm-email/ /accounts/inactive/ /certificates/verify/ /certificates/verify/{code}/
        /certificates/verify/{replaced_code}/ 404:/certificates/verify/nothing/ /offline/ 404:/nothing/
        404:/courses/nothing/
    """,
    "learner": f"""
        /learn/ /learn/tasks/ /learn/record/ /courses/ /courses/crisis/ {{lesson}}
        {" ".join(f"/courses/{lesson}/" for lesson in LESSONS)}
        /work/quizzes/{{quiz}}/ /work/attempts/{{result}}/result/ /work/assignments/{{assignment}}/
        /work/assignments/{{record}}/ /work/submissions/{{returned}}/ /work/submissions/{{returned}}/parts/intake/
        /work/submissions/{{returned}}/parts/assessment/ /work/submissions/{{returned}}/parts/plan/
        /work/submissions/{{returned}}/parts/work/ /work/submissions/{{returned}}/parts/ending/?check
        /work/submissions/{{returned}}/check/ /work/submissions/{{returned}}/versions/1/
        /work/submissions/{{returned}}/versions/1/receipt/ /work/submissions/{{accepted}}/
        /cases/ /cases/new/ /cases/hours/ /cases/hours/{{time}}/ /cases/record/{{record}}/ /cases/{{returned_case}}/
        /cases/{{returned_case}}/consent/ /cases/{{returned_case}}/names/
        /cases/{{returned_case}}/consent/{{consent}}/withdraw/ /cases/{{accepted_case}}/ /cases/{{fresh_case}}/
        /cases/{{fresh_case}}/consent/ /cases/{{fresh_case}}/consent/guardian/ /cases/{{fresh_case}}/consent/child/
        /cases/{{simulated_case}}/ /cases/consent-text/{{consent_text}}/ /graduation/
        /graduation/{{enrolment}}/ /certificates/ /inbox/ /inbox/{{message}}/ /me/ /me/edit/ /accounts/email/
        /accounts/password/change/
        /accounts/logout/ /accounts/2fa/ /accounts/2fa/totp/activate/ /accounts/2fa/webauthn/
        /accounts/2fa/webauthn/add/
        /accounts/reauthenticate/ /accounts/sessions/ 404:/desk/ 404:/desk/admissions/ 404:/cases/K-2020-9999/
    """,
    "newcomer": """
        /learn/ /applications/ /applications/{newcomer}/ /applications/{newcomer}/form/person/
        /applications/{newcomer}/form/education/ /applications/{newcomer}/form/experience/?check
        /applications/{newcomer}/form/reasons/?check /applications/{newcomer}/form/evidence/
        /applications/{newcomer}/form/statements/ /applications/{newcomer}/check/ /applications/{newcomer}/print/
        /programmes/liangxing/
    """,
    "zhixia": """
        / /applications/{zhixia}/ /applications/{zhixia}/receipt/ /applications/{zhixia}/print/
        /applications/{zhixia}/baseline/ /applications/{zhixia}/letters/{letter}/ /choices/{offer}/withdraw/
        /programmes/liangxing/apply/ /learn/
    """,
    "ruogu": "/applications/{ruogu}/ /applications/{ruogu}/form/evidence/ /applications/{ruogu}/check/",
    "xiaoxi": "/applications/{xiaoxi}/",
    "xiaoyu": """
        /learn/ /graduation/{graduate}/ /certificates/ /certificates/{credential}/ /learn/record/ /courses/casework/
    """,
    "changgeng": "/certificates/{replaced}/ /certificates/",
    "nanxing": "/learn/ /learn/tasks/ /cases/",
    "staff": """
        /desk/ /desk/admissions/ /desk/admissions/intakes/{selecting}/ /desk/admissions/intakes/{decided}/
        /desk/admissions/intakes/{decided}/?state=waitlisted /desk/admissions/choices/{choice}/
        /desk/admissions/choices/{asked}/ /desk/cases/supervision/ /desk/cases/supervision/{learning}/
        /desk/cases/register/ /desk/cases/register/{returned_case}/ /desk/learners/ /desk/learners/{enrolment}/
        /desk/graduation/ /desk/graduation/intakes/{learning}/ /desk/graduation/intakes/{finished}/
        /desk/graduation/intakes/{learning}/excuses/ /desk/graduation/learners/{enrolment}/
        /desk/graduation/learners/{graduate}/ /desk/credentials/ /desk/credentials/intakes/{finished}/
        /desk/credentials/{credential}/ /desk/deliveries/ /admin/ /admin/programme/ /admin/intake/ /admin/track/
        /admin/cohort/ /me/ 404:/desk/nothing/
    """,
    "director": """
        /desk/ /desk/graduation/ /desk/credentials/{credential}/ /desk/credentials/{credential}/revoke/
        /desk/credentials/{credential}/replace/ /admin/grant/ /admin/grant/new/ /admin/grant/edit/{grant_pk}/
    """,
    "host": "/desk/ /desk/graduation/intakes/{learning}/ /desk/credentials/",
    "scorer": "/desk/ /desk/admissions/to-score/ /desk/admissions/choices/{choice}/",
    "supervisor": """
        /desk/ /desk/cases/learners/ /desk/cases/hours/ /desk/marking/ /desk/marking/?show=done
        /desk/marking/{to_grade}/ /cases/{returned_case}/ /cases/{returned_case}/consent/
        /desk/cases/{returned_case}/duty/ /desk/learners/ /desk/learners/{enrolment}/
        /graduation/{enrolment}/
    """,
    "instructor": """
        /desk/ /desk/marking/ /desk/marking/{letter_to_grade}/ /desk/marking/quizzes/
        /desk/marking/quizzes/{crisis_quiz}/ 404:/desk/learners/ /courses/crisis/ /admin/
        /admin/pages/{course_page_pk}/ /admin/pages/{course_page_pk}/edit/ /admin/pages/{lesson_page_pk}/edit/
        /admin/pages/{quiz_page_pk}/edit/ /admin/questions/ /admin/questions/new/
        /admin/questions/new/?type=ordering /admin/questions/new/?type=matching /admin/questions/edit/{question_pk}/
        /admin/reports/law-review/
    """,
    "reviewer": "/desk/ /admin/ /admin/pages/{module_page_pk}/ /admin/reports/workflow/",
    "reader": "/desk/ 404:/desk/learners/",
    "admin": """
        /admin/ /admin/graduation_policy/ /admin/graduation_policy/edit/{policy_pk}/ /admin/rubrics/
        /admin/rubrics/edit/{rubric_pk}/ /admin/snippets/admissions/lettertemplate/
        /admin/snippets/admissions/lettertemplate/edit/{template_pk}/ /admin/programme/edit/{programme_pk}/
        /admin/users/
    """,
}
ERRORS = (400, 403, "403_csrf", 413, 429, 500, 503)
LANGUAGES, THEMES, SIZES = ("zh-hans", "en"), ("light", "dark"), (PHONE, DESK)
COMBINATIONS = [
    {"language": language, "theme": theme, "size": size}
    for language, theme, size in itertools.product(LANGUAGES, THEMES, SIZES)
]


def table():
    """(who, status, address) of every page."""
    for who, addresses in PAGES.items():
        for one in addresses.split():
            status, colon, address = one.partition(":/")
            yield (who, int(status), f"/{address}") if colon else (who, 200, one)


def combinations(page):
    """How a page is visited in this run."""
    if os.environ.get("AUDIT") == "all":
        return COMBINATIONS
    return [random.Random(f"{SEED} {page}").choice(COMBINATIONS)]


@pytest.fixture(scope="module")
def names(site):
    return site.seed("addresses", module="places")


@pytest.fixture(scope="module")
def error_pages(site):
    return site.seed("error_pages", module="places", numbers=ERRORS)


@pytest.fixture(scope="module")
def visitors(site, chromium):
    """One signed-in browser per role, changed in language, theme and width from page to page."""
    made = {}

    def visitor(who):
        if who not in made:
            made[who] = Person(site, chromium, size=DESK)
            made[who].sign_in(who) if who else None
        return made[who]

    yield visitor
    for person in made.values():
        person.close()


# Wagtail's own page editor, which is not ours to mend: (rule, what stands in the element)
WAGTAILS = (
    ("aria-input-field-name", "public-DraftEditor-content"),
    ("label", "ui-autocomplete-input"),
    ("label", "-cell-"),
    ("landmark-unique", "w-panel"),
    ("scrollable-region-focusable", "w-minimap"),
)
VISITED, LEFT_TO_WAGTAIL = [], []


@pytest.mark.parametrize(("who", "status", "address"), list(table()))
def test_page(visitors, names, who, status, address):
    person = visitors(who)
    found = []
    for dress in combinations(f"{who} {address}"):
        person.dress(**dress).errors.clear()
        told = person.open(address.format(**names))
        VISITED.append(address)
        found += [f"{_named(dress)}: {line}" for line in _wrong(person, dress, status, told)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("number", ERRORS)
def test_error_page(visitors, error_pages, number):
    """Drawn by the site and shown at an address of it, as no address brings these about."""
    person, found = visitors(""), []
    for dress in combinations(f"error {number}"):
        person.dress(**dress).errors.clear()
        html = error_pages[f"{number} {dress['language']}"]
        person.page.route("**/error/", partial(Route.fulfill, content_type="text/html; charset=utf-8", body=html))
        told = person.open("/error/")
        person.page.unroute("**/error/")
        VISITED.append(f"/error/{number}")
        found += [f"{_named(dress)}: {line}" for line in _wrong(person, dress, 200, told)]
    assert not found, "\n".join(found)


def test_number_of_pages(capsys):
    with capsys.disabled():
        print(f"\n{len(VISITED)} pages visited, SEED={SEED}")
        print(f"{len(LEFT_TO_WAGTAIL)} findings in Wagtail's own page editor: {sorted(set(LEFT_TO_WAGTAIL))}")


def _wrong(person, dress, status, told):
    """What is wrong with the page that is open, line by line."""
    page = person.page
    page.wait_for_load_state("networkidle")
    if told != status:
        yield f"answers {told}, not {status}"
    if "/accounts/login/" in page.url and "/accounts/login/" not in VISITED[-1]:
        yield f"leads to {page.url}"
    language = page.locator("html").get_attribute("lang")
    if language.lower() != dress["language"]:
        yield f"says lang={language}"
    yield from (error for error in person.errors if not (status != 200 and str(status) in error))
    yield from (line for line in problems(page) if not _is_wagtails(page, line))


def _is_wagtails(page, line):
    if "/admin/" not in page.url:
        return False
    rules = [rule for rule, part in WAGTAILS if line.startswith(f"{rule}: ") and part in line]
    LEFT_TO_WAGTAIL.extend(rules)
    return bool(rules)


def _named(dress):
    return f"{dress['language']}, {dress['theme']}, {dress['size'][0]} px"
