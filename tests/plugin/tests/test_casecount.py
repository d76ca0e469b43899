"""The plugin in the platform: its block, its question, its criterion, its table, its translation."""

import random
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from lms_casecount.criterion import CasesAccepted
from lms_casecount.estimate import Estimate
from lms_casecount.models import PaperRecord

from assessments.questions import question_types
from assessments.questions.actions import write
from assessments.questions.editor import Editor
from assessments.questions.models import Question
from content import rendering
from content.lesson_blocks import lesson_blocks
from lms.graduation.criteria import configured, criteria
from lms.graduation.evaluation import evaluate
from lms.graduation.models import Policy, PolicyLine
from tests import factories

TIMELINE = {
    "title": "第一周",
    "moments": [{"when": "第 1 天", "what": "老师来电。"}, {"when": "第 3 天", "what": "第一次走访。"}],
}
DAYS = {"text": "几天内家访？", "correct": 3, "tolerance": 1, "unit": "天"}


def test_it_came_in_by_the_plugin_door():
    assert "casecount_timeline" in lesson_blocks
    assert "casecount_estimate" in question_types
    assert "casecount_accepted" in criteria


def test_a_lesson_shows_the_timeline(courses):
    module = factories.module(factories.course("个案服务", modules=0))
    lesson = factories.lesson(module, body=[("casecount_timeline", TIMELINE)])

    html = rendering.render(type(lesson).objects.get(pk=lesson.pk)).html

    assert "<h3>第一周</h3>" in html
    assert html.count("<li>") == 2


@pytest.mark.parametrize("response, share", [("3", 1), ("2", 1), ("4.0", 1), ("4.1", 0), ("0", 0), ("", 0), (None, 0)])
def test_an_estimate_is_right_within_its_tolerance(response, share):
    assert Estimate(**DAYS).mark(response).share == share


def test_a_zero_is_an_answer_and_an_empty_field_is_none():
    zero, nothing = (Estimate(**DAYS).form({"q1-answer": text}, prefix="q1") for text in ("0", ""))
    assert zero.is_valid() and zero.cleaned_data["answer"] == "0"
    assert nothing.is_valid() and nothing.cleaned_data["answer"] == ""


def test_what_is_not_a_number_is_told_beside_the_field():
    form = Estimate(**DAYS).form({"answer": "很快"})
    assert not form.is_valid() and "answer" in form.errors


def test_the_answer_names_the_range():
    with translation.override("en"):
        assert Estimate(**DAYS).answer() == "3 天 (2 天 to 4 天 is right)"
        assert Estimate(**{**DAYS, "tolerance": 0}).answer() == "3 天"
        assert Estimate(**DAYS).said("2.5") == "2.5 天"


def test_shuffling_changes_nothing():
    assert Estimate(**DAYS).shuffled(random.Random(1)) == Estimate(**DAYS)


@pytest.mark.django_db
@pytest.mark.parametrize("wrong", [{"text": " "}, {"correct": "three"}, {"correct": True}, {"tolerance": -1}])
def test_a_question_without_a_number_is_refused(wrong, now):
    question = Question.objects.create(title="家访")
    with pytest.raises(ValidationError):
        write(question, type="casecount_estimate", data=DAYS | wrong, by=None, now=now)


def test_authors_write_it_in_the_form_that_is_made_of_its_fields():
    sent = {"text": "几天内家访？", "correct": "3", "tolerance": "", "unit": "天", "unit_en": "days"}
    editor = Editor(Estimate, {f"settings-{name}": value for name, value in sent.items()})

    assert editor.is_valid()
    data, translations = editor.written()
    assert Estimate.written(data) == {
        "text": "几天内家访？",
        "explanation": "",
        "correct": 3,
        "tolerance": 0,
        "unit": "天",
    }
    assert translations["en"]["unit"] == "days"
    assert str(editor.settings.fields["tolerance"].label) in {"So far off is still right", "差多少还算对"}


def test_records_on_paper_count(enrolment, case_track):
    policy = Policy.objects.create(track=case_track)
    PolicyLine.objects.create(policy=policy, key="casecount_accepted", settings={"minimum": 2})
    PaperRecord.objects.create(enrolment=enrolment, code="Z-1", accepted_on=date(2026, 3, 1))
    with translation.override("en"):
        [before] = evaluate([enrolment])[enrolment.pk]
        PaperRecord.objects.create(enrolment=enrolment, code="Z-2", accepted_on=date(2026, 3, 2))
        [after] = evaluate([enrolment])[enrolment.pk]

    assert not before.met
    assert before.todo == "Hand in a case record"
    assert after.met
    assert after.reason == "0 accepted here and 2 on paper, 2 needed"


@pytest.mark.parametrize("people", [1, 3])
def test_many_enrolments_cost_two_queries(people, intake, django_assert_num_queries):
    enrolments = [factories.enrol(factories.person(f"learner{n}"), intake) for n in range(people)]
    with django_assert_num_queries(2):
        facts = CasesAccepted().gather(enrolments)
    assert facts == {enrolment.pk: (0, 0) for enrolment in enrolments}


def test_it_speaks_chinese():
    with translation.override("zh-hans"):
        assert str(criteria["casecount_accepted"].label) == "通过的个案记录（含纸质）"
        assert configured("casecount_accepted", {"minimum": 3}).check((1, 1)).reason == (
            "平台上通过 1 份，纸质 1 份，需要 3 份"
        )
