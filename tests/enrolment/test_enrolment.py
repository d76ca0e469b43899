"""Enrol, withdraw, supervise; and who marks what learners hand in."""

from datetime import timedelta

import pytest
from wagtail.models import ModelLogEntry

from assessments.events import SubmissionReceived
from assessments.models import Marker, Submission, SubmissionVersion
from assessments.submissions import submission_forms
from lms import clock
from lms.enrolment import actions
from lms.enrolment.models import Enrolment
from lms.events import publish
from lms.programmes import actions as grants
from lms.verdicts import Refused
from tests import factories


@pytest.fixture
def wei(db):
    return factories.person("wei", name="危如山")


@pytest.fixture
def jing(db):
    """井鉴秋, who teaches."""
    return factories.person("jing", name="井鉴秋")


class EssayForm:
    key, label = "essay_of_test", "Essay"


@pytest.fixture
def essay(course, learner, enrolment, now):
    """An essay that the learner is about to hand in."""
    submission_forms.register(EssayForm)
    activity = factories.activity_of(course.get_children().first().get_children().first())
    yield Submission.objects.create(
        activity=activity,
        author=learner,
        form=EssayForm.key,
        scope=f"enrolment:{enrolment.pk}",
        state="submitted",
        created_at=now,
    )
    submission_forms.unregister(EssayForm.key)


def hand_in(submission, now):
    version = SubmissionVersion.objects.create(
        submission=submission, number=1, submitted_at=now, receipt="R-1", sha256="0" * 64, key="k"
    )
    publish(SubmissionReceived(submission.pk, version.pk))


def marking(user, now):
    return [(row.submission, row.capacity) for row in Marker.objects.active(now).filter(user=user)]


def test_a_person_is_enrolled_once_in_an_intake(ana, intake, now):
    assert actions.enrol(ana, intake, now=now) == actions.enrol(ana, intake, now=now)


def test_a_learner_leaves_with_a_reason_and_the_supervisor_sees_nothing_more(enrolment, supervisor, staff, now):
    actions.withdraw(enrolment, by=staff, reason="moved away", now=now)

    enrolment.refresh_from_db()
    assert (enrolment.state, enrolment.ended_at) == (Enrolment.State.WITHDRAWN, now)
    assert list(Enrolment.objects.visible_to(supervisor, now)) == []
    assert ModelLogEntry.objects.get(action="enrolment.withdraw").data == {"reason": "moved away"}


def test_nobody_is_withdrawn_without_a_reason_or_twice(enrolment, staff, now):
    with pytest.raises(Refused, match="why"):
        actions.withdraw(enrolment, by=staff, reason=" ", now=now)
    actions.withdraw(enrolment, by=staff, reason="moved away", now=now)
    with pytest.raises(Refused, match="no longer"):
        actions.withdraw(enrolment, by=staff, reason="moved away", now=now)


def test_a_new_supervisor_takes_the_place_of_the_former(enrolment, supervisor, wei, staff, now):
    actions.assign_supervisor(enrolment, wei, by=staff, now=now)

    assert [row.supervisor for row in enrolment.supervisions.active(now)] == [wei]
    assert list(Enrolment.objects.visible_to(supervisor, now)) == []
    assert list(Enrolment.objects.visible_to(wei, now)) == [enrolment]


def test_the_same_supervisor_is_assigned_once(enrolment, wei, staff, now):
    first = actions.assign_supervisor(enrolment, wei, by=staff, now=now)

    assert actions.assign_supervisor(enrolment, wei, by=staff, now=now) == first


def test_nobody_supervises_themselves_or_somebody_who_left(enrolment, learner, wei, staff, now):
    with pytest.raises(Refused, match="themselves"):
        actions.assign_supervisor(enrolment, learner, by=staff, now=now)
    actions.withdraw(enrolment, by=staff, reason="moved away", now=now)
    with pytest.raises(Refused, match="no longer"):
        actions.assign_supervisor(enrolment, wei, by=staff, now=now)


def test_the_way_to_the_desk_opens_and_closes_with_supervision(enrolment, wei, jing, staff, now):
    actions.assign_supervisor(enrolment, wei, by=staff, now=now)
    wei.refresh_from_db()
    assert wei.is_staff

    actions.assign_supervisor(enrolment, jing, by=staff, now=now)
    wei.refresh_from_db()
    assert not wei.is_staff


def test_the_end_of_a_grant_leaves_the_desk_to_a_supervisor(enrolment, wei, staff, director, programme, now):
    actions.assign_supervisor(enrolment, wei, by=staff, now=now)
    given = grants.grant(wei, "instructor", by=director, now=now, programme=programme)

    grants.revoke(given, by=director, now=now)

    wei.refresh_from_db()
    assert wei.is_staff


@pytest.mark.parametrize("scope", ["course", "programme"])
def test_an_instructor_of_the_course_marks_what_is_handed_in(scope, essay, course, programme, jing, now):
    factories.grant(jing, "instructor", **{scope: {"course": course, "programme": programme}[scope]})

    hand_in(essay, now)

    assert marking(jing, now) == [(essay, "instructor")]


def test_nobody_else_marks_it(essay, courses, jing, ana, staff, supervisor, now):
    factories.grant(jing, "instructor", course=factories.course("另一门课"))
    factories.grant(ana, "reviewer", course=factories.course("第三门课"))

    hand_in(essay, now)

    assert list(Marker.objects.all()) == []


def test_marking_ends_with_the_grant(essay, course, jing, now):
    until = now + timedelta(days=30)
    factories.grant(jing, "instructor", course=course, until=until)

    hand_in(essay, now)

    assert marking(jing, now) == [(essay, "instructor")]
    assert marking(jing, until) == []


def test_a_later_grant_opens_what_waits_and_its_revocation_closes_it(essay, course, jing, director, now):
    hand_in(essay, now)

    given = grants.grant(jing, "instructor", by=director, now=now, course=course)
    assert marking(jing, now) == [(essay, "instructor")]

    grants.revoke(given, by=director, now=now)
    assert marking(jing, clock.now()) == []


def test_nobody_marks_their_own_work(essay, course, learner, now):
    factories.grant(learner, "instructor", course=course)

    hand_in(essay, now)

    assert marking(learner, now) == []
