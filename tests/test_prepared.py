"""Queries whose SQL is made once: the same rows as the ORM's own, for other values, in one query each."""

import pytest
from django.db.models import F, Q

from lms import clock
from lms.enrolment.models import Enrolment
from lms.people.models import User
from lms.prepared import FEW, prepared
from lms.progress.models import Completion
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana():
    return factories.person("ana")


@pytest.fixture
def ben():
    return factories.person("ben")


@pytest.fixture
def lesson():
    track = factories.track()
    page = factories.course(tracks=[track])
    return factories.activity_of(page.get_descendants().last())


def test_other_values_get_other_rows_in_one_query_each(ana, ben, django_assert_num_queries):
    made = []

    @prepared
    def names(pk):
        made.append(pk)
        return User.objects.filter(pk=pk).values_list("username", flat=True)

    for person in (ana, ben, ana):
        with django_assert_num_queries(1):
            assert names(pk=person.pk) == [person.username]
    assert len(made) == 1
    assert names(pk=0) == []


def test_dates_and_uuids_go_in_and_come_out_as_they_do_in_the_orm(ana, lesson):
    @prepared
    def done(course, since):
        rows = Completion.objects.filter(activity__course=course, completed_at__gte=since)
        return rows.values_list("completed_at", "activity__uuid")

    now = clock.now()
    Completion.objects.create(learner=ana, activity=lesson, completed_at=now)

    assert done(course=lesson.course, since=now) == [(now, lesson.uuid)]
    assert done(course=lesson.uuid, since=now) == []


def test_instances_come_with_what_was_selected_along(ana, django_assert_num_queries):
    @prepared
    def places(learner):
        rows = Enrolment.objects.filter(learner=learner).select_related("intake__track")
        return rows.annotate(seats=F("intake__seats"))

    enrolment = factories.enrol(ana, factories.intake())
    with django_assert_num_queries(1):
        (found,) = places(learner=ana.pk)
        assert (found, found.intake.track, found.seats) == (enrolment, enrolment.intake.track, enrolment.intake.seats)


def test_a_union_is_prepared_as_well(ana, ben):
    @prepared
    def both(one, other):
        rows = User.objects.order_by()
        first, second = rows.filter(pk=one), rows.filter(pk=other)
        return first.values_list("username", flat=True).union(second.values_list("username", flat=True), all=True)

    assert sorted(both(one=ben.pk, other=ana.pk)) == ["ana", "ben"]


def test_a_list_of_few_is_prepared_and_one_of_many_is_made_anew(django_assert_num_queries):
    made = []

    @prepared
    def names(people, taken):
        made.append(people)
        return User.objects.filter(pk__in=people, is_active=taken).order_by("pk").values_list("username", flat=True)

    people = [factories.person(f"p{number}").pk for number in range(FEW + 1)]
    for wanted in (people[:2], people[1:3], tuple(people[:2]), set(people[2:4])):
        with django_assert_num_queries(1):
            assert names(people=wanted, taken=True) == [f"p{people.index(pk)}" for pk in sorted(wanted)]
    assert len(made) == 1
    assert len(names(people=people[:FEW], taken=True)) == FEW
    assert names(people=people[:1], taken=False) == []
    assert len(made) == 3
    with django_assert_num_queries(1):
        assert len(names(people=people, taken=True)) == FEW + 1
    with django_assert_num_queries(0):
        assert names(people=[], taken=True) == names(people=(), taken=False) == []


def test_an_empty_list_leaves_what_stands_beside_it(ana):
    @prepared
    def names(people, name):
        return User.objects.filter(Q(pk__in=people) | Q(username=name)).values_list("username", flat=True)

    assert names(people=[], name="ana") == names(people=[ana.pk], name="x") == ["ana"]


def test_a_list_may_stand_for_related_rows_and_dates(ana, ben, lesson):
    @prepared
    def done(learners, moments):
        rows = Completion.objects.filter(
            learner__in=learners, completed_at__in=moments, activity__uuid__in=[lesson.uuid]
        )
        return rows.values_list("learner", flat=True)

    now = clock.now()
    Completion.objects.create(learner=ana, activity=lesson, completed_at=now)
    assert done(learners=[ben.pk, ana.pk], moments=[now]) == [ana.pk]
    assert done(learners=[ben.pk], moments=[now]) == []


def test_a_value_without_a_name_is_refused(ana):
    with pytest.raises(KeyError):
        prepared(lambda pk: User.objects.filter(pk=pk))()
