"""Lists of admission cost the same with one row and with three."""

import pytest

from lms.admissions import actions
from tests import factories
from tests.admissions.stories import admit_to_ranking, apply, score

pytestmark = pytest.mark.parametrize("many", [1, 3])


@pytest.fixture
def desk(client, staff):
    client.force_login(staff)
    return client


def test_letters_to_be_read_before_they_go(desk, intake, staff, scorers, many, django_assert_num_queries):
    choices = [admit_to_ranking(factories.person(f"p{n}"), intake, staff, scorers) for n in range(many)]
    with django_assert_num_queries(7):
        page = desk.post(
            f"/desk/admissions/intakes/{intake.pk}/decide/", {"verb": "offer", "choice": [one.pk for one in choices]}
        )
    assert page.status_code == 200


def test_the_intakes_of_the_office(desk, ana, programme, many, django_assert_num_queries):
    for number in range(many):
        apply(ana, factories.intake("K", cohort=factories.cohort(number + 1)))
    with django_assert_num_queries(7):
        desk.get("/desk/admissions/")


def test_one_application_with_its_letters_and_scores(
    desk, ana, intake, staff, scorers, third_scorer, many, django_assert_num_queries, now
):
    choice = apply(ana, intake)
    for scorer, experience in list(zip([*scorers, third_scorer], (25, 0, 10), strict=True))[:many]:
        score(choice, scorer, experience=experience)
    for _ in range(many):
        actions.ask(choice, items="请补单位证明", by=staff, now=now)
        choice.application.refresh_from_db()
        choice.state = "submitted"
        choice.save()
    desk.get("/desk/admissions/")
    with django_assert_num_queries(15):
        desk.get(f"/desk/admissions/choices/{choice.pk}/")


def test_my_applications(client, ana, many, django_assert_num_queries):
    for number in range(many + 1):
        apply(ana, factories.intake("K", cohort=factories.cohort(number + 1)))
    client.force_login(ana)
    with django_assert_num_queries(4):
        client.get("/applications/")
