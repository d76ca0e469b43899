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
    """One part of the desk: its namespace, where it begins, and for whom."""

    namespace: str
    view: str
    label: str
    icon: str
    roles: frozenset

    @property
    def url(self):
        try:
            return reverse(f"{self.namespace}:{self.view}")
        except NoReverseMatch:
            return ""


PARTS = (
    Part("desk", "home", _("Desk"), "layout-dashboard", EVERYONE),
    Part(
        "desk_admissions",
        "applications",
        _("Admissions"),
        "funnel",
        frozenset([Role.STAFF, Role.DIRECTOR, Role.SCORER]),
    ),
    Part(
        "desk_assessments",
        "queue",
        _("Marking"),
        "notebook-pen",
        frozenset([Role.INSTRUCTOR, Role.REVIEWER, SUPERVISOR]),
    ),
    Part("desk_learn", "learners", _("Learners"), "users-round", frozenset([Role.STAFF, Role.DIRECTOR, SUPERVISOR])),
    Part("desk_graduation", "board", _("Graduation"), "award", frozenset([Role.STAFF, Role.DIRECTOR, Role.SIGNATORY])),
    Part("desk_credentials", "credentials", _("Credentials"), "shield-check", frozenset([Role.STAFF, Role.DIRECTOR])),
    Part("desk_inbox", "deliveries", _("Deliveries"), "mail", frozenset([Role.STAFF, Role.DIRECTOR])),
    Part("desk_people", "people", _("People"), "key-round", frozenset([Role.STAFF, Role.DIRECTOR])),
)


@register.simple_tag(takes_context=True)
def desk_places(context):
    """(part, is it the current one) for each part that this person's roles open. One query."""
    request = context["request"]
    roles = _roles(request.user, clock.now())
    here = request.resolver_match.namespace if request.resolver_match else ""
    return [(part, part.namespace == here) for part in PARTS if part.roles & roles and part.url]


def _roles(user, now):
    supervised = Supervision.objects.active(now).filter(supervisor=user)
    granted = Grant.objects.active(now).of(user).values_list("role", flat=True)
    supervising = supervised.annotate(role=Value(SUPERVISOR)).values_list("role", flat=True)
    return frozenset(granted.union(supervising))
