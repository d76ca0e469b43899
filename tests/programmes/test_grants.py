"""Roles: who gives them, where, until when; and what they open meanwhile."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError

from lms.enrolment.models import Enrolment
from lms.programmes import actions, admin_groups
from lms.programmes.lms_plugin import EndExpiredGrants
from lms.programmes.models import Grant
from lms.programmes.scopes import directs, has_role, intakes_for
from lms.verdicts import Refused
from tests import factories

pytestmark = pytest.mark.django_db


def groups_of(user):
    return sorted(user.groups.values_list("name", flat=True))


# --- giving ---------------------------------------------------------------------------------------------------------
def test_a_director_gives_a_role_and_stands_beside_it(programme, head, ana, now):
    given = actions.grant(ana, "scorer", by=head, now=now, programme=programme)
    assert (given.granted_by, given.starts_at, given.scope) == (head, now, programme)
    ana.refresh_from_db()
    assert ana.is_staff


def test_nobody_gives_a_role_to_themselves(programme, head, root, now):
    for person in (head, root):
        with pytest.raises(Refused, match="themselves"):
            actions.grant(person, "signatory", by=person, now=now, programme=programme)


def test_a_director_gives_roles_where_they_are_director_only(programme, elsewhere, head, ana, now):
    with pytest.raises(Refused, match="where you are director"):
        actions.grant(ana, "director", by=head, now=now, programme=elsewhere)
    assert not Grant.objects.filter(user=ana).exists()


def test_staff_give_none(programme, staff, ana, now):
    with pytest.raises(Refused, match="where you are director"):
        actions.grant(ana, "scorer", by=staff, now=now, programme=programme)


def test_a_director_of_a_cohort_gives_roles_for_what_lies_within(programme, intake, give, ana, ben, now):
    give(ana, "director", cohort=intake.cohort)
    assert actions.grant(ben, "scorer", by=ana, now=now, intake=intake)
    with pytest.raises(Refused):
        actions.grant(ben, "scorer", by=ana, now=now, programme=programme)


def test_a_director_gives_the_courses_of_the_programme(course, head, ana, now):
    assert actions.grant(ana, "instructor", by=head, now=now, course=course)
    with pytest.raises(Refused):
        actions.grant(ana, "instructor", by=head, now=now, course=factories.course("别处的课"))


@pytest.mark.parametrize(
    ("role", "kind"), [("scorer", "course"), ("staff", "course"), ("reviewer", "course"), ("reviewer", "intake")]
)
def test_a_role_is_given_where_it_means_something(role, kind, course, intake, root, ana, now):
    with pytest.raises(Refused, match="not given for that"):
        actions.grant(ana, role, by=root, now=now, **{kind: {"course": course, "intake": intake}[kind]})


def test_a_role_is_for_exactly_one_thing(programme, intake, root, ana, now):
    for scope in ({}, {"programme": programme, "intake": intake}):
        with pytest.raises(ValidationError):
            actions.grant(ana, "staff", by=root, now=now, **scope)


# --- reach ----------------------------------------------------------------------------------------------------------
def test_a_grant_reaches_what_lies_beneath_it(programme, intake, elsewhere, ana, give, now):
    other = factories.intake("P", cohort=factories.cohort(2))
    give(ana, "staff", programme=programme)
    assert set(intakes_for(ana, ["staff"], now)) == {intake, other}
    assert list(intakes_for(ana, ["director"], now)) == []


@pytest.mark.parametrize(("kind", "reached"), [("intake", 1), ("cohort", 2), ("programme", 3)])
def test_a_narrow_grant_reaches_less(kind, reached, programme, intake, ana, give, now):
    factories.intake("P"), factories.intake("C", cohort=factories.cohort(2))
    give(ana, "scorer", **{kind: {"intake": intake, "cohort": intake.cohort, "programme": programme}[kind]})
    assert intakes_for(ana, ["scorer"], now).count() == reached
    assert has_role(ana, ["scorer"], now, intake=intake)


def test_who_directs_a_part_does_not_direct_the_whole(programme, intake, ana, give, now):
    give(ana, "director", intake=intake)
    assert [directs(ana, scope, now) for scope in (intake, intake.cohort, programme)] == [True, False, False]


# --- ending ---------------------------------------------------------------------------------------------------------
def test_a_role_that_was_ended_opens_nothing_with_the_next_request(programme, enrolment, head, ana, browser, now):
    given = actions.grant(ana, "staff", by=head, now=now, programme=programme)
    assert enrolment in Enrolment.objects.visible_to(ana, now)
    assert browser(ana).get("/desk/learners/").status_code == 200
    actions.revoke(given, by=head, now=now)
    assert enrolment not in Enrolment.objects.visible_to(ana, now)
    assert browser(ana).get("/desk/learners/").status_code == 404
    assert groups_of(ana) == []
    ana.refresh_from_db()
    assert not ana.is_staff


def test_a_role_that_ran_out_opens_nothing_before_any_worker_comes(programme, enrolment, ana, give, now):
    give(ana, "staff", programme=programme, until=now + timedelta(days=1))
    at_the_end = now + timedelta(days=1)
    assert enrolment in Enrolment.objects.visible_to(ana, at_the_end - timedelta(seconds=1))
    assert enrolment not in Enrolment.objects.visible_to(ana, at_the_end)


def test_the_worker_takes_what_wagtail_had_opened(programme, ana, give, now):
    give(ana, "staff", programme=programme, until=now + timedelta(days=1))
    assert groups_of(ana) == ["Programme staff"]
    job, then = EndExpiredGrants(), now + timedelta(days=1)
    assert [job.run(now), job.run(then), job.run(then)] == [0, 1, 0]
    assert groups_of(ana) == []
    ana.refresh_from_db()
    assert not ana.is_staff


def test_the_worker_takes_one_course_and_leaves_the_other(course, ana, give, now):
    other = factories.course("另一门课")
    give(ana, "instructor", course=course, until=now + timedelta(days=1))
    give(ana, "instructor", course=other)
    actions.end_expired_grants(now + timedelta(days=2))
    assert groups_of(ana) == [f"Course {other.pk}: 另一门课", "Instructors"]
    ana.refresh_from_db()
    assert ana.is_staff


def test_an_end_can_be_moved_and_taken_away_while_it_lies_ahead(programme, head, ana, now):
    given = actions.grant(ana, "scorer", by=head, now=now, programme=programme, until=now + timedelta(days=1))
    actions.set_end(given, until=None, by=head, now=now)
    assert has_role(ana, ["scorer"], now + timedelta(days=9))
    actions.set_end(given, until=now + timedelta(days=3), by=head, now=now)
    with pytest.raises(Refused, match="ended already"):
        actions.set_end(given, until=None, by=head, now=now + timedelta(days=4))


def test_nobody_changes_a_role_of_their_own_or_of_elsewhere(programme, elsewhere, head, ana, give, now):
    [own] = head.grants.all()
    theirs = give(ana, "scorer", programme=elsewhere)
    with pytest.raises(Refused, match="of their own"):
        actions.set_end(own, until=now + timedelta(days=900), by=head, now=now)
    with pytest.raises(Refused, match="where you are director"):
        actions.revoke(theirs, by=head, now=now)


def test_groups_of_an_administrators_making_are_left_alone(programme, ana, give, root, now):
    ana.groups.add(Group.objects.create(name="Course helpers"))
    actions.revoke(give(ana, "staff", programme=programme), by=root, now=now)
    assert groups_of(ana) == ["Course helpers"]


def test_instructors_of_a_programme_get_each_course_that_joins_it(programme, case_track, courses, ana, give, now):
    give(ana, "instructor", programme=programme)
    assert groups_of(ana) == ["Instructors"]
    joined = factories.course("新课")
    actions.settle_track(case_track, [joined], [], now=now)
    assert groups_of(ana) == [f"Course {joined.pk}: 新课", "Instructors"]


def test_groups_follow_only_where_there_is_something_to_open(programme, ana, give):
    for role in ("scorer", "signatory", "reader", "protection"):
        give(ana, role, programme=programme)
    assert groups_of(ana) == []
    assert set(admin_groups.ours().values_list("name", flat=True)) <= {"Instructors", "Reviewing instructors"}
