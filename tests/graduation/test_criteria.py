"""Each criterion: what it counts, what it says, where it sends people."""

import pytest
from django.urls import reverse

from assessments.models import Submission
from content.models import Activity
from lms import clock
from lms.casework.counting import counted
from lms.graduation.criteria import configured, criteria
from lms.graduation.criteria.average_grade import AverageGrade
from lms.graduation.criteria.service_hours import ServiceHours
from lms.graduation.evaluation import evaluate
from lms.graduation.freezing import freeze
from tests import factories
from tests.graduation.conftest import accepted, complete, excused, quiz, serve, write_policy

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english(settings):
    settings.LANGUAGE_CODE = "en"


def verdict_of(enrolment):
    """The verdict of the only line."""
    [row] = evaluate([enrolment])[enrolment.pk]
    return row


def test_the_built_in_criteria_came_in_by_the_plugin_door():
    ours = {"required_lessons", "quizzes_passed", "accepted_records", "average_grade", "service_hours"}
    assert ours <= set(criteria.keys())


def test_settings_that_a_criterion_does_not_know_are_left_out():
    assert configured("accepted_records", {"minimum": 3, "colour": "red"}).minimum == 3


def test_lessons_count_when_complete(course, case_track, enrolment, learner):
    write_policy(case_track, required_lessons={"share": 100})
    first, second, third = Activity.objects.filter(kind="lesson").order_by("pk")
    complete(learner, first)

    row = verdict_of(enrolment)
    assert (row.met, row.verdict.reason) == (False, "1 of 3 required lessons complete")
    assert (row.verdict.facts["figure"], row.verdict.facts["target"]) == ("1 lesson", "3")
    assert row.verdict.facts["missing"] == [second.title, third.title]
    assert row.todo == "Finish 2 more lessons"

    complete(learner, second, third)
    assert verdict_of(enrolment).met


def test_a_share_of_the_lessons_may_be_enough(course, case_track, enrolment, learner):
    write_policy(case_track, required_lessons={"share": 60})
    complete(learner, *Activity.objects.filter(kind="lesson")[:2])
    assert verdict_of(enrolment).verdict.reason == "2 of 2 required lessons complete"


def test_what_nobody_marked_as_required_cannot_be_met(case_track, enrolment):
    write_policy(case_track, required_lessons={}, quizzes_passed={})
    assert [row.met for row in evaluate([enrolment])[enrolment.pk]] == [False, False]


def test_an_excused_lesson_counts_and_says_why(course, case_track, enrolment, learner, staff):
    write_policy(case_track, required_lessons={})
    first, *others = Activity.objects.filter(kind="lesson").order_by("pk")
    complete(learner, *others)
    excused(learner, first, staff, "课时停用")

    row = verdict_of(enrolment)
    assert row.met
    assert {"text": first.title, "excused": "课时停用"} in row.verdict.facts["evidence"]


def test_every_quiz_must_be_passed_and_the_best_result_stands_as_evidence(case_track, enrolment, learner):
    write_policy(case_track, quizzes_passed={})
    first, second = quiz(case_track, "测验 1"), quiz(case_track, "测验 2")
    complete(learner, first, score=76.0)

    row = verdict_of(enrolment)
    assert (row.met, row.verdict.reason, row.todo) == (False, "1 of 2 required quizzes passed", "Pass 1 more quiz")
    assert [(one["text"], one["grade"]) for one in row.verdict.facts["evidence"]] == [("测验 1", 76.0)]

    complete(learner, second, score=90.0)
    assert verdict_of(enrolment).met


def test_a_policy_may_ask_for_more_than_the_quiz_does(case_track, enrolment, learner):
    write_policy(case_track, quizzes_passed={"minimum": 80})
    complete(learner, quiz(case_track), score=76.0)
    assert not verdict_of(enrolment).met


def test_records_count_when_accepted_and_show_code_grade_and_date_only(policy, enrolment, supervisor):
    submission = accepted(enrolment, supervisor, code="K-2025-0009", grade=86)

    row = verdict_of(enrolment)
    today = clock.today().isoformat()
    assert (row.met, row.verdict.reason, row.todo) == (False, "1 accepted, 2 needed", "Hand in 1 more case record")
    assert row.verdict.facts["evidence"] == [
        {"text": "K-2025-0009", "on": today, "grade": 86.0, "submission": str(submission.uuid)}
    ]


def test_a_returned_record_does_not_count(policy, enrolment, supervisor):
    accepted(enrolment, supervisor, state=Submission.State.RETURNED)
    assert verdict_of(enrolment).verdict.reason == "0 accepted, 2 needed"


