"""What counts in place of a frozen activity: named by staff, told to learners, counted by every page alike."""

import pytest
from django.urls import reverse
from wagtail.models import ModelLogEntry

from content.models import Activity, LessonPage
from lms import clock
from lms.graduation.evaluation import evaluate
from lms.graduation.freezing import excuse, freeze, substitute
from lms.notifications.models import Message
from lms.progress import learners, study
from lms.progress.access import Standing
from lms.progress.required import required_by, required_ids, required_of
from lms.verdicts import Refused
from tests import factories
from tests.graduation.conftest import complete, excused, quiz, write_policy

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def without_second_factor(settings):
    settings.SECOND_FACTOR_REQUIRED = False


@pytest.fixture
def lessons(course, case_track):
    """The three required lessons of the course."""
    write_policy(case_track, required_lessons={"share": 100})
    return list(Activity.objects.filter(kind="lesson").order_by("pk"))


@pytest.fixture
def frozen(lessons, intake, now):
    freeze(intake, now=now)
    intake.refresh_from_db()
    return intake


@pytest.fixture
def extra(frozen, course):
    """Two lessons that nobody required."""
    module = course.get_children().first().specific
    return [factories.activity_of(factories.lesson(module, title)) for title in ("新课时", "更新的课时")]


@pytest.fixture
def replaced(frozen, lessons, extra, staff, now):
    """The first lesson, for which the first extra one counts."""
    substitute(frozen.required.get(activity=lessons[0]), extra[0], reason="内容停用", by=staff, now=now)
    return lessons[0]


@pytest.fixture
def page(client, staff):
    client.force_login(staff)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def verdict_of(enrolment):
    enrolment.refresh_from_db()
    return evaluate([enrolment])[enrolment.pk][0].verdict


# --- what counts ----------------------------------------------------------------------------------------------------
def test_either_counts_and_the_evidence_says_which_and_why(replaced, enrolment, learner, lessons, extra):
    complete(learner, *lessons[1:])
    assert verdict_of(enrolment).facts["missing"] == [f"新课时, in place of “{replaced.title}” (内容停用)"]

    complete(learner, extra[0])
    verdict = verdict_of(enrolment)
    assert (verdict.met, verdict.reason) == (True, "3 of 3 required lessons complete")
    assert f"新课时, in place of “{replaced.title}” (内容停用)" in [one["text"] for one in verdict.facts["evidence"]]


def test_whoever_has_completed_the_old_one_keeps_it(replaced, enrolment, learner, lessons):
    complete(learner, *lessons)
    verdict = verdict_of(enrolment)
    assert verdict.met and replaced.title in [one["text"] for one in verdict.facts["evidence"]]


def test_both_count_once(replaced, enrolment, learner, lessons, extra):
    complete(learner, lessons[0], extra[0])
    assert verdict_of(enrolment).reason == "1 of 3 required lessons complete"


def test_an_earlier_substitute_goes_on_counting_and_the_newest_is_asked_for(
    replaced, frozen, enrolment, learner, ana, extra, staff, now
):
    complete(learner, extra[0])
    substitute(frozen.required.get(activity=replaced), extra[1], reason="又换了", by=staff, now=now)
    other = factories.enrol(ana, frozen)

    assert verdict_of(enrolment).reason == "1 of 3 required lessons complete"
    assert verdict_of(other).facts["missing"][0] == f"更新的课时, in place of “{replaced.title}” (又换了)"


def test_a_quiz_that_counts_in_place_of_another_needs_the_mark_of_the_policy(
    case_track, intake, course, enrolment, learner, staff, now
):
    write_policy(case_track, quizzes_passed={"minimum": 80})
    old = quiz(case_track, "旧测验")
    freeze(intake, now=now)
    new = Activity.objects.create(kind="quiz", title="新测验")
    intake.required.get(activity=old).substitutes.create(activity=new, reason="换题", named_by=staff, named_at=now)

    complete(learner, old, score=70)
    complete(learner, new, score=79)
    assert not verdict_of(enrolment).met
    learner.completions.filter(activity=new).update(best_score=80)
    assert verdict_of(enrolment).met


def test_another_intake_of_the_track_asks_for_the_old_one(replaced, case_track, lessons, now):
    other = factories.intake("K", cohort=factories.cohort(2))
    freeze(other, now=now)
    elsewhere = factories.enrol(factories.person("ana"), other)
    assert verdict_of(elsewhere).facts["missing"][0] == lessons[0].title


# --- every page alike -----------------------------------------------------------------------------------------------
def asked_of(enrolment):
    enrolment.refresh_from_db()
    standing = Standing.of(enrolment)
    found = required_ids(standing)
    assert found == required_by(enrolment.learner)[enrolment.pk] == required_of([standing])[enrolment.pk]
    return found


def test_the_substitute_is_asked_for_unless_the_old_one_is_done_or_excused(
    replaced, enrolment, learner, ana, ben, lessons, extra, frozen, staff
):
    done, spared = factories.enrol(ana, frozen), factories.enrol(ben, frozen)
    complete(ana, lessons[0])
    excused(ben, lessons[0], staff)
    rest = {lessons[1].pk, lessons[2].pk}

    assert asked_of(enrolment) == {extra[0].pk} | rest
    assert asked_of(done) == asked_of(spared) == {lessons[0].pk} | rest


def test_home_and_desk_count_the_substitute(replaced, enrolment, learner, lessons, extra, staff, now):
    complete(learner, extra[0], lessons[1])
    [place] = study.gather(learner, now).places
    [row] = learners.page(learners.enrolments(staff, now)).rows

    assert (place.done, len(place.required)) == (row.done, row.required) == (2, 3)


