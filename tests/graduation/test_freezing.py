"""From its cohort's start an intake asks for what it asked for on that day."""

from datetime import timedelta

import pytest
from django.urls import reverse

from content.models import Activity
from lms.graduation.evaluation import evaluate
from lms.graduation.freezing import excuse, freeze, freeze_due
from lms.programmes.models import TrackActivity
from lms.verdicts import Refused
from tests import factories
from tests.graduation.conftest import complete, write_policy

pytestmark = pytest.mark.django_db


@pytest.fixture
def lessons(course, case_track):
    write_policy(case_track, required_lessons={"share": 100})
    return list(Activity.objects.filter(kind="lesson").order_by("pk"))


@pytest.fixture
def frozen(lessons, intake, now):
    freeze(intake, now=now)
    intake.refresh_from_db()
    return intake


@pytest.fixture
def admin_client(client, db, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    user = factories.person("root", is_superuser=True, is_staff=True)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    client.force_login(user)
    return client


def reason_for(enrolment):
    enrolment.refresh_from_db()
    return evaluate([enrolment])[enrolment.pk][0].verdict.reason


def test_an_intake_is_frozen_once_on_the_day_its_cohort_starts(lessons, case_track, now):
    later = factories.intake("K", cohort=factories.cohort(2, starts=5, ends=300))

    assert freeze_due(now) == 0
    assert freeze_due(now + timedelta(days=5)) == 1
    later.refresh_from_db()
    assert later.frozen_policy == [{"key": "required_lessons", "settings": {"share": 100}}]
    assert [row.title for row in later.required.order_by("pk")] == [one.title for one in lessons]
    assert freeze_due(now + timedelta(days=6)) == 0


def test_an_intake_without_a_policy_waits_for_one(course, intake, now):
    assert freeze_due(now) == 0
    intake.refresh_from_db()
    assert intake.frozen_at is None


def test_a_lesson_added_later_moves_nobodys_goalposts(frozen, case_track, enrolment, learner, lessons):
    complete(learner, *lessons)
    TrackActivity.objects.create(track=case_track, activity=Activity.objects.create(kind="lesson", title="新课时"))
    assert reason_for(enrolment) == "3 of 3 required lessons complete"


def test_a_policy_made_harder_later_moves_nobodys_goalposts(frozen, case_track, enrolment, learner, lessons):
    complete(learner, *lessons)
    write_policy(case_track, accepted_records={"minimum": 9})
    assert [row.key for row in evaluate([enrolment])[enrolment.pk]] == ["required_lessons"]


def lesson_page(course):
    return course.get_descendants().filter(depth=course.depth + 2).first()


@pytest.mark.parametrize("view", ["wagtailadmin_pages:unpublish", "wagtailadmin_pages:delete"])
def test_a_frozen_lesson_cannot_be_taken_away_and_the_intakes_are_named(admin_client, course, frozen, enrolment, view):
    response = admin_client.post(reverse(view, args=[lesson_page(course).pk]), follow=True)
    assert f"Learners must still complete this: {frozen}" in str(next(iter(response.context["messages"])))
    assert lesson_page(course).live


@pytest.mark.parametrize("action", ["unpublish", "delete"])
def test_nor_can_its_course_in_bulk(admin_client, course, frozen, enrolment, action):
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    admin_client.post(f"{url}?id={course.pk}", {"include_descendants": "on"})
    course.refresh_from_db()
    assert course.live and lesson_page(course).live


def test_a_lesson_of_an_intake_that_nobody_attends_any_more_can_be_taken_away(admin_client, course, frozen):
    admin_client.post(reverse("wagtailadmin_pages:unpublish", args=[lesson_page(course).pk]))
    assert not lesson_page(course).live


def test_once_its_learners_are_excused_a_lesson_can_be_taken_away(
    admin_client, course, frozen, enrolment, lessons, staff, now
):
    excuse(lessons[0], frozen, reason="内容停用", by=staff, now=now)
    admin_client.post(reverse("wagtailadmin_pages:unpublish", args=[lesson_page(course).pk]))
    assert not lesson_page(course).live
    assert reason_for(enrolment) == "1 of 3 required lessons complete"


def test_excusing_is_one_batch_and_adds_nobody_twice(frozen, enrolment, ana, lessons, staff, now):
    factories.enrol(ana, frozen)
    batch = excuse(lessons[0], frozen, reason="内容停用", by=staff, now=now)
    excuse(lessons[0], frozen, reason="内容停用", by=staff, now=now)
    assert lessons[0].overrides.filter(batch=batch, excused=True).count() == 2
    assert lessons[0].overrides.count() == 2


def test_only_staff_of_the_intake_excuse_and_say_why(frozen, enrolment, lessons, staff, supervisor, now):
    with pytest.raises(Refused, match="Only the programme staff"):
        excuse(lessons[0], frozen, reason="内容停用", by=supervisor, now=now)
    with pytest.raises(Refused, match="give the reason"):
        excuse(lessons[0], frozen, reason=" ", by=staff, now=now)
