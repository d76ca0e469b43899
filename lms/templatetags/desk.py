"""The rail of the staff desk: ``{% desk_places as places %}`` gives the parts that this person may enter."""

from dataclasses import dataclass

from django import template
from django.db.models import Value
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from lms import clock
from lms.enrolment.models import Supervision
from lms.programmes.models import Grant

register = template.Library()

Role = Grant.Role
SUPERVISOR = "supervisor"
EVERYONE = frozenset([*Grant.DESK, SUPERVISOR])


@dataclass(frozen=True)
class Part:
    """One part of the desk: where it begins, and for whom."""

    view: str
    label: str
    icon: str
    roles: frozenset

    @property
    def url(self):
        try:
            return reverse(self.view)
        except NoReverseMatch:
            return ""


OFFICE = frozenset([Role.STAFF, Role.DIRECTOR])
MARKERS = frozenset([Role.INSTRUCTOR, Role.REVIEWER, SUPERVISOR])

PARTS = (
    Part("desk:home", _("Desk"), "layout-dashboard", EVERYONE),
    Part("desk_admissions:applications", _("Admissions"), "funnel", OFFICE),
    Part("desk_admissions:to_score", _("Scoring"), "list-checks", frozenset([Role.SCORER])),
    Part("desk_assessments:queue", _("Marking"), "notebook-pen", MARKERS),
    Part("desk_assessments:quizzes", _("Quizzes"), "chart-column", frozenset([Role.INSTRUCTOR])),
    Part("desk_learn:learners", _("Learners"), "users-round", OFFICE | {Role.SIGNATORY, SUPERVISOR}),
    Part("desk_casework:hours", _("Service time"), "clock", frozenset([SUPERVISOR])),
    Part("desk_casework:supervision", _("Supervision"), "heart-handshake", OFFICE),
    Part("desk_casework:register", _("Register of cases"), "file-text", OFFICE),
    Part("desk_graduation:board", _("Graduation"), "award", OFFICE | {Role.SIGNATORY}),
    Part("desk_credentials:credentials", _("Certificates"), "shield-check", OFFICE),
    Part("desk_inbox:list", _("Messages on their way"), "mail", OFFICE),
)


@register.simple_tag(takes_context=True)
def desk_places(context):
    """(part, is it the current one) for each part that this person's roles open. One query."""
    request = context["request"]
    roles = _roles(request.user, clock.now())
    parts = [part for part in PARTS if part.roles & roles and part.url]
    here = max((part.url for part in parts if request.path.startswith(part.url)), key=len, default="")
    return [(part, part.url == here) for part in parts]


def _roles(user, now):
    supervised = Supervision.objects.active(now).filter(supervisor=user)
    granted = Grant.objects.active(now).of(user).values_list("role", flat=True)
    supervising = supervised.annotate(role=Value(SUPERVISOR)).values_list("role", flat=True)
    return frozenset(granted.union(supervising))
