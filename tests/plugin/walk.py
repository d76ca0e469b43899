"""The platform with its example plugin, without it, and with it again: ``python -P tests/plugin/walk.py STAGE``.

``.ci/plugin`` runs the three stages on one database: ``install`` makes content that uses everything the plugin adds,
``absent`` looks at the site after it was uninstalled and saves the lesson meanwhile, ``back`` finds all of it again.
``-P`` keeps this folder off the path, so that the plugin is there only while it is installed.
"""

# ruff: noqa: E402  Django is set up before its models can be imported

import json
import os
import sys
from datetime import date
from importlib.util import find_spec
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.settings.dev")

import django

django.setup()

from bs4 import BeautifulSoup
from django.core.checks import Tags, run_checks
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import translation
from wagtail.test.utils.form_data import querydict_from_html

from assessments.questions import question_types
from assessments.quizzes.attempts import Attempt
from assessments.quizzes.imports import add_quiz
from content.lesson_blocks import lesson_blocks
from content.models import LessonPage
from lms import clock
from lms.enrolment.models import Enrolment
from lms.graduation.criteria import criteria
from lms.graduation.evaluation import evaluate
from lms.graduation.forms import PolicyForm
from lms.graduation.freezing import freeze
from lms.graduation.models import Policy, PolicyLine
from lms.people.models import User
from tests import factories

PACKAGE, TABLE = "lms_casecount", "lms_casecount_paperrecord"
BLOCK, QUESTION, CRITERION = "casecount_timeline", "casecount_estimate", "casecount_accepted"
TIMELINE = {
    "title": "第一周的经过",
    "moments": [{"when": "第 1 天", "what": "老师来电。"}, {"when": "第 3 天", "what": "第一次走访。"}],
}
QUIZ = {
    "title": "单元测验",
    "attempts": 3,
    "pass_mark": 70,
    "show_answers": "submitted",
    "questions": [
        {"key": "q1", "type": QUESTION, "text": "几天内家访？", "correct": 3, "tolerance": 1, "unit": "天"},
        {"key": "q2", "type": "true_false", "text": "疑似就要报告。", "correct": True},
    ],
}
WARNINGS = ["assessments.W001", "content.W001", "graduation.W001", "graduation.W001"]


def see(what, seen, expected=True):
    """Print what was looked at; stop when it is not as expected."""
    if seen != expected:
        sys.exit(f"  not so: {what}\n    expected {expected!r}\n    found    {seen!r}")
    print(f"  ok  {what}")


# --- with the plugin -------------------------------------------------------------------------------------------------


def install():
    see_doors(True)
    make_content()
    see_everything(lesson_title="第一周")
    ana, ben = start_quiz("ana"), start_quiz("ben")
    see("the attempt page asks for an estimate", 'name="q1-answer"' in body("ana", attempt_url(ana)))
    answer(ana, 1, "4")
    answer(ana, 2, "true")
    answer(ben, 2, "true")
    post("ana", reverse("assessments:attempt_submit", args=[ana.uuid]))
    see("an estimate within the tolerance is marked right", marks(ana), [1.0, 1.0])
    see("its result says what was answered", "4 天" in body("ana", result_url(ana)))
    see("no stored key is unknown", unknown_keys(), [])


def make_content():
    """A lesson with the block, a quiz with the question, a policy with the criterion, a row in the plugin's table."""
    factories.plant_tree()
    track, intake = factories.track("K"), factories.intake("K")
    course = factories.course("个案服务", modules=0, tracks=[track], slug="casework")
    module = factories.module(course)
    text = ("rich_text", "<p>其余的内容。</p>")
    factories.lesson(module, "第一周", slug="week", body=[(BLOCK, TIMELINE), text], tracks=[track])
    add_quiz(module, QUIZ, now=clock.now())
    policy = Policy.objects.create(track=track)
    PolicyLine.objects.create(policy=policy, key=CRITERION, settings={"minimum": 1}, sort_order=0)
    freeze(intake, now=clock.now())
    for name in ("ana", "ben"):
        factories.enrol(factories.person(name), intake)
    User.objects.create_superuser("root", "root@example.org", "secret")
    enrolment = Enrolment.objects.get(learner__username="ana")
    enrolment.paper_records.create(code="Z-2025-001", accepted_on=date(2026, 3, 1))


