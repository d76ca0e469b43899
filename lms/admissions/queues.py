"""What waits on the desk for admission: choices to screen, to score, to decide. One query each."""

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lms.admissions.models import ADMISSION_ROLES, CHECKS, Choice, ScoreSheet
from lms.programmes.models import Grant
from lms.programmes.scopes import has_role, intakes_for

State = Choice.State


def to_screen(choices, now):
    """Sent, or asked for more and the time is over, and not every check is answered."""
    due = Q(state=State.SUBMITTED) | Q(state=State.ASKED, asked_until__lte=now)
    return choices.with_checks().filter(due, answered__lt=CHECKS)


def to_score(choices, scorer):
    """Screening passed, no score yet, and this scorer's sheet is missing."""
    own = ScoreSheet.objects.filter(choice=OuterRef("pk"), scorer=scorer).exclude(sent_at=None)
    found = choices.with_checks().filter(state__in=Choice.UNDECIDED, passed=CHECKS, score=None)
    return found.filter(~Exists(own))


def to_decide(choices):
    """Screened and scored, or with a no in screening, and not decided."""
    screened = choices.with_checks().filter(state__in=Choice.UNDECIDED, answered=CHECKS)
    return screened.filter(Q(score__isnull=False) | Q(passed__lt=CHECKS))


class ToScreen:
    key, label, order = "admissions.screen", _("Applications to screen"), 30
    roles = ADMISSION_ROLES

    def url(self):
        return reverse("desk_admissions:applications")

    def count(self, user, now):
        if not has_role(user, self.roles, now):
            return None
        return self.waiting(_in_charge(user, self.roles, now), user, now).count()

    def waiting(self, choices, user, now):
        return to_screen(choices, now)


class ToScore(ToScreen):
    key, label, order = "admissions.score", _("Applications to score"), 31
    roles = [Grant.Role.SCORER]

    def url(self):
        return reverse("desk_admissions:to_score")

    def waiting(self, choices, user, now):
        return to_score(choices, user)


class ToDecide(ToScreen):
    key, label, order = "admissions.decide", _("Applications to decide"), 32

    def waiting(self, choices, user, now):
        return to_decide(choices)


def _in_charge(user, roles, now):
    return Choice.objects.filter(intake__in=intakes_for(user, roles, now).values("pk"))
