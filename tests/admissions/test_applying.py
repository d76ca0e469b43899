"""Filling in, choosing and sending, told without pages."""

from datetime import timedelta

import pytest
from django.utils import translation

from lms.admissions import actions, applying, forms
from lms.admissions.models import Application, ApplicationVersion, Choice
from lms.programmes.models import Series
from lms.verdicts import Refused
from media.purposes import file_purposes
from tests import factories
from tests.admissions.stories import answers, apply, fill

State = Choice.State


def test_beginning_twice_is_one_draft(ana, intake, programme, now):
    first = applying.start(ana, programme, [intake], now=now)
    assert applying.start(ana, programme, [intake], now=now) == first
    assert Application.objects.count() == 1
    assert first.number.endswith("-0001")


def test_numbers_go_on_after_9999_and_are_never_the_same_in_two_programmes(ana, ben, intake, now):
    Series.objects.create(code=f"SQ-{now.year}", last=9998)
    elsewhere = factories.programme("elsewhere")
    other = factories.intake("E", programme=elsewhere)

    numbers = [
        applying.start(ana, intake.track.programme, [intake], now=now).number,
        applying.start(ana, elsewhere, [other], now=now).number,
        applying.start(ben, intake.track.programme, [intake], now=now).number,
    ]

    assert numbers == [f"SQ-{now.year}-9999", f"SQ-{now.year}-10000", f"SQ-{now.year}-10001"]
    assert list(Application.objects.order_by("pk").values_list("number", flat=True)) == numbers


def test_a_stale_save_loses_nothing(ana, intake, now):
    application = applying.start(ana, intake.track.programme, [intake], now=now)
    applying.save_section(application, "reasons", {"reason": "一"}, revision=0, arrived_at=now)

    with pytest.raises(applying.Stale):
        applying.save_section(application, "reasons", {"reason": "二"}, revision=0, arrived_at=now)
    applying.save_section(application, "person", {"name": "三"}, revision=0, arrived_at=now)

    application.refresh_from_db()
    assert application.answers["reasons"] == {"reason": "一"}
    assert application.revisions == {"reasons": 1, "person": 1}


def test_choices_are_one_to_three_and_open(ana, intake, parent_intake, now):
    application = applying.start(ana, intake.track.programme, [intake], now=now)
    with pytest.raises(Refused):
        applying.choose(application, [], arrived_at=now)
    closed = factories.intake("C", opens=-9, closes=-1)
    with pytest.raises(Refused):
        applying.choose(application, [intake, closed], arrived_at=now)

    applying.choose(application, [parent_intake, intake], arrived_at=now)

    assert list(application.choices.values_list("preference", "intake")) == [(1, parent_intake.pk), (2, intake.pk)]


def test_sending_keeps_what_was_sent_and_writes_a_receipt(ana, intake, now):
    choice = apply(ana, intake, now=now)

    application, version = choice.application, ApplicationVersion.objects.get()
    assert (choice.state, application.submitted_at, application.months) == (State.SUBMITTED, now, 28)
    assert version.files == [{"name": "活动总结.pdf", "size": 15, "sha256": "9a27f0c1" * 8}]
    assert version.sha256 == applying.fingerprint(application.answers, version.files)
    letter = application.letters.get()
    assert letter.kind == "receipt"
    assert application.number in letter.subject and "9a27f0c1" in letter.body


def test_the_same_key_sends_once(ana, intake, now):
    application = fill(ana, intake)
    first = applying.send(application, key="k", arrived_at=now)
    again = applying.send(application, key="k", arrived_at=now + timedelta(minutes=1))

    assert first == again
    assert application.letters.count() == 1
    with pytest.raises(Refused):
        applying.send(application, key="another", arrived_at=now)


def test_a_missed_line_is_refused_and_the_others_are_sent(ana, intake, parent_intake, now):
    application = fill(ana, parent_intake, intake)
    parent_intake.closes_at = now + timedelta(minutes=5)
    parent_intake.save()

    applying.send(application, key="k", arrived_at=parent_intake.closes_at)

    assert dict(application.choices.values_list("intake", "state")) == {
        parent_intake.pk: State.DRAFT,
        intake.pk: State.SUBMITTED,
    }
    with translation.override(ana.language):
        said = f"{parent_intake.track}: {applying.accepts(parent_intake, parent_intake.closes_at).reason}"
    assert said in application.letters.get().body


