"""What an applicant does before the decision: begin, fill in, choose, send; and what staff reopen."""

import hashlib
import json

from django.db import transaction
from django.utils import timezone, translation
from wagtail.log_actions import log

from lms.admissions import form, forms, letters, rules
from lms.admissions.events import ApplicationSent
from lms.admissions.models import Application, ApplicationVersion, Choice, LetterTemplate
from lms.events import publish
from lms.programmes.models import Intake, Programme
from lms.programmes.series import next_number
from lms.texts import can_be_kept
from lms.verdicts import Refused

State = Choice.State


class Stale(Exception):
    """Somebody, mostly the same person in another window, saved this section in the meantime."""

    def __init__(self, application):
        super().__init__("stale revision")
        self.application = application


@transaction.atomic
def start(applicant, programme, intakes, *, now):
    """The applicant's unsent application for the programme, begun now if there is none, with these choices."""
    programme = Programme.objects.select_for_update().get(pk=programme.pk)
    application = Application.objects.filter(applicant=applicant, programme=programme, submitted_at=None).first()
    if application is None:
        application = Application.objects.create(
            applicant=applicant, programme=programme, number=_next_number(now), created_at=now
        )
        application.answers = {
            "person": {"name": applicant.name, "phone": _short(applicant.phone), "email": applicant.email}
        }
        application.save(update_fields=["answers"])
    if not application.choices.exists():
        choose(application, intakes, arrived_at=now)
    return application


def _short(phone):
    """A mainland number as people write it; others with their country code."""
    return (phone or "").removeprefix("+86")


def _next_number(now):
    """SQ-2026-0083: of the year, whatever the programme. Four digits at least; who asks for an order sorts by key."""
    series = f"SQ-{timezone.localtime(now).year}"
    return f"{series}-{next_number(series):04}"


@transaction.atomic
def save_section(application, section, values, *, revision, arrived_at):
    """Keep the values as typed and return the new revision; raise Stale when ``revision`` is not the latest.

    Refuses what is too long to be kept: nothing is cut.
    """
    application = Application.objects.select_for_update().get(pk=application.pk)
    may_edit(application, section, arrived_at).require()
    can_be_kept(values).require()
    if revision != application.revisions.get(section, 0):
        raise Stale(application)
    application.answers[section] = values
    application.revisions[section] = revision + 1
    application.saved_at = arrived_at
    application.save(update_fields=["answers", "revisions", "saved_at"])
    return application


def may_edit(application, section, arrived_at):
    return rules.may_edit(
        section,
        sent=application.is_sent,
        reopened_until=application.reopened_until,
        reopened_sections=application.reopened_sections,
        arrived_at=arrived_at,
    )


@transaction.atomic
def choose(application, intakes, *, arrived_at):
    """Make these intakes the choices of the draft, in this order of preference. Lines that were sent stay as they are.

    An intake that does not take applications now is refused, unless it stands in the draft already: a missed line
    stays visible with its reason.
    """
    application = Application.objects.select_for_update().get(pk=application.pk)
    kept = {choice.intake_id: choice for choice in application.choices.all()}
    sent = [choice for choice in kept.values() if choice.state != State.DRAFT]
    wanted = [intake for intake in intakes if intake.pk not in {choice.intake_id for choice in sent}]
    rules.may_choose(len(sent) + len(wanted)).require()
    for intake in wanted:
        if intake.pk not in kept:
            accepts(intake, arrived_at).require()
    application.choices.filter(state=State.DRAFT).exclude(intake__in=wanted).delete()
    for preference, intake in enumerate(wanted, start=len(sent) + 1):
        Choice.objects.update_or_create(application=application, intake=intake, defaults={"preference": preference})
    return application


def accepts(intake, arrived_at):
    """Whether the intake takes an application that arrived then."""
    return rules.accepts(opens_at=intake.opens_at, closes_at=intake.closes_at, arrived_at=arrived_at)


@transaction.atomic
def send(application, *, key, arrived_at):
    """Send the form with every draft choice whose intake still takes it. The same key again: the same version.

    ``arrived_at`` is when the request came. Raises Refused when a section is incomplete or every intake is closed.
    """
    application = (
        Application.objects.select_for_update(of=("self",))
        .select_related("programme", "applicant")
        .get(pk=application.pk)
    )
    earlier = ApplicationVersion.objects.filter(key=key, application=application).first()
    if earlier:
        return earlier
    if application.is_sent:
        return _send_again(application, key, arrived_at)
    drafts = list(application.choices.filter(state=State.DRAFT).select_related("intake__track"))
    accepted = [choice for choice in drafts if accepts(choice.intake, arrived_at)]
    rules.may_send(missing=_missing(application, arrived_at), accepted=len(accepted)).require()
    version = _keep_version(application, key, arrived_at)
    for choice in accepted:
        _submit(choice, arrived_at)
    missed = [choice for choice in drafts if choice not in accepted]
    _receipt(application, version, accepted, missed, arrived_at)
    return version


