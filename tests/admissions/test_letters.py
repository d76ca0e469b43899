"""Letters: in the applicant's language, from templates that staff may change, kept as sent."""

import pytest
from django.core.exceptions import ValidationError

from lms.admissions import actions, letters
from lms.admissions.models import Letter, LetterTemplate
from lms.events import _records
from tests import factories
from tests.admissions.stories import admit_to_ranking, apply


def template(kind, language="zh-hans"):
    return LetterTemplate.objects.get(kind=kind, language=language)


def texts_of(programme):
    return set(programme.letter_templates.values_list("kind", "language"))


EVERY = {(kind, language) for kind in LetterTemplate.Kind.values for language in ("zh-hans", "en")}


def test_a_new_programme_begins_with_every_text_in_both_languages(programme):
    assert texts_of(programme) == EVERY


def test_a_text_that_a_programme_lacks_comes_with_the_next_migration_and_others_stay(programme):
    programme.letter_templates.filter(kind="offer").delete()
    programme.letter_templates.update(body="改过了")

    letters.ensure_templates()

    assert texts_of(programme) == EVERY
    assert set(programme.letter_templates.exclude(kind="offer").values_list("body", flat=True)) == {"改过了"}


def test_each_programme_has_letters_of_its_own(ana, intake, programme):
    factories.programme("elsewhere").letter_templates.update(body="别的项目的信")
    programme.letter_templates.update(body="本项目的信")
    assert apply(ana, intake).application.letters.get().body == "本项目的信"


def test_without_a_text_of_its_own_a_programme_sends_the_standard_letter(ana, intake, programme):
    programme.letter_templates.all().delete()
    assert "安娜" in apply(ana, intake).application.letters.get().body


def test_the_default_texts_use_only_placeholders_they_can_fill(programme):
    for found in LetterTemplate.objects.all():
        found.full_clean()


def test_an_unknown_placeholder_is_refused_by_name(programme):
    offer = template("offer")
    offer.body = "{name} {score}"
    with pytest.raises(ValidationError, match=r"\{score\}") as refusal:
        offer.full_clean()
    assert list(refusal.value.message_dict) == ["body"]


def test_a_changed_template_changes_the_next_letter_and_not_the_last(ana, intake, staff, scorers, now):
    choice = admit_to_ranking(ana, intake, staff, scorers)
    sent = Letter.objects.get(kind="receipt")
    before = sent.body
    LetterTemplate.objects.filter(kind="receipt").update(body="改过了")
    LetterTemplate.objects.filter(kind="offer", language="zh-hans").update(
        subject="录取 {name}", body="{deadline}前确认"
    )

    actions.offer(choice, by=staff, now=now)

    sent.refresh_from_db()
    assert sent.body == before
    offer = Letter.objects.get(kind="offer")
    assert offer.subject == "录取 安娜" and offer.body.endswith("前确认")


def test_letters_come_in_the_applicants_language(ana, intake):
    ana.language = "en"
    ana.save()
    assert apply(ana, intake).application.letters.get().body.startswith("Dear 安娜")


def test_letters_are_numbered_and_told_upward(ana, intake, parent_intake, staff, now):
    told = []
    _records[letters.LetterWritten].append(told.append)
    try:
        choice = apply(ana, intake, parent_intake)
        actions.decline(choice, reason="不符合", by=staff, now=now)
    finally:
        _records[letters.LetterWritten].remove(told.append)

    written = list(Letter.objects.order_by("pk"))
    assert [letter.number.rsplit("-", 1)[1] for letter in written] == ["1", "2"]
    assert [event.letter_id for event in told] == [letter.pk for letter in written]


def test_no_letter_tells_another_persons_score(ana, ben, intake, staff, scorers, now):
    first = admit_to_ranking(ana, intake, staff, scorers, motivation=15)
    second = admit_to_ranking(ben, intake, staff, scorers)
    actions.waitlist(first, by=staff, now=now)
    actions.waitlist(second, by=staff, now=now)

    texts = " ".join(Letter.objects.values_list("body", flat=True))
    assert "69" not in Letter.objects.get(choice=second).body
    assert "66" not in Letter.objects.get(choice=first).body
    assert ana.name not in Letter.objects.get(choice=second).body and texts