def test_nothing_is_sent_when_every_line_is_missed(ana, intake, now):
    application = fill(ana, intake)
    with pytest.raises(Refused):
        applying.send(application, key="k", arrived_at=intake.closes_at)
    application.refresh_from_db()
    assert application.submitted_at is None and not application.letters.exists()


@pytest.mark.parametrize(
    ("section", "field", "value"),
    [
        ("person", "phone", "12345"),
        ("person", "email", "x"),
        ("person", "name", "一"),
        ("education", "degree", ""),
        ("experience", "rows", [{"since": "2024-01", "until": "2024-03", "organisation": "某某", "town": "nansha"}]),
        ("reasons", "reason", "太短"),
        ("evidence", "rows", []),
        ("statements", "true", ""),
        ("statements", "opinion", "contact"),
    ],
)
def test_an_incomplete_form_is_not_sent(ana, intake, now, section, field, value):
    application = fill(ana, intake, **{section: {**answers(ana)[section], field: value}})
    with pytest.raises(Refused):
        applying.send(application, key="k", arrived_at=now)


@pytest.mark.parametrize("phone", ["13800138000", "+85261234567", "+85366123456"])
def test_mobile_numbers_of_the_mainland_hong_kong_and_macao(ana, intake, now, phone):
    application = fill(ana, intake, person={**answers(ana)["person"], "phone": phone})
    applying.send(application, key="k", arrived_at=now)


def test_sent_is_sent_until_staff_reopen_it(ana, intake, staff, now):
    application = apply(ana, intake).application
    with pytest.raises(Refused):
        applying.save_section(application, "reasons", {}, revision=1, arrived_at=now)

    until = now + timedelta(days=3)
    applying.reopen(application, until=until, by=staff, now=now, sections=["evidence"])

    with pytest.raises(Refused):
        applying.save_section(application, "reasons", {}, revision=1, arrived_at=now)
    with pytest.raises(Refused):
        applying.save_section(application, "evidence", {}, revision=1, arrived_at=until)
    applying.save_section(application, "evidence", answers(ana)["evidence"], revision=1, arrived_at=now)
    applying.send(application, key="second", arrived_at=now)

    application.refresh_from_db()
    assert application.reopened_until is None
    assert list(application.versions.values_list("number", flat=True)) == [1, 2]
    with pytest.raises(Refused):
        applying.send(application, key="third", arrived_at=now)


def test_one_more_track_with_the_same_form(ana, intake, parent_intake, now):
    application = apply(ana, intake).application

    added = applying.add_choice(application, parent_intake, arrived_at=now)

    assert (added.state, added.preference) == (State.SUBMITTED, 2)
    assert applying.add_choice(application, parent_intake, arrived_at=now) == added
    assert application.letters.count() == 2
    with pytest.raises(Refused):
        applying.add_choice(application, factories.intake("C", opens=-9, closes=-1), arrived_at=now)


def test_towns_follow_the_region():
    assert len(forms.data.sections("XX")[0].fields[-1].choices) == 2
    assert len(forms.data.sections("NS")[0].fields[-1].choices) == 10


def test_evidence_that_was_still_coming_in_when_the_form_was_sent_is_not_kept(ana, intake, now):
    draft = fill(ana, intake)
    kept = draft.files.get().file
    applying.send(draft, key="once", arrived_at=now)
    with pytest.raises(Refused):
        file_purposes["evidence"].received(kept, draft.number, ana, now)
    assert draft.files.count() == 1


def test_what_was_reopened_closes_with_the_last_choice(ana, intake, parent_intake, staff, now):
    choice = apply(ana, intake, parent_intake)
    other = choice.application.choices.get(intake=parent_intake)
    actions.ask(choice, items="请补单位证明", by=staff, now=now)
    actions.withdraw(choice, by=ana, now=now)
    choice.application.refresh_from_db()
    assert applying.may_edit(choice.application, "evidence", now)

    actions.withdraw(other, by=ana, now=now)

    choice.application.refresh_from_db()
    assert not applying.may_edit(choice.application, "evidence", now)
