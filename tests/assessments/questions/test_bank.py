"""Authors write questions in the admin: one course's instructor those of that course, every saving a version."""

import re

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from wagtail.models import ModelLogEntry

from assessments.questions import question_types
from assessments.questions.editor import Editor
from assessments.questions.models import Question
from assessments.quizzes import actions as quiz_actions
from tests import factories
from tests.assessments import quiz_factories as quizzes

KINDS = list(quizzes.QUESTIONS)


@pytest.fixture(autouse=True)
def without_second_factor(settings):
    settings.SECOND_FACTOR_REQUIRED = False


@pytest.fixture
def course(courses):
    return factories.course("个案服务", lessons=0, slug="casework")


@pytest.fixture
def other_course(courses):
    return factories.course("危机干预", lessons=0, slug="crisis")


@pytest.fixture
def instructor(course):
    """角明, who may edit one course."""
    user = factories.person("instructor", name="角明", is_staff=True)
    quizzes.give_course(user, course)
    return user


@pytest.fixture
def desk(client, instructor):
    client.force_login(instructor)
    return client


def question(course, kind="single", english=False, text="走访时先做什么"):
    found = quizzes.question(kind, english=english, text=text)
    found.course = course.translation_key
    found.save()
    return found


def sent(course, kind="single", version=None, **changes):
    """What the editor's form sends, as drawn, with changes on top."""
    editor = Editor(question_types[kind], version=version)
    fields = {"about-course": str(course.translation_key), "about-area": "", "save": "1"}
    for form in editor.forms:
        forms = getattr(form, "forms", [form])
        if hasattr(form, "management_form"):
            fields |= {
                f"{form.prefix}-TOTAL_FORMS": len(forms),
                f"{form.prefix}-INITIAL_FORMS": form.initial_form_count(),
            }
        for one in forms:
            fields |= {bound.html_name: str(bound.value()) for bound in one if _is_sent(bound)}
    return fields | changes


def _is_sent(bound):
    ticked = bound.value() or bound.widget_type == "radioselect"
    return ticked and bound.value() not in (None, "")


NEW_SINGLE = {
    "settings-text": "先做什么",
    "settings-explanation": "安全第一",
    "options-0-text": "看安全",
    "options-0-correct": "on",
    "options-1-text": "写记录",
}


def test_an_instructor_sees_only_questions_of_the_course(desk, course, other_course):
    own, foreign = question(course), question(other_course, text="别人的题")
    page = desk.get(reverse("questions:index")).content.decode()
    assert own.title in page
    assert foreign.title not in page
    assert desk.get(reverse("questions:edit", args=[own.pk])).status_code == 200
    assert desk.get(reverse("questions:edit", args=[foreign.pk])).status_code == 404
    assert desk.post(reverse("questions:edit", args=[foreign.pk]), sent(course)).status_code == 404


def test_a_learner_and_an_author_of_no_course_do_not_get_in(client, course, ana):
    client.force_login(ana)
    assert client.get(reverse("questions:index")).status_code == 302
    nobody = factories.person("nobody", is_staff=True)
    group = Group.objects.create(name="nothing")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    nobody.groups.add(group)
    client.force_login(nobody)
    for address in (reverse("questions:index"), reverse("questions:add"), reverse("question_chooser:choose")):
        answer = client.get(address)
        assert answer.status_code in (302, 200)
        assert course.title not in answer.content.decode()
    assert client.post(reverse("questions:add") + "?type=single", sent(course) | NEW_SINGLE).status_code == 302
    assert not Question.objects.exists()


def test_the_type_is_chosen_first(desk):
    page = desk.get(reverse("questions:add")).content.decode()
    assert [key for key in KINDS if f"?type={key}" in page] == KINDS


@pytest.mark.parametrize("kind", KINDS)
def test_every_type_has_a_form(desk, kind):
    page = desk.get(reverse("questions:add"), {"type": kind}).content.decode()
    assert 'name="settings-text"' in page
    assert 'name="settings-text_en"' in page


def test_a_question_is_written(desk, course, instructor):
    answer = desk.post(reverse("questions:add") + "?type=single", sent(course) | NEW_SINGLE)
    written = Question.objects.get()
    assert answer.url == reverse("questions:edit", args=[written.pk])
    assert (written.title, written.course, written.version.number) == ("先做什么", course.translation_key, 1)
    assert [(row["text"], row["correct"]) for row in written.version.data["options"]] == [
        ("看安全", True),
        ("写记录", False),
    ]
    assert (written.version.created_by, written.version.translations) == (instructor, {})
    assert ModelLogEntry.objects.get().action == "assessments.question.write"


def test_a_question_cannot_be_written_into_a_course_of_others(desk, course, other_course):
    answer = desk.post(reverse("questions:add") + "?type=single", sent(other_course) | NEW_SINGLE)
    assert answer.status_code == 200
    assert not Question.objects.exists()


def test_what_is_wrong_is_said_and_nothing_is_lost(desk, course):
    wrong = sent(course) | NEW_SINGLE
    del wrong["options-0-correct"]
    page = desk.post(reverse("questions:add") + "?type=single", wrong).content.decode()
    assert "error-summary" in page
    assert 'value="看安全"' in page
    assert not Question.objects.exists()


