"""The desk: what waits, the ranked list, screening, scoring and deciding with the letters read first."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from lms.admissions import actions, applying
from lms.admissions.models import Choice, Letter
from lms.desk import queues
from tests import factories
from tests.admissions.stories import POINTS, admit_to_ranking, apply, pass_screening, score


def text(response):
    return response.content.decode()


@pytest.fixture
def desk(client, staff):
    client.force_login(staff)
    return client


@pytest.fixture
def ranked(intake, staff, scorers):
    """Three screened and scored choices, best first."""
    people = [factories.person(f"applicant-{n}", name=f"申请人{n}") for n in range(3)]
    return [admit_to_ranking(user, intake, staff, scorers, motivation=15 - n) for n, user in enumerate(people)]


def waiting(user, now):
    return {queue.key: queue.count(user, now) for queue in queues if queue.key.startswith("admissions.")}


def test_the_desk_counts_what_waits_for_whom(ana, ben, intake, staff, scorers, stranger, now):
    first, second = apply(ana, intake), apply(ben, intake)
    pass_screening(second, staff)
    assert waiting(staff, now) == {"admissions.screen": 1, "admissions.score": None, "admissions.decide": 0}
    assert waiting(scorers[0], now) == {"admissions.screen": None, "admissions.score": 1, "admissions.decide": None}

    score(second, scorers[0])
    assert waiting(scorers[0], now)["admissions.score"] == 0
    score(second, scorers[1])
    assert waiting(staff, now)["admissions.decide"] == 1

    actions.ask(first, items="请补材料", by=staff, now=now)
    first.refresh_from_db()
    assert waiting(staff, now)["admissions.screen"] == 0
    assert waiting(staff, first.asked_until)["admissions.screen"] == 1
    assert set(waiting(stranger, now).values()) == {None}


def test_the_list_draws_the_line_of_the_seats(desk, intake, ranked):
    intake.seats = 2
    intake.save()
    page = text(desk.get(f"/desk/admissions/intakes/{intake.pk}/"))
    order = [page.index(choice.application.number) for choice in ranked]
    assert order == sorted(order)
    assert order[1] < page.index('class="cut"') < order[2]


def test_the_list_marks_who_is_below_the_floor_and_who_needs_a_third(
    desk, intake, ranked, ana, ben, staff, scorers, third_scorer
):
    admit_to_ranking(ana, intake, staff, scorers, experience=0)
    apart = apply(ben, intake)
    score(apart, scorers[0], experience=25)
    score(apart, scorers[1], experience=0)
    page = text(desk.get(f"/desk/admissions/intakes/{intake.pk}/"))
    assert page.count("state--late") == 2


def test_the_list_is_searched_filtered_and_paged(desk, intake, ranked, staff, now):
    actions.offer(ranked[0], by=staff, now=now)
    url = f"/desk/admissions/intakes/{intake.pk}/"
    numbers = [choice.application.number for choice in ranked]

    def shown(query):
        page = text(desk.get(url + query))
        return [number for number in numbers if number in page]

    assert shown("?q=申请人1") == [numbers[1]]
    assert shown(f"?q={numbers[2]}") == [numbers[2]]
    assert shown("?state=offered") == [numbers[0]]
    assert shown("?state=decide") == numbers[1:]
    assert shown("?q=没有这个人") == []
    assert shown("?order=sent&page=9") == numbers


def test_the_export_is_a_workbook_without_formulas(desk, ana, intake):
    ana.name = "=HYPERLINK(1)"
    ana.save()
    apply(ana, intake)
    response = desk.get(f"/desk/admissions/intakes/{intake.pk}/export/")
    sheet = load_workbook(BytesIO(b"".join(response.streaming_content))).active
    cells = [cell for row in sheet.iter_rows(min_row=2) for cell in row]
    assert "'=HYPERLINK(1)" in [cell.value for cell in cells]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}


def test_screening_on_the_page_keeps_answers_and_reasons(desk, ana, intake):
    choice = apply(ana, intake)
    keys = ["complete", "on_time", "district", "months", "evidence", "identifiers", "degree", "duplicate"]
    url = f"/desk/admissions/choices/{choice.pk}/screen/"

    refused = desk.post(url, {**{f"{key}-answer": "yes" for key in keys}, "months-answer": "no"})
    assert refused.status_code == 409 and not choice.checks.exists()
    desk.post(url, {**{f"{key}-answer": "yes" for key in keys}, "months-answer": "no", "months-reason": "只有 9 个月"})

    assert dict(choice.checks.values_list("key", "answer")) == {**dict.fromkeys(keys, "yes"), "months": "no"}
    assert "只有 9 个月" in text(desk.get(f"/desk/admissions/choices/{choice.pk}/"))


def test_two_scorers_do_not_see_each_other_before_both_have_sent(client, ana, intake, staff, scorers):
    choice = apply(ana, intake)
    pass_screening(choice, staff)
    page = f"/desk/admissions/choices/{choice.pk}/"
    points = {key: str(value) for key, value in POINTS.items()}

    client.force_login(scorers[0])
    client.post(page + "score/", {**points, "remark": "第一位的评语", "send": ""})
    client.force_login(scorers[1])
    assert "第一位的评语" not in text(client.get(page))
    client.post(page + "score/", {**points, "need": "", "remark": "", "send": ""})
    assert choice.sheets.exclude(sent_at=None).count() == 1
    client.post(page + "score/", {**points, "remark": "", "send": ""})

    assert "第一位的评语" in text(client.get(page))
    choice.refresh_from_db()
    assert choice.score == 66


def test_every_letter_is_read_before_it_goes(desk, intake, ranked):
    url = f"/desk/admissions/intakes/{intake.pk}/decide/"
    chosen = {"verb": "offer", "choice": [choice.pk for choice in ranked[:2]]}

    page = text(desk.post(url, chosen))
    assert "申请人0：" in page and "申请人1：" in page and "申请人2：" not in page
    assert not Letter.objects.filter(kind="offer").exists()

    desk.post(url, {**chosen, "send": ""})
    assert Letter.objects.filter(kind="offer").count() == 2


def test_the_first_of_the_ranking_are_offered_a_seat_and_the_rest_waits(desk, intake, ranked):
    intake.seats = 1
    intake.save()
    url = f"/desk/admissions/intakes/{intake.pk}/decide/"
    page = text(desk.post(url, {"verb": "offer", "first": "1", "by_rank": "1"}))
    assert f'name="choice" value="{ranked[0].pk}"' in page and f'value="{ranked[1].pk}"' not in page

    desk.post(url, {"verb": "offer", "choice": [ranked[0].pk], "send": ""})
    refused = desk.post(url, {"verb": "offer", "choice": [ranked[1].pk], "send": ""})
    assert refused.status_code == 409 and 'class="error-summary"' in text(refused)
    desk.post(url, {"verb": "waitlist", "choice": [ranked[2].pk, ranked[1].pk], "send": ""})

    assert [Choice.objects.get(pk=choice.pk).rank for choice in ranked] == [None, 1, 2]


def test_asking_and_declining_say_what_stands_in_the_letter(desk, ana, ben, intake):
    first, second = apply(ana, intake), apply(ben, intake)
    url = f"/desk/admissions/intakes/{intake.pk}/decide/"

    assert desk.post(url, {"verb": "decline", "choice": first.pk, "send": ""}).status_code == 409
    assert "不在南沙区" in text(desk.post(url, {"verb": "decline", "choice": first.pk, "text": "不在南沙区"}))
    desk.post(url, {"verb": "decline", "choice": first.pk, "text": "不在南沙区", "send": ""})
    desk.post(url, {"verb": "ask", "choice": second.pk, "text": "请补单位证明", "section": "statements", "send": ""})

    assert "不在南沙区" in Letter.objects.get(kind="decline").body
    second.application.refresh_from_db()
    assert second.application.reopened_sections == ["statements"]


def test_staff_cannot_decide_about_another_intakes_choice(desk, ana, intake, parent_intake):
    choice = apply(ana, parent_intake)
    desk.post(
        f"/desk/admissions/intakes/{intake.pk}/decide/",
        {"verb": "decline", "choice": choice.pk, "text": "x", "send": ""},
    )
    choice.refresh_from_db()
    assert choice.state == Choice.State.SUBMITTED


def test_reopening_without_a_letter(desk, ana, intake):
    choice = apply(ana, intake)
    desk.post(f"/desk/admissions/choices/{choice.pk}/reopen/", {"section": ["evidence"], "days": "2"})
    choice.application.refresh_from_db()
    assert choice.application.reopened_sections == ["evidence"]
    assert applying.may_edit(choice.application, "evidence", choice.submitted_at)


@pytest.mark.parametrize("people", [1, 3])
def test_lists_cost_the_same_with_one_application_and_with_three(
    desk, intake, staff, scorers, people, django_assert_num_queries
):
    for n in range(people):
        admit_to_ranking(factories.person(f"applicant-{n}"), intake, staff, scorers)
    with django_assert_num_queries(11):
        desk.get(f"/desk/admissions/intakes/{intake.pk}/")
    with django_assert_num_queries(7):
        desk.get("/desk/admissions/")


@pytest.mark.parametrize("people", [1, 3])
def test_the_scorers_list_costs_the_same(client, intake, staff, scorers, people, django_assert_num_queries):
    for n in range(people):
        pass_screening(apply(factories.person(f"applicant-{n}"), intake), staff)
    client.force_login(scorers[0])
    with django_assert_num_queries(7):
        client.get("/desk/admissions/to-score/")


@pytest.mark.parametrize("hostile", ["²", "9" * 30, "9" * 5000, "nan", "inf", "-1"])
def test_numbers_that_are_none_break_nothing(desk, ranked, intake, hostile):
    decide, reopen = f"/desk/admissions/intakes/{intake.pk}/decide/", "/desk/admissions/choices/{}/reopen/"
    desk.post(decide, {"verb": "offer", "choice": hostile})
    desk.post(decide, {"verb": "offer", "by_rank": "1", "first": hostile})
    answer = desk.post(reopen.format(ranked[0].pk), {"days": hostile})
    ranked[0].application.refresh_from_db()
    assert answer.status_code == 302 and ranked[0].application.reopened_until


def test_what_was_typed_into_refused_checks_is_still_there(desk, ana, intake):
    choice = apply(ana, intake)
    typed = {"complete-answer": "no", "complete-reason": "缺盖章页", "district-answer": "ask", "district-reason": ""}
    answer = desk.post(f"/desk/admissions/choices/{choice.pk}/screen/", {**typed, "months-reason": "再问一次"})
    page = text(answer)
    assert answer.status_code == 409 and not choice.checks.exists()
    assert 'value="缺盖章页"' in page and 'value="再问一次"' in page
    assert 'name="district-answer" value="ask" checked' in page


def test_what_was_typed_into_a_refused_score_is_still_there(client, ana, intake, scorers):
    choice = apply(ana, intake)
    client.force_login(scorers[0])
    typed = {"experience": "99", "need": "7", "remark": "照片看不清"}
    answer = client.post(f"/desk/admissions/choices/{choice.pk}/score/", {**typed, "draft": "1"})
    assert answer.status_code == 409 and not choice.sheets.exists()
    assert "照片看不清" in text(answer) and 'value="7"' in text(answer)


# --- two windows ----------------------------------------------------------------------------------------------------
def test_checks_saved_in_two_windows_do_not_overwrite_each_other_silently(desk, ana, intake):
    choice = apply(ana, intake)
    url = f"/desk/admissions/choices/{choice.pk}/screen/"
    first = {"revision": "0", "months-answer": "no", "months-reason": "只有 9 个月"}
    second = {"revision": "0", "months-answer": "ask", "months-reason": "请补证明"}

    desk.post(url, first)
    answer = desk.post(url, second)

    page = text(answer)
    assert answer.status_code == 409 and "只有 9 个月" in page and 'value="请补证明"' in page
    assert choice.checks.get().reason == "只有 9 个月"
    assert 'name="revision" value="1"' in page
    desk.post(url, second | {"revision": "1"})
    assert choice.checks.get().reason == "请补证明"


def test_the_same_checks_sent_twice_are_no_conflict(desk, ana, intake):
    choice = apply(ana, intake)
    url = f"/desk/admissions/choices/{choice.pk}/screen/"
    for _twice in range(2):
        answer = desk.post(url, {"revision": "0", "months-answer": "no", "months-reason": "只有 9 个月"})
        assert answer.status_code == 302


def test_score_drafts_of_two_windows_do_not_overwrite_each_other_silently(client, ana, intake, scorers):
    choice = apply(ana, intake)
    client.force_login(scorers[0])
    url = f"/desk/admissions/choices/{choice.pk}/score/"

    client.post(url, {"revision": "0", "need": "7", "remark": "写得清楚", "draft": ""})
    answer = client.post(url, {"revision": "0", "need": "3", "remark": "照片看不清", "draft": ""})

    page = text(answer)
    sheet = choice.sheets.get()
    assert answer.status_code == 409 and (sheet.points, sheet.remark, sheet.revision) == ({"need": 7}, "写得清楚", 1)
    assert "写得清楚" in page and "照片看不清" in page and 'value="3"' in page
    client.post(url, {"revision": "1", "need": "3", "remark": "照片看不清", "draft": ""})
    sheet.refresh_from_db()
    assert (sheet.points, sheet.revision) == ({"need": 3}, 2)


def test_what_is_wrong_with_a_score_stands_beside_each_item(client, ana, intake, scorers):
    choice = apply(ana, intake)
    client.force_login(scorers[0])
    url = f"/desk/admissions/choices/{choice.pk}/score/"
    page = text(client.post(url, {"experience": "99", "remark": "", "send": ""}))
    assert 'id="s-experience-error"' in page and 'href="#s-need"' in page


def test_every_check_that_lacks_its_reason_is_named_beside_it(desk, ana, intake):
    choice = apply(ana, intake)
    typed = {"months-answer": "no", "degree-answer": "ask"}
    page = text(desk.post(f"/desk/admissions/choices/{choice.pk}/screen/", typed))
    assert 'id="months-error"' in page and 'id="degree-error"' in page and 'href="#degree-reason"' in page


# --- each intake its own --------------------------------------------------------------------------------------------
def test_staff_of_one_intake_read_no_letter_about_a_choice_of_another(client, ana, intake, parent_intake, staff, now):
    choice = apply(ana, intake, parent_intake)
    other = choice.application.choices.get(intake=parent_intake)
    actions.decline(other, reason="另一方向的原因", by=staff, now=now)
    actions.ask(choice, items="请补单位证明", by=staff, now=now)
    people = {intake: factories.person("one"), parent_intake: factories.person("two")}
    for place, person in people.items():
        factories.grant(person, "staff", intake=place)

    client.force_login(people[intake])
    page = text(client.get(f"/desk/admissions/choices/{choice.pk}/"))
    assert "请补单位证明" in page and "另一方向的原因" not in page
    client.force_login(people[parent_intake])
    page = text(client.get(f"/desk/admissions/choices/{other.pk}/"))
    assert "另一方向的原因" in page and "请补单位证明" not in page
