"""Every line of the policy for many enrolments: gathered in bulk, checked purely."""

import json
from collections import defaultdict
from dataclasses import dataclass

from django.conf import settings
from django.db.models import prefetch_related_objects
from django.utils import translation

from lms.graduation.criteria import configured, criteria
from lms.graduation.models import PolicyLine
from lms.graduation.required import Group
from lms.prepared import prepared
from lms.verdicts import Verdict, unavailable


@dataclass(frozen=True)
class CriterionVerdict:
    """One line of the policy for one enrolment: the answer, what to do about it and where."""

    key: str
    label: str
    verdict: Verdict
    todo: str = ""
    url: str = ""

    @property
    def met(self):
        return self.verdict.met

    @property
    def reason(self):
        return self.verdict.reason

    @property
    def facts(self):
        return self.verdict.facts

    def as_json(self):
        """What a decision keeps of it; read by pages under the same names."""
        return {
            "key": self.key,
            "label": str(self.label),
            "met": self.met,
            "reason": str(self.reason),
            "facts": self.facts,
        }


def evaluate(enrolments):
    """The policy's lines by enrolment id, in the policy's order and the reader's language.

    The number of queries depends on the lines, not on the enrolments.
    """
    enrolments = list(enrolments)
    prefetch_related_objects(enrolments, "intake")
    lines = lines_in_force({one.intake_id: one.intake for one in enrolments}.values())
    groups = defaultdict(list)
    for enrolment in enrolments:
        for line in lines[enrolment.intake_id]:
            groups[line].append(enrolment)
    answers = {line: _answer(*line, group) for line, group in zip(groups, _shared(groups.values()), strict=True)}
    return {one.pk: [answers[line][one.pk] for line in lines[one.intake_id]] for one in enrolments}


def _shared(groups):
    """The groups, one object for those of the same enrolments, so that their lines read together."""
    found = {}
    return [found.setdefault(tuple(one.pk for one in group), Group(group)) for group in groups]


def lines_in_force(intakes):
    """(key, settings as JSON text) by intake id: as frozen, or as the track's policy stands while it is not."""
    intakes = list(intakes)
    lines = {one.pk: [_line(row["key"], row["settings"]) for row in one.frozen_policy] for one in intakes}
    open_ones = [one for one in intakes if not one.frozen_at]
    if open_ones:
        by_track = defaultdict(list)
        for track, key, given in _policies(tracks={one.track_id for one in open_ones}):
            by_track[track].append(_line(key, given))
        lines |= {one.pk: by_track[one.track_id] for one in open_ones}
    return lines


@prepared
def _policies(tracks):
    rows = PolicyLine.objects.filter(policy__track__in=tracks).order_by("sort_order", "pk")
    return rows.values_list("policy__track", "key", "settings")


def _line(key, given):
    return key, json.dumps(given, sort_keys=True)


def _answer(key, given, enrolments):
    criterion = configured(key, json.loads(given))
    if criterion is None:
        return {one.pk: CriterionVerdict(key, key, unavailable(key)) for one in enrolments}
    facts = criterion.gather(enrolments)
    return {one.pk: _judged(criterion, one, facts.get(one.pk)) for one in enrolments}


def _judged(criterion, enrolment, facts):
    verdict = criterion.check(facts)
    todo = url = ""
    if not verdict:
        todo = criterion.todo(verdict) if hasattr(criterion, "todo") else criterion.label
        url = criterion.url(enrolment) if hasattr(criterion, "url") else ""
    return CriterionVerdict(criterion.key, criterion.label, verdict, todo, url)


def for_the_record(enrolments):
    """The same as JSON in the site's own language, for a decision to keep."""
    with translation.override(settings.LANGUAGE_CODE):
        return {pk: [row.as_json() for row in rows] for pk, rows in evaluate(enrolments).items()}


def label_of(row):
    """The name of a recorded criterion in the reader's language; as recorded when its plugin is not installed."""
    return getattr(criteria.get(row["key"]), "label", row["label"])
