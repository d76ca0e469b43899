"""Score sheets: two scorers, a third when they are far apart, and what follows from the sheets and the baseline."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import log

from assessments.models import Attempt
from lms.admissions import rules
from lms.admissions.models import Application, Choice, ScoreSheet
from lms.verdicts import Refused, Verdict


@dataclass(frozen=True)
class Item:
    """Something to give points for. ``case``: counts as case quality, which decides ties."""

    key: str
    label: str
    most: int
    hint: str = ""
    case: bool = False


ITEMS = (  # 85 of 100 points; the baseline assessment gives the other 15 (domain brief, section 3)
    Item("experience", gettext_lazy("Work with children"), 25, gettext_lazy("1–2 years 10, 3–5 years 18, more 25")),
    Item("need", gettext_lazy("Case: why it was needed"), 10, case=True),
    Item("method", gettext_lazy("Case: how it was done"), 10, case=True),
    Item("result", gettext_lazy("Case: result and reflection"), 10, case=True),
    Item(
        "qualification",
        gettext_lazy("Qualifications"),
        15,
        gettext_lazy("Social-work certificate 8, education or psychology 4, training 3"),
    ),
    Item("motivation", gettext_lazy("Motive and plan"), 15),
)


class StaleSheet(Refused):
    """The scorer saved this sheet in another window in between. ``sheet``: as it is stored."""

    def __init__(self, sheet):
        super().__init__(_("This score was changed in another window."), Verdict(False))
        self.sheet = sheet


def baseline_points(percent):
    """Points for the baseline assessment: 15 for 100 per cent, none while it was not taken."""
    return round((percent or 0) * rules.BASELINE_SHARE, 2)


def may_score(choice, scorer):
    """Whether this scorer may still score the choice, with the reason."""
    sheets = list(choice.sheets.exclude(sent_at=None))
    others = [sheet.total for sheet in sheets if sheet.scorer_id != scorer.pk]
    return rules.may_score(state=choice.state, own_sent=len(others) < len(sheets), others=others)


@transaction.atomic
def save_sheet(choice, points, *, remark, scorer, now, send=False, revision=None):
    """Keep the scorer's points {item: points} as a draft, or send them for good when every item has its points.

    ``revision``: of the draft that was on the page; raises StaleSheet when another window saved since. None: whatever
    is stored. Raises Refused with the sentences by item in the fact ``errors``.
    """
    choice = _locked(choice)
    may_score(choice, scorer).require()
    sheet = choice.sheets.filter(scorer=scorer).first() or ScoreSheet(choice=choice, scorer=scorer)
    given = {item.key: points[item.key] for item in ITEMS if points.get(item.key) is not None}
    if revision not in (None, sheet.revision) and (given, remark) != (sheet.points, sheet.remark):
        raise StaleSheet(sheet)
    _complaints(given, complete=send).require()
    sheet.points, sheet.remark, sheet.saved_at, sheet.revision = given, remark, now, sheet.revision + 1
    if send:
        sheet.total, sheet.sent_at = sum(given.values()), now
    sheet.save()
    if send:
        log(choice, "admissions.score", user=scorer)
        settle(choice)
    return sheet


def _locked(choice):
    return (
        Choice.objects.select_for_update(of=("self",)).select_related("application__baseline_attempt").get(pk=choice.pk)
    )


def _complaints(given, *, complete):
    """Whether the points lie in their ranges and, to be sent, are all there; what is wrong, by item, in ``errors``."""
    errors = {}
    for item in ITEMS:
        named = {"item": item.label, "most": item.most}
        if complete and item.key not in given:
            errors[item.key] = _("“%(item)s” has no points yet.") % named
        elif not 0 <= given.get(item.key, 0) <= item.most:
            errors[item.key] = _("“%(item)s”: 0 to %(most)s points.") % named
    return Verdict(not errors, " ".join(errors.values()), {"errors": errors})


def settle(choice):
    """Write the score and the case quality that follow from the sent sheets and the baseline."""
    sheets = list(choice.sheets.exclude(sent_at=None).order_by("sent_at", "pk"))
    settlement = rules.settle([sheet.total for sheet in sheets])
    choice.score = choice.case_quality = None
    if settlement.mean is not None:
        attempt = choice.application.baseline_attempt
        choice.score = settlement.mean + baseline_points(attempt.percent if attempt else 0)
        used = [case_quality(sheets[n].points) for n in settlement.used]
        choice.case_quality = sum(used) / len(used)
    choice.save(update_fields=["score", "case_quality"])


def case_quality(points):
    return sum(points.get(item.key, 0) for item in ITEMS if item.case)


@transaction.atomic
def count_baseline(application, attempt):
    """Link the submitted baseline assessment and let its points enter every score of the application."""
    application = Application.objects.select_for_update().get(pk=application.pk)
    if application.baseline_attempt_id:
        return application
    application.baseline_attempt = attempt
    application.save(update_fields=["baseline_attempt"])
    for choice in application.choices.filter(state__in=Choice.DECIDABLE):
        settle(_locked(choice))
    return application


def scope(application):
    """What baseline attempts are counted under."""
    return f"application:{application.pk}"


def baseline_activity(application):
    """The activity of the application's baseline: that of its first choice that has one, or None. One query.

    Without a result it is asked for only while a choice is running.
    """
    chosen = list(application.choices.sent().select_related("intake__baseline").order_by("preference"))
    is_over = all(choice.state in Choice.OUT for choice in chosen)
    if is_over and not application.baseline_attempt_id:
        return None
    return next((choice.intake.baseline for choice in chosen if choice.intake.baseline_id), None)


def submitted_attempt(application, activity):
    """The submitted attempt at the baseline, or None."""
    found = Attempt.objects.of(activity, application.applicant_id, scope(application)).submitted()
    return found.order_by("number").first()
