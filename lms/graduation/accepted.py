"""Accepted work of an enrolment, as evidence: code, date, grade. Never its text."""

from django.utils import timezone

from assessments.models import Grade, Submission

COUNTED = [Submission.State.ACCEPTED, Submission.State.ERASED]


def accepted_work(enrolments, *, form=None):
    """Evidence by enrolment id, oldest first; one query.

    Work that was accepted and later erased by law still counts: its grade and code are all that is left of it.
    """
    scopes = {f"enrolment:{one.pk}": one.pk for one in enrolments}
    grades = Grade.objects.filter(
        version__submission__scope__in=scopes,
        version__submission__state__in=COUNTED,
        outcome=Grade.Outcome.ACCEPT,
        released_at__isnull=False,
    )
    if form:
        grades = grades.filter(version__submission__form=form)
    found = {pk: {} for pk in scopes.values()}
    for row in grades.order_by("released_at", "pk").values_list(
        "version__submission__scope",
        "version__submission__uuid",
        "version__submission__case__code",
        "version__submission__activity__title",
        "released_at",
        "total",
    ):
        scope, uuid, *rest = row
        found[scopes[scope]][uuid] = _evidence(uuid, *rest)
    return {pk: list(work.values()) for pk, work in found.items()}


def _evidence(uuid, code, title, released_at, total):
    on = timezone.localdate(released_at).isoformat()
    return {"text": code or title, "on": on, "grade": total, "submission": str(uuid)}