def see_everything(lesson_title):
    lesson = body("ana", lesson_page().get_url())
    see("the lesson shows the timeline", TIMELINE["title"] in lesson and lesson_title in lesson)
    see("the editor offers the timeline", BLOCK in body("root", edit_url()))
    [line] = evaluate(Enrolment.objects.filter(learner__username="ana"))[enrolment_of("ana")]
    see("the criterion is met by the record on paper", line.met)
    see("its label is in Chinese", str(line.label), "通过的个案记录（含纸质）")
    page = body("ana", reverse("graduation:enrolment", args=[enrolment_of("ana")]))
    see("the graduation page says why", "平台上通过 0 份，纸质 1 份，需要 1 份" in page)
    see("staff can choose the criterion", CRITERION in PolicyForm(instance=Policy.objects.get()).fields)
    see("staff find the records on paper", "Z-2025-001" in body("root", "/admin/casecount_paper_records/"))


# --- without it ------------------------------------------------------------------------------------------------------


def absent():
    see_doors(False)
    see("its table keeps its row", rows(), 1)
    see("stored keys that nobody knows are warned about", unknown_keys(), WARNINGS)
    see_the_lesson_without_it()
    see_the_quiz_without_it()
    see_the_policy_without_it()
    for name, path in (("ana", "/learn/"), ("ana", "/courses/casework/"), ("root", "/admin/"), ("root", "/desk/")):
        see(f"{path} opens", get(name, path).status_code, 200)


def see_the_lesson_without_it():
    page = body("ana", lesson_page().get_url())
    see("the lesson opens, with a notice in its place", notice() in page and "其余的内容。" in page)
    see("and without what the plugin showed", TIMELINE["title"] in page, False)
    save_in_the_editor("第一周（修订）")
    see("an author saved and published it meanwhile", lesson_page().title, "第一周（修订）")
    see("the block is stored as it was", stored_blocks()[0]["type"], BLOCK)
    see("with its content", stored_blocks()[0]["value"]["title"], TIMELINE["title"])
    see("readers see the new title", "第一周（修订）" in body("ana", lesson_page().get_url()))


def see_the_quiz_without_it():
    ana, ben = Attempt.objects.get(learner__username="ana"), Attempt.objects.get(learner__username="ben")
    see("a result keeps its marks", (marks(ana), ana.percent), ([1.0, 1.0], 100.0))
    see("its page opens", "疑似就要报告。" in body("ana", result_url(ana)))
    page = body("ben", attempt_url(ben))
    see("an open attempt says that the question is not available", question_notice() in page)
    post("ben", reverse("assessments:attempt_submit", args=[ben.uuid]))
    ben.refresh_from_db()
    see("it is marked without that question", (marks(ben), ben.percent), ([None, 1.0], 100.0))


def see_the_policy_without_it():
    [line] = evaluate(Enrolment.objects.filter(learner__username="ana"))[enrolment_of("ana")]
    see("the criterion is not met", line.met, False)
    see("because it is not installed", line.facts, {"missing": CRITERION})
    page = get("ana", reverse("graduation:enrolment", args=[enrolment_of("ana")]))
    see("the graduation page opens and says so", CRITERION in page.content.decode())
    policy = Policy.objects.get()
    form = PolicyForm(
        {"track": policy.track_id, "accepted_records": "on", "accepted_records-minimum": "2"}, instance=policy
    )
    see("staff can save the policy", form.is_valid(), True)
    form.save()
    see("which keeps the line", [line.key for line in policy.lines.all()], ["accepted_records", CRITERION])


# --- with it again ---------------------------------------------------------------------------------------------------


def back():
    see_doors(True)
    see("its table has its row", rows(), 1)
    see("no stored key is unknown", unknown_keys(), [])
    see_everything(lesson_title="第一周（修订）")
    ana = Attempt.objects.get(learner__username="ana")
    see("the result says again what was answered", "4 天" in body("ana", result_url(ana)))
    again = start_quiz("ben")
    see("a new attempt asks for an estimate", 'name="q1-answer"' in body("ben", attempt_url(again)))
    line = Policy.objects.get().lines.get(key=CRITERION)
    see("the policy's line has its settings", line.settings, {"minimum": 1})


