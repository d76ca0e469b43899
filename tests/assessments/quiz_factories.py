"""Questions of every type and quizzes made of them, in the words of the demo's files."""

from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from wagtail.models import GroupPagePermission
from wagtail.signal_handlers import disable_reference_index_auto_update

from assessments.quizzes import actions as quiz_actions
from assessments.quizzes.imports import add_questions, add_quiz
from content.models import Activity
from lms import clock
from tests import factories

SECRET = "SECRET-EXPLANATION"

QUESTIONS = {
    "single": {"options": [{"text": "打电话", "correct": True}, {"text": "写信"}, {"text": "等一等"}]},
    "multiple": {
        "options": [
            {"text": "家庭", "correct": True},
            {"text": "学校", "correct": True},
            {"text": "媒体"},
            {"text": "市场"},
        ]
    },
    "true_false": {"correct": False},
    "short_answer": {"accepted": ["72小时", "七十二小时"]},
    "ordering": {"items": ["确认安全", "报告", "告诉督导", "保存记录"]},
    "matching": {
        "pairs": [
            {"left": "110", "right": "报警"},
            {"left": "12345", "right": "政务热线"},
            {"left": "12355", "right": "青少年服务"},
        ],
        "extra": ["法律援助"],
    },
}

# the same rows, something else right
OTHERWISE = {
    "single": {"options": [{"text": "打电话"}, {"text": "写信"}, {"text": "等一等", "correct": True}]},
    "multiple": {
        "options": [
            {"text": "市场", "correct": True},
            {"text": "媒体", "correct": True},
            {"text": "学校"},
            {"text": "家庭", "correct": True},
        ]
    },
    "true_false": {"correct": True},
    "short_answer": {"accepted": ["完全不同"]},
    "ordering": {"items": ["保存记录", "告诉督导", "确认安全", "报告"]},
    "matching": {
        "pairs": [
            {"left": "12355", "right": "法律援助"},
            {"left": "110", "right": "政务热线"},
            {"left": "12345", "right": "报警"},
        ],
        "extra": ["青少年服务"],
    },
}

ENGLISH = {
    "single": {"options": [{"text": "Call"}, {"text": "Write"}, {"text": "Wait"}]},
    "multiple": {"options": [{"text": "Family"}, {"text": "School"}, {"text": "Media"}, {"text": "Market"}]},
    "true_false": {},
    "short_answer": {"accepted": ["72 hours"]},
    "ordering": {"items": ["Make safe", "Report", "Tell the supervisor", "Keep records"]},
    "matching": {
        "pairs": [
            {"left": "110", "right": "Police"},
            {"left": "12345", "right": "City line"},
            {"left": "12355", "right": "Youth line"},
        ],
        "extra": ["Legal aid"],
    },
}


def row(kind, number=1, **changes):
    """A question of a quiz file."""
    about = {"key": f"q{number}", "type": kind, "points": 1, "text": f"第{number}问 {kind}", "explanation": SECRET}
    return about | QUESTIONS[kind] | changes


def english_row(kind, number=1):
    return {"key": f"q{number}", "text": f"Question {number} {kind}", "explanation": "Because"} | ENGLISH[kind]


def question(kind="single", english=False, **changes):
    """A question in the bank, with its first version."""
    others = {"en": {"questions": [english_row(kind)]}} if english else None
    return add_questions({"questions": [row(kind, **changes)]}, others, now=clock.now())[0][1][0]


def quiz(module, kinds=("single",), *, english=False, **settings):
    """A published quiz with one question of each kind named."""
    rows = [row(kind, number) for number, kind in enumerate(kinds, start=1)]
    data = {"title": "单元测验", "intro": "共几题。", "minutes": 20, "attempts": 3, "pass_mark": 70, "questions": rows}
    other = {"title": "Unit quiz", "questions": [english_row(kind, n) for n, kind in enumerate(kinds, start=1)]}
    with disable_reference_index_auto_update():  # half of the time that a page takes, and nothing here asks it
        return add_quiz(module, data | settings, {"en": other} if english else None, now=clock.now())


def activity_of(page):
    """The activity of a page, whether or not the signal that makes it is connected."""
    found = {"kind": page.activity_kind, "title": page.title}
    return Activity.objects.get_or_create(uuid=page.translation_key, defaults=found)[0]


def module(tracks=()):
    with disable_reference_index_auto_update():
        return factories.module(factories.course("个案服务", lessons=0, tracks=tracks, slug="casework"))


def right(item):
    """The right response of an item, read from what marks it."""
    data = item.version.data
    return {
        "single": lambda: next(row["key"] for row in data["options"] if row["correct"]),
        "multiple": lambda: [row["key"] for row in data["options"] if row["correct"]],
        "true_false": lambda: "true" if data["correct"] else "false",
        "short_answer": lambda: data["accepted"][0],
        "ordering": lambda: [row["key"] for row in data["items"]],
        "matching": lambda: {row["key"]: row["match"] for row in data["pairs"]},
    }[item.version.type]()


def answer_all(attempt, now, *, rightly=True):
    """Save an answer to every question, right or none."""
    for item in attempt.items.select_related("version"):
        response = right(item) if rightly else None
        quiz_actions.save_response(attempt, item.position, response, item.revision, now=now)


def give_course(user, course):
    """The page permission that an instructor of one course has."""
    group = Group.objects.create(name=f"{user}-{course.slug}")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for codename in ("add_page", "change_page"):
        permission = Permission.objects.get(codename=codename, content_type__app_label="wagtailcore")
        GroupPagePermission.objects.create(group=group, page=course, permission=permission)
    user.groups.add(group)


# --- pages -----------------------------------------------------------------------------------------------------------
def address(name, thing, *more):
    return reverse(f"assessments:{name}", args=[getattr(thing, "translation_key", None) or thing.uuid, *more])


def sent(item, **changes):
    """The form fields of one rightly answered question."""
    name, response = f"q{item.position}", right(item)
    fields = {f"{name}-revision": str(item.revision)}
    if item.version.type == "ordering":
        fields |= {f"{name}-answer_{key}": str(place) for place, key in enumerate(response, start=1)}
    elif item.version.type == "matching":
        fields |= {f"{name}-answer_{key}": value for key, value in response.items()}
    else:
        fields[f"{name}-answer"] = response
    return fields | changes


def whole_paper(attempt):
    return {name: value for item in attempt.items.select_related("version") for name, value in sent(item).items()}


def text(response):
    return response.content.decode()
