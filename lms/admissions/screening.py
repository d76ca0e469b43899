"""Screening: eight checks of a choice, what the answers suggest for each, and what staff answer."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import log

from lms.admissions import form, forms, rules
from lms.admissions.applying import accepts
from lms.admissions.models import Application, Check, Choice
from lms.verdicts import Refused, Verdict

CHECKS = {
    "complete": gettext_lazy("The form is complete"),
    "on_time": gettext_lazy("Sent before closing"),
    "district": gettext_lazy("Worked in the district"),
    "months": gettext_lazy("At least 12 months with children"),
    "evidence": gettext_lazy("Evidence is there"),
    "identifiers": gettext_lazy("No child can be recognised in the evidence"),
    "degree": gettext_lazy("Bachelor, or an exception with a reason"),
    "duplicate": gettext_lazy("No second application (mobile number, e-mail)"),
}
Answer = Check.Answer


class StaleChecks(Refused):
    """Another window saved checks of this choice in between."""

    def __init__(self):
        super().__init__(_("These checks were changed in another window."), Verdict(False))


@dataclass(frozen=True)
class Row:
    """One check on the screen: its question, what the answers suggest (None: a person must look), what staff said.

    ``typed``: (answer, reason) of a form that was not taken, shown again as it was sent, with what is wrong (``error``)
    or with what another window saved meanwhile (``stored``).
    """

    key: str
    label: str
    suggestion: Verdict | None
    check: Check | None
    typed: tuple | None = None
    error: str = ""
    is_stale: bool = False

    @property
    def stored(self):
        """What another window saved, where it differs from what was typed here."""
        kept = (self.check.answer, self.check.reason) if self.check else ("", "")
        return self.check if self.is_stale and self.typed != kept else None

    @property
    def answer(self):
        if self.typed:
            return self.typed[0]
        if self.check:
            return self.check.answer
        if self.suggestion is None or (self.key == "degree" and not self.suggestion):
            return ""
        return Answer.YES if self.suggestion else Answer.NO

    @property
    def reason(self):
        if self.typed:
            return self.typed[1]
        return self.check.reason if self.check else ""


def rows(choice, typed=None, errors=None, is_stale=False):
    """The eight checks of a choice, in order. ``typed``: {key: (answer, reason)} of a form that was not taken."""
    answered = {check.key: check for check in choice.checks.select_related("by", "approved_by")}
    suggested = suggestions(choice)
    typed, errors = typed or {}, errors or {}
    return [
        Row(key, label, suggested.get(key), answered.get(key), typed.get(key), errors.get(key, ""), is_stale)
        for key, label in CHECKS.items()
    ]


def suggestions(choice):
    """What the application itself says about the checks that can be computed."""
    application, intake = choice.application, choice.intake
    files = application.files.present().count()
    today = timezone.localdate(choice.submitted_at)
    missing = [
        one.section.title for one in forms.section_forms(application, today=today, files=files) if not one.is_valid()
    ]
    towns = [row.get("town") for row in application.answers.get("experience", {}).get("rows", [])]
    return {
        "complete": Verdict(not missing, form_state(missing)),
        "on_time": Verdict(bool(accepts(intake, choice.submitted_at)), _to_the_second(choice.submitted_at)),
        "district": rules.in_district(towns, form.ELSEWHERE),
        "months": rules.enough_months(application.months or 0),
        "evidence": Verdict(files > 0, _("%(n)s files") % {"n": files}),
        "degree": rules.enough_schooling(application.answers.get("education", {}).get("degree")),
        "duplicate": _duplicates(application),
    }


def _to_the_second(moment):
    """The server's time of sending; seconds decide at the deadline."""
    moment = timezone.localtime(moment)
    return f"{date_format(moment, 'DATE_FORMAT')} {moment:%H:%M:%S}"


def form_state(missing):
    if not missing:
        return _("All six parts are complete")
    return _("Not complete yet: %(sections)s.") % {"sections": _(", ").join(map(str, missing))}


def _duplicates(application):
    """Another person's sent application in the same programme with the same mobile number or e-mail."""
    others = Application.objects.filter(programme=application.programme_id).exclude(applicant=application.applicant_id)
    same = others.filter(phone=application.phone) | others.filter(email=application.email)
    numbers = list(same.exclude(submitted_at=None).order_by("pk").values_list("number", flat=True)[:3])
    if not numbers:
        return Verdict(True, _("No other application with this number or address"))
    return Verdict(False, _("Same mobile number or e-mail as %(numbers)s") % {"numbers": ", ".join(numbers)})


@transaction.atomic
def screen(choice, answers, *, by, now, revision=None):
    """Keep the answers {key: (answer, reason)} of staff. A no or an ask needs its reason.

    A yes to a degree below the one required is an exception: it needs a reason, and later a second person.
    ``revision``: of the checks that ``by`` looked at; raises StaleChecks when others were saved since. None: whatever
    is stored. Raises Refused with the sentences by check in the fact ``errors``.
    """
    choice = Choice.objects.select_for_update(of=("self",)).select_related("application", "intake").get(pk=choice.pk)
    if choice.state not in Choice.DECIDABLE:
        raise Refused(_("This choice is already decided or withdrawn."))
    before = {check.key: check for check in choice.checks.all()}
    below = not rules.enough_schooling(choice.application.answers.get("education", {}).get("degree"))
    exceptions = {"degree"} if below and answers.get("degree", ("", ""))[0] == Answer.YES else set()
    changed = {key: pair for key, pair in answers.items() if _kept(before.get(key)) != (*pair, key in exceptions)}
    if changed and revision not in (None, choice.screened):
        raise StaleChecks
    _reasons_given(answers, exceptions).require()
    for key, (answer, reason) in changed.items():
        values = {"answer": answer, "reason": reason, "exception": key in exceptions, "by": by, "at": now}
        Check.objects.update_or_create(
            choice=choice, key=key, defaults={**values, "approved_by": None, "approved_at": None}
        )
    choice.screened += 1
    choice.save(update_fields=["screened"])
    log(choice, "admissions.screen", user=by, data={key: answer for key, (answer, _reason) in answers.items()})
    return choice


def _kept(check):
    return (check.answer, check.reason, check.exception) if check else None


def _reasons_given(answers, exceptions):
    """Whether every no, every ask and every exception has its reason; what is missing, by check, in ``errors``."""
    errors = {
        key: _("“%(check)s” needs a reason.") % {"check": CHECKS[key]}
        for key, (answer, reason) in answers.items()
        if (answer != Answer.YES or key in exceptions) and not reason.strip()
    }
    return Verdict(not errors, " ".join(errors.values()), {"errors": errors})


@transaction.atomic
def approve_exception(check, *, by, now):
    """A second person approves an exception; never the one who made it."""
    check = Check.objects.select_for_update(of=("self",)).select_related("choice__application").get(pk=check.pk)
    if not check.exception:
        raise Refused(_("There is no exception to approve."))
    if check.by_id == by.pk:
        raise Refused(_("Another person must approve the exception you made."))
    check.approved_by, check.approved_at = by, now
    check.save(update_fields=["approved_by", "approved_at"])
    log(check.choice, "admissions.approve_exception", user=by)
    return check