@pytest.mark.parametrize("kind", KINDS)
def test_saving_what_is_shown_changes_nothing(desk, course, kind):
    """The form of every type gives back exactly what it was filled with, both languages."""
    asked = question(course, kind, english=True)
    answer = desk.post(reverse("questions:edit", args=[asked.pk]), sent(course, kind, asked.version))
    asked.refresh_from_db()
    assert (answer.status_code, asked.version.number) == (302, 1)


def test_saving_makes_a_version_and_attempts_keep_the_old_one(desk, course, ana, now):
    page = quizzes.quiz(factories.module(course))
    attempt = quiz_actions.start(quizzes.activity_of(page), ana, scope="", now=now)
    asked = page.items.get().question
    before = asked.version
    changes = {"settings-text": "换一种问法", "options-1-text": "发微信"}
    desk.post(reverse("questions:edit", args=[asked.pk]), sent(course, version=before, **changes))
    asked.refresh_from_db()
    assert (asked.version.number, asked.version.data["text"]) == (2, "换一种问法")
    assert attempt.items.get().version == before
    keys = [[row["key"] for row in version.data["options"]] for version in (before, asked.version)]
    assert keys[0] == keys[1]


def test_things_in_order_follow_their_numbers(desk, course):
    asked = question(course, "ordering")
    changes = {"items-0-place": "4", "items-3-place": "1"}
    desk.post(reverse("questions:edit", args=[asked.pk]), sent(course, "ordering", asked.version, **changes))
    asked.refresh_from_db()
    assert [row["text"] for row in asked.version.data["items"]] == ["保存记录", "报告", "告诉督导", "确认安全"]


def test_a_row_is_taken_away_by_emptying_it(desk, course):
    asked = question(course, "matching", english=True)
    gone = {"pairs-0-left": "", "pairs-0-right": "", "pairs-0-left_en": "", "pairs-0-right_en": ""}
    desk.post(reverse("questions:edit", args=[asked.pk]), sent(course, "matching", asked.version, **gone))
    asked.refresh_from_db()
    assert [row["left"] for row in asked.version.data["pairs"]] == ["12345", "12355"]
    assert [row["left"] for row in asked.version.translations["en"]["pairs"]] == ["12345", "12355"]


@pytest.mark.parametrize("kind", KINDS)
def test_trying_shows_the_question_as_learners_see_it_and_stores_nothing(desk, course, kind):
    asked = question(course, kind)
    fields = sent(course, kind, asked.version) | {"try": "1"}
    del fields["save"]
    page = desk.post(reverse("questions:edit", args=[asked.pk]), fields).content.decode()
    assert 'name="sample-answer' in page
    assert asked.versions.count() == 1


def test_a_sample_answer_is_marked(desk, course):
    asked = question(course, "short_answer")
    fields = sent(course, "short_answer", asked.version) | {"try": "1", "sample-answer": "72 小时"}
    del fields["save"]
    page = desk.post(reverse("questions:edit", args=[asked.pk]), fields).content.decode()
    assert re.search(r'role="status">[^<]*72 小时[^<]*1', page)


def test_a_question_whose_type_is_gone_is_said_to_be_unavailable(desk, course):
    asked = question(course)
    asked.version.type = "gone"
    asked.version.save()
    page = desk.get(reverse("questions:edit", args=[asked.pk])).content.decode()
    assert "<form" not in page.split('class="lx', 1)[1].split("</div>")[0]


def test_the_chooser_offers_only_questions_of_the_course(desk, course, other_course):
    own, foreign = question(course), question(other_course, text="别人的题")
    page = desk.get(reverse("question_chooser:choose")).json()["html"]
    assert own.title in page
    assert foreign.title not in page
    assert desk.get(reverse("question_chooser:chosen", args=[foreign.pk])).status_code == 404


def test_a_quiz_takes_no_question_of_a_course_of_others(desk, course, other_course, instructor):
    foreign = question(other_course, text="别人的题")
    page = quizzes.quiz(factories.module(course))
    form_class = page.get_edit_handler().bind_to_model(type(page)).get_form_class()
    fields = {
        "title": page.title,
        "slug": page.slug,
        "minutes": "15",
        "show_answers": "never",
        "items-TOTAL_FORMS": "1",
        "items-INITIAL_FORMS": "0",
        "items-0-question": str(foreign.pk),
        "items-0-points": "1",
        "items-0-ORDER": "1",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
    }
    form = form_class(fields, instance=page, for_user=instructor)
    form.is_valid()
    assert form.formsets["items"].forms[0].errors


def test_the_preview_shows_the_questions_and_no_answers(rf, course, instructor):
    page = quizzes.quiz(factories.module(course), KINDS)
    request = rf.get("/")
    request.user, request.is_preview = instructor, True
    shown = page.serve_preview(request, "").render().content.decode()
    assert shown.count("<fieldset") == 6
    assert quizzes.SECRET not in shown
