"""Who may open a case record: the supervisor now, an instructor allocated by name, nobody else."""

from datetime import timedelta

import pytest
from wagtail.models import ModelLogEntry

from assessments.models import Submission
from lms import clock
from lms.casework import markers
from lms.enrolment.actions import assign_supervisor
from lms.programmes import actions as grants
from lms.verdicts import Refused
from tests import factories


def may_open(user, submission, at=None):
    return Submission.objects.visible_to(user, at or clock.now()).filter(pk=submission.pk).exists()


def test_handing_in_opens_the_record_to_the_supervisor(sent, supervisor):
    assert may_open(supervisor, sent)
    assert [(row.user, row.capacity) for row in sent.markers.all()] == [(supervisor, "supervisor")]


def test_a_draft_is_open_to_nobody_but_its_author(record, supervisor, learner):
    assert may_open(learner, record)
    assert not may_open(supervisor, record)


def test_nobody_else_may_open_it(sent, course, programme, wei, jing, ana, staff, director, intake):
    factories.supervise(factories.enrol(ana, intake), wei)
    factories.grant(jing, "instructor", course=course)

    assert [person for person in (wei, jing, ana, staff, director) if may_open(person, sent)] == []


def test_a_new_supervisor_takes_over_and_the_former_sees_nothing(sent, enrolment, supervisor, wei, staff, now):
    assign_supervisor(enrolment, wei, by=staff, now=now)

    assert may_open(wei, sent)
    assert not may_open(supervisor, sent)


def test_a_graded_record_stays_closed_to_a_new_supervisor(sent, enrolment, wei, staff, now):
    sent.state = "accepted"
    sent.save()

    assign_supervisor(enrolment, wei, by=staff, now=now)

    assert not may_open(wei, sent)


def test_staff_allocate_an_instructor_by_name_until_a_day(sent, course, jing, staff, now):
    factories.grant(jing, "instructor", course=course)

    marker = markers.allocate(sent, jing, by=staff, until=now + timedelta(days=7), now=now)

    assert (marker.capacity, marker.allowed_by) == ("instructor", staff)
    assert may_open(jing, sent)
    assert not may_open(jing, sent, now + timedelta(days=7))
    assert ModelLogEntry.objects.get(action="casework.allocate").data == {"instructor": jing.pk}


def test_an_allocation_lasts_no_longer_than_the_grant(sent, course, jing, staff, now):
    end = now + timedelta(days=3)
    factories.grant(jing, "instructor", course=course, until=end)

    assert markers.allocate(sent, jing, by=staff, until=now + timedelta(days=7), now=now).until == end


def test_only_staff_allocate_and_only_to_instructors(sent, course, jing, wei, learner, supervisor, staff, now):
    factories.grant(jing, "instructor", course=course)

    for person in (supervisor, learner, jing):
        with pytest.raises(Refused, match="Only programme staff"):
            markers.allocate(sent, jing, by=person, now=now)
    with pytest.raises(Refused, match="not been granted instruction"):
        markers.allocate(sent, wei, by=staff, now=now)
    with pytest.raises(Refused, match="own work"):
        markers.allocate(sent, learner, by=staff, now=now)


def test_a_draft_is_not_allocated(record, course, jing, staff, now):
    factories.grant(jing, "instructor", course=course)

    with pytest.raises(Refused, match="not handed in"):
        markers.allocate(record, jing, by=staff, now=now)


def test_staff_take_an_allocation_back_but_not_a_supervision(sent, course, jing, staff, now):
    factories.grant(jing, "instructor", course=course)
    marker = markers.allocate(sent, jing, by=staff, now=now)

    markers.end_allocation(marker, by=staff, now=now)

    assert not may_open(jing, sent)
    with pytest.raises(Refused, match="another supervisor"):
        markers.end_allocation(sent.markers.get(capacity="supervisor"), by=staff, now=now)


def test_an_allocation_ends_with_the_instructors_grant(sent, course, jing, staff, director, now):
    given = grants.grant(jing, "instructor", by=director, now=now, course=course)
    markers.allocate(sent, jing, by=staff, now=now)

    grants.revoke(given, by=director, now=now)

    assert not may_open(jing, sent)
