"""Accepted work of an enrolment, as evidence: code, date, grade. Never its text."""

from dataclasses import dataclass

from django.utils import timezone

from assessments.models import Grade, Submission
from lms.prepared import prepared

COUNTED = [Submission.State.ACCEPTED, Submission.State.ERASED]


@dataclass(frozen=True)
class Work:
    """One accepted submission. ``on``: ISO date; ``text``: the code of its case, or what was asked for."""

    submission: str
    form: str
    text: str
    on: str
    grade: float | None

    @property
    def evidence(self):
        """What a verdict keeps of it."""
        return {"text": self.text, "on": self.on, "grade": self.grade, "submission": self.submission}


def accepted_work(enrolments):
    """Work by enrolment id, oldest first; one query.

    Work that was accepted and later erased by law still counts: its grade and code are all that is left of it.
    """
    scopes = {f"enrolment:{one.pk}": one.pk for one in enrolments}
    found = {pk: {} for pk in scopes.values()}
    for scope, *row in _accepted(scopes=list(scopes)):
        work = _work(*row)
        found[scopes[scope]][work.submission] = work
    return {pk: list(work.values()) for pk, work in found.items()}


@prepared
def _accepted(scopes):
    rows = Grade.objects.filter(
        version__submission__scope__in=scopes,
        version__submission__state__in=COUNTED,
        outcome=Grade.Outcome.ACCEPT,
        released_at__isnull=False,
    )
    return rows.order_by("released_at", "pk").values_list(
        "version__submission__scope",
        "version__submission__uuid",
        "version__submission__form",
        "version__submission__case__code",
        "version__submission__activity__title",
        "released_at",
        "total",
    )


def _work(uuid, form, code, title, released_at, total):
    on = timezone.localdate(released_at).isoformat()
    return Work(str(uuid), form, code or title, on, total)