def test_an_accepted_record_counts_after_its_text_was_erased(policy, enrolment, supervisor):
    accepted(enrolment, supervisor, state=Submission.State.ERASED)
    assert verdict_of(enrolment).verdict.reason == "1 accepted, 2 needed"


def test_a_record_counts_in_the_enrolment_it_is_booked_to(policy, enrolment, learner, supervisor):
    other = factories.enrol(learner, factories.intake("P"))
    accepted(other, supervisor)
    assert verdict_of(enrolment).verdict.reason == "0 accepted, 2 needed"


def test_the_average_is_of_accepted_work(case_track, enrolment, supervisor):
    write_policy(case_track, average_grade={"minimum": 80})
    assert not verdict_of(enrolment).met

    accepted(enrolment, supervisor, code="K-1", grade=70)
    accepted(enrolment, supervisor, code="K-2", grade=89)
    assert verdict_of(enrolment).verdict.reason == "Average 79.5 from 2 pieces of accepted work, 80 needed"

    accepted(enrolment, supervisor, code="K-3", grade=84)
    assert verdict_of(enrolment).met


@pytest.mark.parametrize(("mean", "met"), [(79.99, False), (80, True)])
def test_an_average_is_not_rounded_up_to_the_mark(mean, met):
    assert AverageGrade(80).check({"evidence": [{"grade": mean}]}).met is met


@pytest.mark.parametrize(
    ("direct", "other", "counted", "met"),
    [
        (60, 0, "60 h", True),
        (42, 18, "60 h", True),
        (41, 30, "58.5 h", False),
        (50, 10, "60 h", True),
        (0, 60, "0 h", False),
        (59.9, 0, "59.9 h", False),
    ],
)
def test_other_service_counts_for_at_most_the_rest(direct, other, counted, met):
    verdict = ServiceHours(60, 70).check({"direct": int(direct * 60), "other": other * 60, "evidence": []})
    assert (verdict.met, verdict.facts["figure"]) == (met, counted)


@pytest.mark.parametrize("frozen", [False, True])
def test_the_learners_pages_show_the_figure_of_the_policy(case_track, intake, enrolment, learner, client, now, frozen):
    write_policy(case_track, service_hours={"minimum": 10, "direct": 80})
    if frozen:
        freeze(intake, now=now)
    serve(enrolment, 4, "visit")
    serve(enrolment, 4, "meeting")
    enrolment.refresh_from_db()
    client.force_login(learner)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"

    assert verdict_of(enrolment).verdict.facts["minutes"] == counted([enrolment])[enrolment.pk].total == 300
    for page in ("casework:list", "casework:hours"):
        words = client.get(reverse(page)).content.decode()
        assert "<dd>5 h</dd>" in words and "at most 20 %" in words


def test_only_confirmed_hours_count(case_track, enrolment):
    write_policy(case_track, service_hours={"minimum": 10, "direct": 70})
    serve(enrolment, 6, "visit")
    serve(enrolment, 4, "meeting")
    serve(enrolment, 20, "visit", confirmed=False)

    row = verdict_of(enrolment)
    assert (row.verdict.facts["figure"], row.todo) == ("8.5 h", "Serve 1.5 more hours")
    serve(enrolment, 1, "phone")
    assert verdict_of(enrolment).met


def test_a_criterion_whose_plugin_is_gone_is_never_met(case_track, enrolment):
    write_policy(case_track, casecount_accepted={"minimum": 1})
    row = verdict_of(enrolment)
    assert (row.met, row.verdict.facts) == (False, {"missing": "casecount_accepted"})


@pytest.mark.parametrize("frozen", [False, True])
@pytest.mark.parametrize("how_many", [1, 3])
def test_evaluating_costs_the_same_for_one_and_for_three(
    course, case_track, intake, supervisor, now, django_assert_num_queries, frozen, how_many
):
    quiz(case_track)
    write_policy(
        case_track, required_lessons={}, quizzes_passed={}, accepted_records={}, average_grade={}, service_hours={}
    )
    if frozen:
        freeze(intake, now=now)
    for number in range(how_many):
        one = factories.enrol(factories.person(f"learner{number}"), intake)
        accepted(one, supervisor, code=f"K-{number}")
        serve(one, 2)
        complete(one.learner, *Activity.objects.filter(kind="lesson"))
    rows = list(intake.enrolments.filter(learner__username__startswith="learner").select_related("intake"))

    with django_assert_num_queries(5 if frozen else 6):
        evaluate(rows)