def _send_again(application, key, arrived_at):
    """After staff reopened it: keep a new version and bring the choices that were asked back to screening."""
    if application.reopened_until is None:
        raise Refused(
            rules.may_edit("", sent=True, reopened_until=None, reopened_sections=(), arrived_at=arrived_at).reason
        )
    rules.may_edit(
        "", sent=True, reopened_until=application.reopened_until, reopened_sections=[""], arrived_at=arrived_at
    ).require()
    rules.may_send(missing=_missing(application, arrived_at), accepted=1).require()
    version = _keep_version(application, key, arrived_at)
    application.reopened_until, application.reopened_sections = None, []
    application.save(update_fields=["reopened_until", "reopened_sections"])
    asked = list(application.choices.filter(state=State.ASKED))
    for choice in asked:
        choice.state, choice.asked_until = State.SUBMITTED, None
        choice.save(update_fields=["state", "asked_until"])
        choice.checks.filter(answer="ask").delete()
    sent = application.choices.sent().select_related("intake__track")
    _receipt(application, version, list(sent), [], arrived_at)
    return version


@transaction.atomic
def add_choice(application, intake, *, arrived_at):
    """One more track for an application that was sent, while that intake is open. Sent at once, with a receipt."""
    application = (
        Application.objects.select_for_update(of=("self",))
        .select_related("programme", "applicant")
        .get(pk=application.pk)
    )
    accepts(intake, arrived_at).require()
    others = list(application.choices.exclude(intake=intake))
    rules.may_choose(len(others) + 1).require()
    choice, _created = Choice.objects.get_or_create(
        application=application, intake=intake, defaults={"preference": len(others) + 1}
    )
    if choice.state != State.DRAFT:
        return choice
    _submit(choice, arrived_at)
    _receipt(application, application.versions.last(), [choice], [], arrived_at)
    return choice


def _missing(application, arrived_at):
    today = timezone.localdate(arrived_at)
    checked = forms.section_forms(application, today=today, files=application.files.present().count())
    return [one.section.title for one in checked if not one.is_valid()]


def _submit(choice, arrived_at):
    choice.state, choice.submitted_at = State.SUBMITTED, arrived_at
    choice.save(update_fields=["state", "submitted_at"])


def _keep_version(application, key, arrived_at):
    """Freeze what was sent, and take from it what screening and ranking look at."""
    files = [
        {"name": row.file.name, "size": row.file.size, "sha256": row.file.sha256} for row in application.files.present()
    ]
    version = ApplicationVersion.objects.create(
        application=application,
        number=application.versions.count() + 1,
        answers=application.answers,
        files=files,
        sent_at=arrived_at,
        sha256=fingerprint(application.answers, files),
        key=key,
    )
    person = application.answers["person"]
    application.phone, application.email = person["phone"], person["email"].lower()
    application.months = forms.months(application.answers["experience"], timezone.localdate(arrived_at))
    application.submitted_at = application.submitted_at or arrived_at
    application.save(update_fields=["phone", "email", "months", "submitted_at"])
    return version


def fingerprint(answers, files):
    """SHA-256 of the answers and the hashes of the files, the same wherever it is computed."""
    text = json.dumps({"answers": answers, "files": files}, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _receipt(application, version, accepted, missed, arrived_at):
    with translation.override(application.applicant.language):
        refused = [(choice, accepts(choice.intake, arrived_at).reason) for choice in missed]
    letters.write(
        LetterTemplate.Kind.RECEIPT,
        application,
        now=arrived_at,
        accepted=accepted,
        missed=refused,
        version=version,
    )
    log(application, "admissions.send", user=application.applicant, data={"version": version.number})
    publish(ApplicationSent(application.pk, version.pk))


@transaction.atomic
def reopen(application, *, until, by, now, sections=None):
    """Let the applicant change a sent application until then: these sections, or all of them."""
    application = Application.objects.select_for_update(of=("self",)).select_related("programme").get(pk=application.pk)
    keys = [section.key for section in form.sections(application.programme.region)]
    application.reopened_until = until
    application.reopened_sections = [key for key in keys if sections is None or key in sections]
    application.save(update_fields=["reopened_until", "reopened_sections"])
    log(application, "admissions.reopen", user=by, data={"sections": application.reopened_sections})
    return application


def close_when_over(application):
    """What staff reopened is closed again as soon as no choice is running any more: nothing is left to supplement."""
    sent = Application.objects.filter(pk=application.pk).exclude(submitted_at=None)
    if not application.choices.running().exists():
        sent.update(reopened_until=None, reopened_sections=[])


def open_intakes(programme, now):
    """Intakes of the programme that take applications now, in the order of its tracks."""
    return list(
        Intake.objects.open(now).filter(track__programme=programme).select_related("track", "cohort").order_by("track")
    )


def current_application(applicant, programme, now):
    """The one that a visitor of the programme's page means: the draft, else the latest one sent; None: none yet."""
    found = Application.objects.filter(applicant=applicant, programme=programme)
    return found.filter(submitted_at=None).first() or found.order_by("-submitted_at").first()
