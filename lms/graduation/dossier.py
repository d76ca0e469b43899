"""One learner's way to graduation as pages show it: the lines, how many are met, the newest decision."""

from dataclasses import dataclass

from assessments.models import Submission
from lms.graduation.evaluation import evaluate
from lms.graduation.models import Decision


@dataclass(frozen=True)
class Dossier:
    """``rows``: live lines, or those a decision kept. ``decision``: open or decided, whichever is newest, or None."""

    enrolment: object
    rows: list
    decision: Decision | None = None

    @property
    def met(self):
        return [row for row in self.rows if is_met(row)]

    @property
    def unmet(self):
        return [row for row in self.rows if not is_met(row)]

    @property
    def percent(self):
        return 100 * len(self.met) // len(self.rows) if self.rows else 0

    @property
    def is_ready(self):
        return bool(self.rows) and not self.unmet


def is_met(row):
    return row["met"] if isinstance(row, dict) else row.met


def dossiers(enrolments):
    """One per enrolment. Where a decision stands, its verdicts are shown, not today's."""
    enrolments = list(enrolments)
    decisions = _standing(enrolments)
    live = evaluate([one for one in enrolments if one.pk not in decisions])
    return [
        Dossier(one, decisions[one.pk].verdicts if one.pk in decisions else live[one.pk], decisions.get(one.pk))
        for one in enrolments
    ]


def _standing(enrolments):
    """The open decision, or that of graduation, by enrolment id. A decided “not yet” stands in nobody's way."""
    rows = Decision.objects.filter(enrolment__in=enrolments, refused_at=None)
    rows = rows.exclude(outcome=Decision.Outcome.NOT_YET, decided_at__isnull=False)
    rows = rows.select_related("proposed_by").prefetch_related("signatures__signer")
    return {one.enrolment_id: one for one in rows.order_by("pk")}


def may_be_opened(rows, user, now):
    """Uuids, as text, of the submissions in the evidence whose text this person may open."""
    facts = (row["facts"] if isinstance(row, dict) else row.facts for row in rows)
    uuids = [one["submission"] for fact in facts for one in fact.get("evidence", ()) if one.get("submission")]
    if not uuids:
        return set()
    visible = Submission.objects.visible_to(user, now).filter(uuid__in=uuids, closed_at=None)
    return {str(uuid) for uuid in visible.values_list("uuid", flat=True)}
