"""Screening: eight checks of a choice, what the answers suggest for each, and what staff answer."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
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


@dataclass(frozen=True)
class Row:
    """One check on the screen: its question, what the answers suggest (None: a person must look), what staff said.

    ``typed``: (answer, reason) of a form that was refused, shown again as it was sent.
    """

    key: str
    label: str
    suggestion: Verdict | None
    check: Check | None
    typed: tuple | None = None

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


def rows(choice, typed=None):
    """The eight checks of a choice, in order. ``typed``: {key: (answer, reason)} of a form that was refused."""
    answered = {check.key: check for check in choice.checks.select_related("by", "approved_by")}
    suggested = suggestions(choice)
    typed = typed or {}
    return [Row(key, label, suggested.get(key), answered.get(key), typed.get(key)) for key, label in CHECKS.items()]


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
        "on_time": Verdict(
            bool(accepts(intake, choice.submitted_at)), f"{timezone.localtime(choice.submitted_at):%Y-%m-%d %H:%M:%S}"
        ),
        "district": rules.in_district(towns, form.ELSEWHERE),
        "months": rules.enough_months(application.months or 0),
        "evidence": Verdict(files > 0, _("%(n)s files") % {"n": files}),
        "degree": rules.enough_schooling(application.answers.get("education", {}).get("degree")),
        "duplicate": _duplicates(application),
    }


def form_state(missing):
    if not missing:
        return _("All six parts are complete")
    return _("Not complete yet: %(sections)s.") % {"sections": _(", ").join(map(str, missing))}


def _duplicates(application):
    """Another person's sent application in the same programme with the same mobile number or e-mail."""
    others = Application.objects.filter(programme=application.programme_id).exclude(applicant=application.applicant_id)
    same = others.filter(phone=application.phone) | others.filter(email=application.email)
    numbers = list(same.exclude(submitted_at=None).order_by("number").values_list("number", flat=True)[:3])
    if not numbers:
        return Verdict(True, _("No other application with this number or address"))
    return Verdict(False, _("Same mobile number or e-mail as %(numbers)s") % {"numbers": ", ".join(numbers)})


@transaction.atomic
def screen(choice, answers, *, by, now):
    """Keep the answers {key: (answer, reason)} of staff. A no or an ask needs its reason.

    A yes to a degree below the one required is an exception: it needs a reason, and later a second person.
    """
    choice = Choice.objects.select_for_update(of=("self",)).select_related("application", "intake").get(pk=choice.pk)
    if choice.state not in Choice.DECIDABLE:
        raise Refused(_("This choice is already decided or withdrawn."))
    below = not rules.enough_schooling(choice.application.answers.get("education", {}).get("degree"))
    before = {check.key: check for check in choice.checks.all()}
    for key, (answer, reason) in answers.items():
        exception = key == "degree" and answer == Answer.YES and below
        _require_reason(key, answer, reason, exception)
        earlier = before.get(key)
        if earlier and (earlier.answer, earlier.reason, earlier.exception) == (answer, reason, exception):
            continue
        values = {"answer": answer, "reason": reason, "exception": exception, "by": by, "at": now}
        Check.objects.update_or_create(
            choice=choice, key=key, defaults={**values, "approved_by": None, "approved_at": None}
        )
    log(choice, "admissions.screen", user=by, data={key: answer for key, (answer, _reason) in answers.items()})
    return choice


def _require_reason(key, answer, reason, exception):
    if (answer != Answer.YES or exception) and not reason.strip():
        raise Refused(_("“%(check)s” needs a reason.") % {"check": CHECKS[key]})


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
