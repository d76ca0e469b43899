"""Letters: composed from the template in the applicant's language, kept as they were sent, told upward."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format

from lms.admissions import letter_texts, placeholders, rules
from lms.admissions.events import LetterWritten
from lms.admissions.models import Application, Letter, LetterTemplate
from lms.admissions.working_days import add_working_days
from lms.events import publish
from lms.programmes.models import Programme

Kind = LetterTemplate.Kind
REVIEW_DAYS = 5  # working days in which a review can be asked for


@dataclass(frozen=True)
class Draft:
    """A letter as it would be written now: for the preview, and for ``write``."""

    subject: str
    body: str


def ensure_templates(**kwargs):
    """Give every programme the standard text of each letter that it lacks. Called after migration; repeatable."""
    for programme in Programme.objects.all():
        give_templates(programme)


def give_templates(programme):
    """The standard text of every kind and language, for the programme to change; what it has stays. One query."""
    LetterTemplate.objects.bulk_create(
        [
            LetterTemplate(programme=programme, kind=kind, language=language, subject=subject, body=body)
            for kind, language, subject, body in letter_texts.every()
        ],
        ignore_conflicts=True,
    )


def welcome_programme(instance, created, raw, **kwargs):
    """A new programme begins with the standard letters."""
    if created and not raw:
        give_templates(instance)


def write(kind, about, *, now, **details):
    """Write and keep a letter about a choice, or about the whole application, and tell that it was written."""
    application = about if isinstance(about, Application) else about.application
    Application.objects.select_for_update().get(pk=application.pk)  # letters are numbered one after the other
    number = f"{application.number}-{application.letters.count() + 1}"
    draft = compose(kind, about, now=now, number=number, **details)
    letter = Letter.objects.create(
        choice=None if about is application else about,
        application=application,
        kind=kind,
        number=number,
        subject=draft.subject,
        body=draft.body,
        written_at=now,
    )
    publish(LetterWritten(letter.pk))
    return letter


def compose(kind, about, *, now, number="…", texts=None, **details):
    """The letter as it would be sent now, in the applicant's language. Writes nothing.

    ``texts``: what ``texts_of`` gave for the programme, where many letters are composed.
    """
    application = about if isinstance(about, Application) else about.application
    with translation.override(application.applicant.language):
        texts = texts_of(application.programme_id, kind) if texts is None else texts
        subject, body = texts[application.applicant.language]
        values = {**_of_application(application, number, now), **_VALUES[kind](about, now, **details)}
        return Draft(placeholders.fill(subject, values), placeholders.fill(body, values))


def texts_of(programme_id, kind):
    """{language: (subject, body)} of a programme's letter; the standard text where it has none. One query."""
    own = LetterTemplate.objects.filter(programme=programme_id, kind=kind).values_list("language", "subject", "body")
    standard = {language: letter_texts.default(kind, language) for language, _name in settings.LANGUAGES}
    return standard | {language: tuple(text) for language, *text in own}


def _day(value):
    return date_format(timezone.localtime(value) if hasattr(value, "tzinfo") else value, "DATE_FORMAT")


def _moment(value):
    return date_format(timezone.localtime(value), "Y-m-d H:i")


def _of_application(application, number, now):
    return {
        "name": application.applicant,
        "number": number,
        "application": application.number,
        "programme": application.programme,
        "date": _day(now),
        "contact": application.programme.contact,
        "link": settings.SITE_URL + reverse("admissions:application", args=[application.number]),
    }


def _of_choice(choice):
    intake = choice.intake
    return {
        "track": intake.track,
        "cohort": intake.cohort,
        "starts": _day(intake.cohort.starts_on),
        "seats": intake.seats,
    }


def _receipt(application, now, *, accepted, missed, version):
    return {
        "time": _moment(now),
        "tracks": "\n".join(f"{choice.preference}. {choice.intake.track}" for choice in accepted),
        "missed": "\n".join(f"{choice.intake.track}: {reason}" for choice, reason in missed),
        "files": "\n".join(f"{file['name']} · {file['size']} B · {file['sha256'][:16]}" for file in version.files),
    }


def _offer(choice, now, *, deadline):
    return {**_of_choice(choice), "deadline": _moment(deadline)}


def _waitlist(choice, now, *, position):
    return {
        **_of_choice(choice),
        "position": position,
        "valid_until": _day(waiting_list_ends(choice.intake)),
        "days": choice.intake.confirm_days,
    }


def waiting_list_ends(intake):
    """The last date on which a free seat of this intake goes to its waiting list."""
    closes_on = timezone.localdate(intake.closes_at)
    return rules.waiting_list_ends(closes_on=closes_on, starts_on=intake.cohort.starts_on)


def _decline(choice, now, *, reason):
    until = add_working_days(timezone.localdate(now), REVIEW_DAYS)
    return {**_of_choice(choice), "reason": reason, "review_until": _day(until)}


def _ask(choice, now, *, items, deadline):
    return {**_of_choice(choice), "items": items, "deadline": _moment(deadline)}


def _confirmed(choice, now):
    return _of_choice(choice)


_VALUES = {
    Kind.RECEIPT: _receipt,
    Kind.OFFER: _offer,
    Kind.WAITLIST: _waitlist,
    Kind.DECLINE: _decline,
    Kind.ASK: _ask,
    Kind.LAPSE: _offer,
    Kind.CONFIRMED: _confirmed,
}