def test_a_learners_page_at_the_desk_says_what_it_stands_for(replaced, enrolment, page):
    words = page.get(reverse("desk_learn:learner", args=[enrolment.pk])).content.decode()
    assert f"In place of “{replaced.title}”: 内容停用" in words


def test_learners_read_the_reason_on_their_page_and_in_a_message(enrolment, replaced, learner, page):
    message = Message.objects.get(recipient=learner, kind="substitute")
    assert "新课时" in message.subject and "内容停用" in message.body
    page.force_login(learner)
    assert "内容停用" in page.get(message.url).content.decode()


@pytest.mark.parametrize("how_many", [1, 3])
def test_judging_costs_the_same_for_one_and_for_three(replaced, frozen, how_many, django_assert_num_queries):
    for number in range(how_many):
        complete(factories.enrol(factories.person(f"p{number}"), frozen).learner, replaced)
    rows = list(frozen.enrolments.select_related("intake"))
    with django_assert_num_queries(3):  # what is required, excuses, completions
        evaluate(rows)
    with django_assert_num_queries(2):  # what is required, what is done or excused of what was replaced
        required_of([Standing.of(row) for row in rows])


# --- taking pages away ----------------------------------------------------------------------------------------------
@pytest.fixture
def admin(client):
    user = factories.person("root", is_superuser=True, is_staff=True)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    client.force_login(user)
    return client


def taken_away(admin, activity):
    found = activity_page(activity)
    admin.post(reverse("wagtailadmin_pages:unpublish", args=[found.pk]))
    return not activity_page(activity).live


def activity_page(activity):
    return LessonPage.objects.get(translation_key=activity.uuid)


def test_what_was_replaced_can_be_taken_away_and_what_counts_instead_cannot(replaced, enrolment, extra, admin):
    assert taken_away(admin, replaced)
    assert not taken_away(admin, extra[0])


def test_once_another_one_was_named_the_earlier_can_go(replaced, frozen, enrolment, extra, staff, admin, now):
    substitute(frozen.required.get(activity=replaced), extra[1], reason="又换了", by=staff, now=now)
    assert taken_away(admin, extra[0])
    assert not taken_away(admin, extra[1])


def test_nobody_asked_for_it_any_more_it_can_go(replaced, frozen, enrolment, extra, staff, admin, now):
    excuse(replaced, frozen, reason="停课", by=staff, now=now)
    assert taken_away(admin, extra[0])


# --- naming one -----------------------------------------------------------------------------------------------------
def test_staff_name_a_substitute_on_the_board(page, frozen, enrolment, lessons, extra):
    board = reverse("desk_graduation:excuses", args=[frozen.pk])
    address = reverse("desk_graduation:substitute", args=[frozen.pk, lessons[0].pk])
    assert address in page.get(board).content.decode()
    form = page.get(address).content.decode()
    assert "新课时" in form and lessons[1].title not in form

    refused = page.post(address, {"activity": extra[0].pk, "reason": ""})
    assert refused.status_code == 422 and refused.context["form"]["activity"].value() == str(extra[0].pk)
    page.post(address, {"activity": extra[0].pk, "reason": "内容停用"})

    words = page.get(board).content.decode()
    assert "In its place counts “新课时”" in words and "内容停用" in words
    assert ModelLogEntry.objects.get(action="graduation.substitute").data == {
        "activity": lessons[0].title,
        "substitute": "新课时",
        "reason": "内容停用",
    }


def test_it_is_a_published_activity_of_the_same_kind_that_is_not_required_yet(
    frozen, lessons, extra, case_track, staff, now
):
    elsewhere = factories.activity_of(factories.lesson(factories.module(factories.course("别的课程")), "别处的课时"))
    for wrong in (lessons[1], quiz(case_track), elsewhere):
        with pytest.raises(Refused, match="published activity of the same kind"):
            substitute(frozen.required.get(activity=lessons[0]), wrong, reason="x", by=staff, now=now)
    activity_page(extra[0]).unpublish()
    with pytest.raises(Refused, match="published activity of the same kind"):
        substitute(frozen.required.get(activity=lessons[0]), extra[0], reason="x", by=staff, now=now)


def test_one_substitute_stands_for_one_activity(replaced, frozen, lessons, extra, staff, now):
    with pytest.raises(Refused, match="not required yet"):
        substitute(frozen.required.get(activity=lessons[1]), extra[0], reason="x", by=staff, now=now)


def test_only_the_office_names_one_and_says_why(page, frozen, lessons, extra, supervisor, staff, signatory, now):
    row = frozen.required.get(activity=lessons[0])
    with pytest.raises(Refused, match="Only the programme staff"):
        substitute(row, extra[0], reason="x", by=supervisor, now=now)
    with pytest.raises(Refused, match="give the reason"):
        substitute(row, extra[0], reason=" ", by=staff, now=now)
    address = reverse("desk_graduation:substitute", args=[frozen.pk, lessons[0].pk])
    for person in (supervisor, signatory):
        page.force_login(person)
        assert page.get(address).status_code == 404


def test_where_nothing_could_take_its_place_the_page_says_so(page, frozen, lessons):
    words = page.get(reverse("desk_graduation:substitute", args=[frozen.pk, lessons[0].pk])).content.decode()
    assert "Nothing could take its place" in words


@pytest.mark.parametrize("how_many", [1, 3])
def test_the_list_of_required_activities_costs_the_same(
    page, frozen, enrolment, lessons, extra, staff, how_many, django_assert_num_queries
):
    for number in range(how_many):
        frozen.required.order_by("pk")[number].substitutes.create(
            activity=extra[number % 2], reason="x", named_by=staff, named_at=clock.now()
        )
    address = reverse("desk_graduation:excuses", args=[frozen.pk])
    page.get(address)
    with django_assert_num_queries(9):
        page.get(address)
