"""When a decision may be proposed, signed or refused. Values in, verdicts out."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lms.graduation.models import Decision, Signature
from lms.verdicts import YES, Verdict, first_no


def may_propose(*, is_staff, state_is_active, has_open, outcome, verdicts, reason):
    """``verdicts``: that day's lines, as JSON."""
    return first_no(
        Verdict(is_staff, _("Only the programme staff of this intake propose decisions.")),
        Verdict(state_is_active, _("This person is not learning in this intake any more.")),
        Verdict(not has_open, _("A decision is already waiting for signatures.")),
        lambda: meets_policy(verdicts) if outcome == Decision.Outcome.GRADUATE else has_reason(reason),
    )


def meets_policy(verdicts):
    """Every line is met, and there is at least one: an empty policy graduates nobody."""
    if not verdicts:
        return Verdict(False, _("This track has no graduation policy yet."))
    unmet = [str(row["label"]) for row in verdicts if not row["met"]]
    reason = ngettext("%(n)s criterion is not met: %(names)s", "%(n)s criteria are not met: %(names)s", len(unmet))
    return Verdict(not unmet, reason % {"n": len(unmet), "names": ", ".join(unmet)} if unmet else "")


def has_reason(reason):
    return Verdict(bool(reason.strip()), _("Please give the reason."))


def capacity_to_sign(*, capacities, signed, is_proposer, is_learner, is_supervisor, has_signed, is_open, is_learning):
    """Whether and as what a person may sign; the capacity is in ``facts``.

    ``capacities``: the roles this person holds for the intake. ``signed``: the capacities that have signed.
    """
    left = [one for one in Signature.Capacity if one in capacities and one not in signed]
    verdict = first_no(
        Verdict(is_open, _("This decision is closed.")),
        Verdict(is_learning, _("This person has left; nothing is decided unless they are taken back.")),
        Verdict(bool(capacities), _("Only a director and a signatory of a host sign decisions of this intake.")),
        Verdict(not has_signed, _("You have signed this decision; the second signature is another person's.")),
        Verdict(not is_proposer, _("Who proposed a decision does not sign it.")),
        Verdict(not is_learner, _("Nobody signs a decision about themselves.")),
        Verdict(not is_supervisor, _("The learner's supervisor does not sign; please leave it to somebody else.")),
        Verdict(bool(left), _("This signature has been given; the other one is missing.")),
    )
    return Verdict(True, "", {"capacity": left[0]}) if verdict else verdict


def may_refuse(*, may_sign, reason):
    """Who may sign may send back, saying why."""
    return first_no(may_sign, lambda: has_reason(reason))


def may_excuse(*, is_staff, is_required, reason):
    return first_no(
        Verdict(is_staff, _("Only the programme staff of this intake excuse from an activity.")),
        Verdict(is_required, _("This activity is not required in this intake.")),
        lambda: has_reason(reason),
    )


def may_substitute(*, is_staff, is_candidate, reason):
    return first_no(
        Verdict(is_staff, _("Only the programme staff of this intake name a substitute.")),
        Verdict(is_candidate, _("Choose a published activity of the same kind that is not required yet.")),
        lambda: has_reason(reason),
    )


def may_take_away(intakes):
    """A page whose activity these intakes require stays, until their learners are excused or something else counts."""
    if not intakes:
        return YES
    names = ", ".join(str(one) for one in intakes)
    reason = _("Learners must still complete this: %(intakes)s. Excuse them or name a substitute, on the board.")
    return Verdict(False, reason % {"intakes": names}, {"intakes": [one.pk for one in intakes]})
