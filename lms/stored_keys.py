"""System checks: keys in the database that no registry knows, because the plugin that registers them is not installed.

They are warnings. Nothing is lost: what is stored under such a key is kept, says that it is not available, and comes
back with the plugin. Blocks in lessons have a check of their own beside them, ``content.checks_at_start``. Checks that
read the database run with ``manage.py migrate`` and ``manage.py check --database default``.
"""

from collections import Counter
from dataclasses import dataclass

from django.core.checks import Tags, Warning, register
from django.db import DatabaseError
from django.db.models import Count

from assessments.questions import question_types
from assessments.questions.models import QuestionVersion
from assessments.submissions import submission_forms
from assessments.submissions.assignments import AssignmentPage
from assessments.submissions.models import Submission
from content.activities import activity_types
from content.models import Activity
from lms.credentials.layouts import certificate_layouts
from lms.credentials.models import Credential
from lms.graduation.criteria import criteria
from lms.graduation.models import PolicyLine
from lms.notifications.channels import channels
from lms.notifications.models import Delivery
from lms.plugins import Registry
from lms.programmes.models import Intake
from media.models import PrivateFile
from media.purposes import file_purposes


@dataclass(frozen=True)
class Column:
    """Where keys of a registry are stored, one a row."""

    model: type
    field: str

    def keys(self):
        """How many rows hold each key."""
        rows = self.model.objects.order_by().values_list(self.field).annotate(Count("pk"))
        return Counter(dict(rows))


class FrozenPolicies:
    """The policies that intakes froze, a list of lines each."""

    model = Intake

    def keys(self):
        return Counter(
            line["key"] for policy in Intake.objects.values_list("frozen_policy", flat=True) for line in policy
        )


@dataclass(frozen=True)
class Kind:
    """One registry, the id of its warning, what its keys name, and where they are stored."""

    id: str
    what: str
    registry: Registry
    places: tuple

    def unknown(self):
        """(place, key, number of rows) of every key that the registry does not know."""
        return [
            (place, key, count)
            for place in self.places
            for key, count in sorted(place.keys().items())
            if key not in self.registry
        ]


KINDS = (
    Kind("content.W002", "activity type", activity_types, (Column(Activity, "kind"),)),
    Kind("assessments.W001", "question type", question_types, (Column(QuestionVersion, "type"),)),
    Kind(
        "assessments.W002",
        "submission form",
        submission_forms,
        (Column(AssignmentPage, "form"), Column(Submission, "form")),
    ),
    Kind("media.W001", "file purpose", file_purposes, (Column(PrivateFile, "purpose"),)),
    Kind("graduation.W001", "criterion", criteria, (Column(PolicyLine, "key"), FrozenPolicies())),
    Kind("credentials.W001", "certificate layout", certificate_layouts, (Column(Credential, "layout"),)),
    Kind("notifications.W001", "channel", channels, (Column(Delivery, "channel"),)),
)


@register(Tags.database)
def known_keys(databases=None, **kwargs):
    """A warning for every stored key that no installed part knows."""
    return [warning for kind in KINDS for warning in _warnings(kind)] if databases else []


def _warnings(kind):
    try:
        unknown = kind.unknown()
    except DatabaseError:  # before the first migration
        return []
    return [
        Warning(
            f"The {kind.what} {key!r} is stored {count} times, and no installed part knows it.",
            hint="Install the plugin that registers it. Until then what they hold is kept and shown as unavailable.",
            obj=place.model,
            id=kind.id,
        )
        for place, key, count in unknown
    ]