# --- how it is looked at ---------------------------------------------------------------------------------------------


def see_doors(there):
    state = "installed" if there else "gone"
    see(f"the package is {state}", find_spec(PACKAGE) is not None, there)
    known = (BLOCK in lesson_blocks, QUESTION in question_types, CRITERION in criteria)
    see(f"its block, question type and criterion are {state}", known, (there,) * 3)


def client(name):
    signed_in = Client()
    signed_in.force_login(User.objects.get(username=name))
    return signed_in


def get(name, url):
    return client(name).get(url)


def body(name, url):
    response = client(name).get(url, follow=True)
    if response.status_code != 200:
        sys.exit(f"  not so: {url} answers {name} with {response.status_code}")
    return response.content.decode()


def post(name, url, data=None):
    response = client(name).post(url, data or {})
    if response.status_code not in (200, 302):
        sys.exit(f"  not so: {url} answers {name} with {response.status_code}\n{response.content.decode()[:2000]}")
    return response


def start_quiz(name):
    quiz = LessonPage.objects.get().get_next_siblings().get()
    post(name, reverse("assessments:quiz_start", args=[quiz.translation_key]))
    return Attempt.objects.get(learner__username=name, submitted_at=None)


def answer(attempt, position, value):
    url = reverse("assessments:attempt_save", args=[attempt.uuid, position])
    post(attempt.learner.username, url, {f"q{position}-answer": value, f"q{position}-revision": "0"})


def attempt_url(attempt):
    return reverse("assessments:attempt", args=[attempt.uuid])


def result_url(attempt):
    return reverse("assessments:attempt_result", args=[attempt.uuid])


def marks(attempt):
    return list(attempt.items.values_list("mark", flat=True))


def enrolment_of(name):
    return Enrolment.objects.get(learner__username=name).pk


def lesson_page():
    return LessonPage.objects.get()


def edit_url():
    return reverse("wagtailadmin_pages:edit", args=[lesson_page().pk])


def save_in_the_editor(title):
    """What an author's browser sends: the fields of the form, and the blocks as the editor was given them."""
    page = lesson_page()
    data = querydict_from_html(body("root", edit_url()), form_id="page-edit-form").dict()
    state = LessonPage._meta.get_field("body").stream_block.get_form_state(page.body)
    data |= {"title": title, "action-publish": "action-publish", "body-count": str(len(state))}
    for place, child in enumerate(state):
        sent = {"type": child["type"], "id": child["id"], "order": place, "deleted": "", "value": child["value"]}
        data |= {f"body-{place}-{name}": value for name, value in sent.items()}
    data["body-1-value"] = json.dumps(
        {"blocks": [{"text": "其余的内容。", "type": "unstyled", "key": "a"}], "entityMap": {}}
    )
    response = post("root", edit_url(), data)
    if response.status_code != 302:
        errors = BeautifulSoup(response.content, "html.parser").select(
            ".error-message, .help-critical, .w-field__errors"
        )
        sys.exit("  not so: the editor saves\n" + "\n".join(error.get_text(" ", strip=True) for error in errors))


def stored_blocks():
    """The stored blocks, read past the field."""
    with connection.cursor() as cursor:
        cursor.execute("select body from content_lessonpage")
        value = cursor.fetchone()[0]
    return json.loads(value) if isinstance(value, str) else value


def rows():
    with connection.cursor() as cursor:
        cursor.execute(f"select count(*) from {TABLE}")
        return cursor.fetchone()[0]


def unknown_keys():
    found = run_checks(tags=[Tags.database], databases=["default"])
    return sorted(message.id for message in found if message.id and ".W00" in message.id)


def notice():
    return translation.gettext("A part of this lesson cannot be shown at the moment. The rest is complete.")


def question_notice():
    return translation.gettext(
        "This kind of question is not available at the moment. It does not count; what you answered is kept."
    )


STAGES = {"install": install, "absent": absent, "back": back}

if __name__ == "__main__":
    with translation.override("zh-hans"):
        STAGES[sys.argv[1]]()
