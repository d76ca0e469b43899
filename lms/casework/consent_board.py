"""Who has agreed to what, as the consent page shows it: one row per purpose, one state per giver."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.casework import rules
from lms.casework.models import Consent

Purpose, Giver = Consent.Purpose, Consent.Giver

HINTS = {
    Purpose.SERVICE: gettext_lazy("without this, the case cannot be recorded here"),
    Purpose.TRAINING: gettext_lazy("your supervisor reads the record, without names"),
    Purpose.EVALUATION: gettext_lazy("somebody else asks, not you"),
    Purpose.PUBLICATION: gettext_lazy("de-identified once more; may be refused without giving a reason"),
}


@dataclass(frozen=True)
class State:
    """``kind``: met, part, late or none, as the style sheet draws it. ``consent``: the valid row behind it, or None."""

    kind: str
    text: str
    on: date | None = None
    consent: Consent | None = None


@dataclass(frozen=True)
class Row:
    purpose: Purpose
    hint: str
    states: list


def rows(case, consents):
    """The board of a case from its consents in order."""
    answers = rules.newest_answers(consents)
    by_duty = any(consent.basis == Consent.Basis.DUTY for consent in consents)
    return [
        Row(purpose, HINTS[purpose], [_guardian(purpose, answers, by_duty), _child(case, purpose, answers, by_duty)])
        for purpose in Purpose
    ]


def open_purposes(consents, giver):
    """The purposes that this giver can still answer: not valid already, not closed by a decision of duty."""
    answers = rules.newest_answers(consents)
    by_duty = any(consent.basis == Consent.Basis.DUTY for consent in consents)
    if by_duty and giver == Giver.GUARDIAN:
        return []
    valid = {purpose for (purpose, by), consent in answers.items() if by == giver and consent.is_valid}
    return [one for one in Purpose if one not in valid and not (by_duty and one == Purpose.PUBLICATION)]


def _guardian(purpose, answers, by_duty):
    consent = answers.get((purpose, Giver.GUARDIAN))
    if by_duty and purpose == Purpose.PUBLICATION:
        return State("none", _("never published"))
    if by_duty and purpose == Purpose.EVALUATION:
        return State("none", _("the guardian is not asked"))
    if consent is None:
        return State("part", _("Guardian: not asked yet"))
    if consent.basis == Consent.Basis.DUTY and consent.is_valid:
        return State("met", _("Decided by the supervisor"), consent.given_on, consent)
    who = consent.get_relation_display() or Giver.GUARDIAN.label
    return _answered(_("Guardian (%(who)s)") % {"who": who}, consent)


def _child(case, purpose, answers, by_duty):
    consent = answers.get((purpose, Giver.CHILD))
    if consent is not None:
        return _answered(_("Child"), consent)
    guardian = answers.get((purpose, Giver.GUARDIAN))
    if (by_duty and purpose == Purpose.PUBLICATION) or (guardian is not None and not guardian.is_valid):
        return State("none", _("Child: need not be asked"))
    if not rules.CHILD_ASKED[case.age_band].needed:
        return State("none", _("Child: under 6, told as far as it understands"))
    return State("part", _("Child: not asked yet"))


def _answered(who, consent):
    if consent.is_valid:
        return State("met", _("%(who)s: agreed") % {"who": who}, consent.given_on, consent)
    if consent.agreed:
        return State("late", _("%(who)s: withdrawn") % {"who": who}, consent.withdrawn_at)
    return State("late", _("%(who)s: does not agree") % {"who": who}, consent.given_on)
