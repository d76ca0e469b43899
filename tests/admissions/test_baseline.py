"""The baseline assessment: open to who has sent, once, counted into the score, a profile without pass or fail."""

from datetime import timedelta

import pytest

from assessments.quizzes import actions as quiz_actions
from content.access import may_open
from lms.admissions import actions, baseline, radar, scoring
from lms.verdicts import Refused
from tests import factories
from tests.admissions.stories import admit_to_ranking, apply, fill
from tests.assessments import quiz_factories as quizzes

AREAS = ["A", "B", "C", "D", "E", "F"]


@pytest.fixture
def paper(courses):
    """Six questions of six areas, one attempt, forty minutes, nothing to pass."""
    rows = [quizzes.row("true_false", n, area=area) for n, area in enumerate(AREAS, start=1)]
    areas = [{"key": key, "title": f"方面{key}"} for key in AREAS]
    page = quizzes.quiz(quizzes.module(), questions=rows, areas=areas, attempts=1, pass_mark=None, minutes=40)
    return quizzes.activity_of(page)


@pytest.fixture
def intake(case_track, paper):
    return factories.intake("K", baseline=paper)


def take(choice, paper, now, right=6):
    """Answer so many questions rightly, after 34 minutes."""
    user = choice.application.applicant
    attempt = quiz_actions.start(paper, user, scope=scoring.scope(choice.application), now=now)
    for item in attempt.items.select_related("version")[:right]:
        quiz_actions.save_response(attempt, item.position, quizzes.right(item), item.revision, now=now)
    return quiz_actions.submit(attempt, now=now + timedelta(minutes=34))


def test_only_who_has_sent_may_open_it(ana, ben, intake, paper, now):
    fill(ben, intake)
    choice = apply(ana, intake)

    assert may_open(paper, ana, now).facts["scope"] == f"application:{choice.application.pk}"
    assert not may_open(paper, ben, now)
    assert not may_open(paper, factories.person("stranger"), now)


def test_whoever_withdrew_or_was_declined_takes_it_no_more(ana, ben, intake, paper, staff, now):
    withdrawn, declined = apply(ana, intake), apply(ben, intake)
    actions.withdraw(withdrawn, by=ana, now=now)
    actions.decline(declined, reason="不在南沙区", by=staff, now=now)
    for person in (ana, ben):
        verdict = may_open(paper, person, now)
        assert not verdict and "over" in verdict.reason


def test_its_result_stays_readable(client, ana, intake, paper, now):
    choice = apply(ana, intake)
    take(choice, paper, now)
    actions.withdraw(choice, by=ana, now=now)
    client.force_login(ana)
    assert client.get(f"/applications/{choice.application.number}/baseline/").status_code == 200


def test_it_is_taken_once(ana, intake, paper, now):
    choice = apply(ana, intake)
    take(choice, paper, now)
    with pytest.raises(Refused):
        quiz_actions.start(paper, ana, scope=scoring.scope(choice.application), now=now)


def test_its_points_enter_the_score_whenever_it_is_taken(ana, ben, intake, paper, staff, scorers, now):
    late = admit_to_ranking(ana, intake, staff, scorers)
    assert late.score == 66
    take(late, paper, now, right=3)
    late.refresh_from_db()
    assert late.score == 66 + 7.5

    early = apply(ben, intake)
    take(early, paper, now)
    for scorer in scorers:
        scoring.save_sheet(
            early, {item.key: item.most for item in scoring.ITEMS}, remark="", scorer=scorer, now=now, send=True
        )
    early.refresh_from_db()
    assert early.score == 100


def test_the_way_to_it_and_its_result_on_the_applicants_pages(client, ana, intake, paper, now):
    choice = apply(ana, intake)
    client.force_login(ana)
    page = f"/applications/{choice.application.number}/baseline/"
    assert page in client.get(f"/applications/{choice.application.number}/").content.decode()
    assert f"/{paper.uuid}/" in client.get(page).content.decode()

    take(choice, paper, now, right=4)

    shown = client.get(page).content.decode()
    assert all(f"方面{key}" in shown for key in AREAS)
    assert "34" in shown and "<svg" in shown and "style=" not in shown


def test_staff_see_profile_and_points(client, ana, intake, paper, staff, now, settings):
    choice = apply(ana, intake)
    take(choice, paper, now)
    client.force_login(staff)
    shown = client.get(f"/desk/admissions/choices/{choice.pk}/").content.decode()
    assert "方面F" in shown and "15" in shown


def test_levels_begin_at_sixty_and_eighty():
    kinds = [baseline.level(percent)[1] for percent in (0, 59.9, 60, 79.9, 80, 100)]
    assert kinds == ["", "", "note", "note", "ok", "ok"]


def test_the_drawing_has_a_point_and_a_label_for_each_area():
    chart = radar.chart([(f"方面{key}的名称", 50) for key in AREAS])
    assert len(chart.dots) == len(chart.labels) == len(chart.spokes) == 6
    assert chart.dots[0] == (180, 165 - 56)
    assert radar.chart([("只有一个", 50)]) is None
