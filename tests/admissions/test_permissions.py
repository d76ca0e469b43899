"""Who sees which application: the applicant's own; staff and scorers of a chosen intake, written down. Others: 404."""

import pytest

from lms.admissions.models import Application, Choice, Letter
from media.models import Opening
from tests import factories
from tests.admissions.stories import answers, apply, evidence_file, fill, pass_screening

CANARY = "七里河畔的金丝雀"


@pytest.fixture
def choice(ana, intake):
    case = {**answers(ana)["evidence"]["rows"][0], "summary": CANARY * 40}
    return apply(ana, intake, evidence={"rows": [case]})


def status(client, user, path, method="get"):
    client.force_login(user)
    return getattr(client, method)(path).status_code


def applicant_pages(application):
    letter = application.letters.get()
    return [
        *(f"/applications/{application.number}/{place}" for place in ("", "check/", "receipt/", "print/", "baseline/")),
        f"/applications/{application.number}/form/evidence/",
        f"/applications/{application.number}/letters/{letter.number}/",
        f"/choices/{application.choices.get().pk}/withdraw/",
    ]


def test_nobody_else_opens_an_applicants_pages(client, choice, ben, staff, scorers, stranger):
    for user in (ben, staff, scorers[0], stranger):
        for page in applicant_pages(choice.application):
            assert status(client, user, page) == 404, (user, page)


def test_pages_of_applicants_ask_who_is_there(client, choice):
    for page in applicant_pages(choice.application):
        assert client.get(page)["Location"].startswith("/accounts/login/")


def test_nobody_else_acts_for_an_applicant(client, choice, ben, parent_intake):
    number = choice.application.number
    for page in (
        f"/applications/{number}/check/",
        f"/applications/{number}/choices/",
        f"/applications/{number}/more/",
        f"/applications/{number}/form/evidence/",
        f"/choices/{choice.pk}/confirm/",
        f"/choices/{choice.pk}/withdraw/",
    ):
        assert status(client, ben, page, "post") == 404, page


def desk_pages(choice):
    return [
        "/desk/admissions/",
        f"/desk/admissions/intakes/{choice.intake_id}/",
        f"/desk/admissions/intakes/{choice.intake_id}/export/",
        f"/desk/admissions/choices/{choice.pk}/",
    ]


def test_staff_read_everything_of_their_programme(client, choice, staff, director):
    for user in (staff, director):
        for page in desk_pages(choice):
            assert status(client, user, page) == 200, page


def test_a_scorer_reads_applications_but_decides_nothing(client, choice, scorers, staff):
    pass_screening(choice, staff)
    scorer = scorers[0]
    assert status(client, scorer, f"/desk/admissions/choices/{choice.pk}/") == 200
    assert status(client, scorer, "/desk/admissions/to-score/") == 200
    assert status(client, scorer, f"/desk/admissions/intakes/{choice.intake_id}/") == 404
    assert status(client, scorer, f"/desk/admissions/intakes/{choice.intake_id}/export/") == 404
    for verb in ("screen", "reopen"):
        assert status(client, scorer, f"/desk/admissions/choices/{choice.pk}/{verb}/", "post") == 404
    assert status(client, scorer, f"/desk/admissions/intakes/{choice.intake_id}/decide/", "post") == 404


def test_a_scorer_of_another_intake_and_everybody_else_get_nothing(client, choice, scorer_elsewhere, stranger, learner):
    for user in (scorer_elsewhere, stranger, learner, choice.application.applicant):
        for page in desk_pages(choice)[1:]:
            assert status(client, user, page) == 404, (user, page)
    assert status(client, stranger, "/desk/admissions/") == 404


def test_nobody_judges_their_own_application(client, intake, staff, scorers):
    factories.grant(scorers[0], "staff", programme=intake.track.programme)
    own = apply(scorers[0], intake)
    assert status(client, scorers[0], f"/desk/admissions/choices/{own.pk}/") == 404
    assert status(client, scorers[0], f"/desk/admissions/choices/{own.pk}/score/", "post") == 404
    assert status(client, staff, f"/desk/admissions/choices/{own.pk}/") == 200


def test_a_draft_is_nobodys_but_the_applicants(client, ana, intake, staff):
    draft = fill(ana, intake).choices.get()
    assert status(client, staff, f"/desk/admissions/choices/{draft.pk}/") == 404
    assert list(Choice.objects.visible_to(ana, draft.application.created_at)) == [draft]


def test_a_revoked_grant_closes_everything_with_the_next_request(client, choice, staff, now):
    page = f"/desk/admissions/choices/{choice.pk}/"
    assert status(client, staff, page) == 200
    staff.grants.update(revoked_at=now)
    assert status(client, staff, page) == 404


def test_reading_an_application_is_written_down_before_it_is_shown(client, choice, staff):
    client.force_login(staff)
    page = client.get(f"/desk/admissions/choices/{choice.pk}/")
    assert CANARY in page.content.decode()
    opening = Opening.objects.get()
    assert (opening.user, opening.kind, opening.reference, opening.capacity) == (
        staff,
        "application",
        choice.application.number,
        "staff",
    )


def test_evidence_opens_for_staff_and_scorers_of_the_intake_and_is_written_down(
    client, choice, staff, scorers, scorer_elsewhere, stranger, ana
):
    file = evidence_file(choice.application, content=b"%PDF-1.7 canary")
    page = f"/files/{file.uuid}/"
    for user, capacity in ((ana, "applicant"), (staff, "staff"), (scorers[0], "scorer")):
        assert status(client, user, page) == 200, user
        assert Opening.objects.filter(user=user, kind="file", capacity=capacity).exists()
    for user in (scorer_elsewhere, stranger):
        assert status(client, user, page) == 404


def test_lists_never_show_what_was_written(client, choice, staff):
    client.force_login(staff)
    for page in ("/desk/admissions/", f"/desk/admissions/intakes/{choice.intake_id}/"):
        assert CANARY not in client.get(page).content.decode()


def test_scorers_do_not_see_how_to_reach_the_applicant(client, choice, scorers, staff, ana):
    phone = answers(ana)["person"]["phone"]
    pages = {}
    for user in (scorers[0], staff):
        client.force_login(user)
        pages[user] = client.get(f"/desk/admissions/choices/{choice.pk}/").content.decode()
    assert phone in pages[staff] and phone not in pages[scorers[0]] and ana.email not in pages[scorers[0]]


def test_querysets_hold_the_same_line(choice, ana, ben, staff, scorers, scorer_elsewhere, now):
    application = choice.application
    for user, sees in ((ana, True), (ben, False), (staff, True), (scorers[0], True), (scorer_elsewhere, False)):
        assert Application.objects.visible_to(user, now).filter(pk=application.pk).exists() is sees
        assert Choice.objects.visible_to(user, now).filter(pk=choice.pk).exists() is sees
    letters = Letter.objects
    assert [letters.visible_to(user, now).exists() for user in (ana, ben, staff, scorers[0])] == [
        True,
        False,
        True,
        False,
    ]
