"""Checks with reasons, two scorers and a third, and what they add up to."""

import pytest

from lms.admissions import actions, ranking, scoring, screening
from lms.admissions.models import Check, Choice
from lms.verdicts import Refused
from tests import factories
from tests.admissions.stories import POINTS, admit_to_ranking, answers, apply, pass_screening, score


def suggested(choice):
    return {key: bool(verdict) for key, verdict in screening.suggestions(choice).items()}


def test_a_good_application_is_suggested_yes(ana, intake):
    assert set(suggested(apply(ana, intake)).values()) == {True}


def test_the_same_number_is_a_duplicate_whoever_sent_it(ana, ben, intake):
    apply(ana, intake)
    copied = {**answers(ben)["person"], "phone": answers(ana)["person"]["phone"]}

    choice = apply(ben, intake, person=copied)

    assert suggested(choice)["duplicate"] is False


def test_a_no_needs_its_reason(ana, intake, staff, now):
    choice = apply(ana, intake)
    with pytest.raises(Refused):
        screening.screen(choice, {"degree": ("no", "")}, by=staff, now=now)
    screening.screen(choice, {"degree": ("no", "学历证明不清楚")}, by=staff, now=now)
    assert Check.objects.get().reason == "学历证明不清楚"


def test_an_exception_counts_when_a_second_person_approved(ana, intake, staff, director, scorers, now):
    choice = apply(ana, intake, education={**answers(ana)["education"], "degree": "college"})
    yes = dict.fromkeys(screening.CHECKS, ("yes", ""))
    with pytest.raises(Refused):
        screening.screen(choice, yes, by=staff, now=now)
    screening.screen(choice, {**yes, "degree": ("yes", "九年一线经验")}, by=staff, now=now)
    for scorer in scorers:
        score(choice, scorer)
    check = choice.checks.get(key="degree")

    with pytest.raises(Refused):
        actions.offer(choice, by=staff, now=now)
    with pytest.raises(Refused):
        screening.approve_exception(check, by=staff, now=now)
    screening.approve_exception(check, by=director, now=now)

    assert actions.offer(choice, by=staff, now=now).state == Choice.State.OFFERED


def test_changing_an_exception_takes_its_approval_back(ana, intake, staff, director, now):
    choice = apply(ana, intake, education={**answers(ana)["education"], "degree": "college"})
    screening.screen(choice, {"degree": ("yes", "九年经验")}, by=staff, now=now)
    check = screening.approve_exception(choice.checks.get(), by=director, now=now)

    screening.screen(choice, {"degree": ("yes", "九年经验")}, by=staff, now=now)
    check.refresh_from_db()
    assert check.approved_by == director
    screening.screen(choice, {"degree": ("yes", "另一个理由")}, by=director, now=now)
    check.refresh_from_db()
    assert check.approved_by is None


def test_two_scores_make_the_score_and_the_case_quality(ana, intake, staff, scorers):
    choice = admit_to_ranking(ana, intake, staff, scorers)
    assert (choice.score, choice.case_quality) == (66, 24)


def test_a_third_scorer_is_asked_when_two_are_far_apart(ana, intake, scorers, third_scorer):
    choice = apply(ana, intake)
    score(choice, scorers[0], experience=25, need=10, result=10)
    score(choice, scorers[1], experience=10, need=5, result=5)
    choice.refresh_from_db()
    assert choice.score is None

    score(choice, third_scorer)

    choice.refresh_from_db()
    assert choice.score == (77 + 66) / 2
    with pytest.raises(Refused):
        score(choice, factories.person("fourth"))


def test_there_is_no_third_scorer_when_two_agree(ana, intake, scorers, third_scorer):
    choice = apply(ana, intake)
    for scorer in scorers:
        score(choice, scorer)
    with pytest.raises(Refused):
        score(choice, third_scorer)


def test_points_stay_within_their_item_and_a_sent_sheet_is_sent(ana, intake, scorers, now):
    choice = apply(ana, intake)
    with pytest.raises(Refused):
        score(choice, scorers[0], need=11)
    with pytest.raises(Refused):
        scoring.save_sheet(choice, {"need": 5}, remark="", scorer=scorers[0], now=now, send=True)
    scoring.save_sheet(choice, {"need": 5}, remark="还没写完", scorer=scorers[0], now=now)
    score(choice, scorers[0])
    with pytest.raises(Refused):
        score(choice, scorers[0], need=1)


def test_asking_for_more_reopens_the_form_and_the_answer_comes_back_to_screening(ana, intake, staff, now):
    choice = apply(ana, intake)
    pass_screening(choice, staff)
    screening.screen(choice, {"evidence": ("ask", "缺单位证明")}, by=staff, now=now)

    asked = actions.ask(choice, items="请补单位证明", by=staff, now=now, sections=["evidence"])

    application = asked.application
    application.refresh_from_db()
    assert asked.state == Choice.State.ASKED
    assert (application.reopened_until, application.reopened_sections) == (asked.asked_until, ["evidence"])
    assert "请补单位证明" in application.letters.get(kind="ask").body


def test_ranking_goes_by_score_then_case_quality_then_months_then_arrival(intake, staff, scorers, now):
    def applicant(name, since, **points):
        user = factories.person(name)
        rows = [{**answers(user)["experience"]["rows"][0], "since": since}]
        choice = apply(user, intake, experience={"rows": rows})
        pass_screening(choice, staff)
        for scorer in scorers:
            score(choice, scorer, **points)
        return choice

    low = applicant("low", "2022-03", motivation=11)
    short = applicant("short", "2023-03")
    long = applicant("long", "2022-03")
    case = applicant("case", "2023-03", need=9, motivation=11)
    best = applicant("best", "2023-03", motivation=15)

    places = ranking.standings(intake)

    assert list(places) == [best.pk, case.pk, long.pk, short.pk, low.pk]
    assert [bool(standing.tie) for standing in places.values()] == [False, False, True, True, False]


def test_the_points_of_all_items_and_the_baseline_are_a_hundred():
    assert sum(item.most for item in scoring.ITEMS) + scoring.baseline_points(100) == 100
    assert set(POINTS) == {item.key for item in scoring.ITEMS}
