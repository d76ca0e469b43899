"""The baseline assessment: a quiz that an applicant may open after sending, and what its result does."""

from dataclasses import dataclass

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.models import Attempt
from assessments.quizzes import results as quiz_results
from content.access import access_rules
from content.events import LearningEvent
from content.models import Activity
from lms.admissions import scoring
from lms.admissions.models import Application, Choice
from lms.events import records
from lms.programmes.models import Intake
from lms.verdicts import Verdict

PROFICIENT, COMPETENT = 80, 60
LEVELS = (
    (PROFICIENT, gettext_lazy("proficient"), "ok"),
    (COMPETENT, gettext_lazy("competent"), "note"),
    (0, gettext_lazy("basic"), ""),
)


class BaselineRule:
    """An applicant who has sent an application to an intake of this baseline may open it, once per application.

    Whoever withdrew, or was declined, has nothing left that it could count for.
    """

    key = "admissions.baseline"

    def may_open(self, activity, user, now):
        if activity.kind != "quiz" or not Intake.objects.filter(baseline=activity).exists():
            return None
        application = _applications(activity, user.pk).first()
        if application is None:
            return Verdict(False, _("Send your application first; then you can take the baseline assessment."))
        if not application.choices.running().exists():
            reason = _("This application is over; the baseline assessment would count for nothing.")
            return Verdict(False, reason, {"application": application.number})
        back = reverse("admissions:baseline", args=[application.number])
        return Verdict(True, "", {"scope": scoring.scope(application), "back": back})


def _applications(activity, user_id):
    """This person's applications with a sent choice in an intake of this baseline; those without a result first."""
    chosen = Choice.objects.sent().filter(intake__baseline=activity).values("application")
    return Application.objects.filter(applicant=user_id, pk__in=chosen).order_by(
        F("baseline_attempt").asc(nulls_first=True), "-submitted_at"
    )


@records(LearningEvent)
def count_baseline(event):
    """The points of a baseline enter the score in the transaction that submits it."""
    scope = event.facts.get("scope", "")
    if event.verb != "attempted" or not scope.startswith("application:"):
        return
    application = Application.objects.get(pk=scope.partition(":")[2])
    attempt = scoring.submitted_attempt(application, event.activity_id)
    if attempt:
        scoring.count_baseline(application, attempt)


@dataclass(frozen=True)
class Area:
    """One of the six areas: per cent, and its level in a word. Nobody passes or fails."""

    name: str
    percent: float
    level: str
    kind: str


def areas(attempt: Attempt):
    """The profile of a submitted baseline, area by area."""
    names = quiz_results.area_names(Activity.objects.get(pk=attempt.activity_id))
    return [
        Area(names.get(key, key), percent, *level(percent)) for key, percent in quiz_results.profile(attempt).items()
    ]


def level(percent):
    """(word, kind of tag) for a share in per cent: < 60 basic, 60–79 competent, ≥ 80 proficient."""
    return next((word, kind) for floor, word, kind in LEVELS if percent >= floor)


access_rules.register(BaselineRule())
