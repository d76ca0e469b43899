"""Who may give which role, where."""

from django.utils.translation import gettext as _

from lms.verdicts import YES, Verdict, first_no

ANYWHERE = frozenset(["programme", "cohort", "intake"])
SCOPES = {  # where a role means something; by default anywhere but in a single course
    "instructor": ANYWHERE | {"course"},
    "reviewer": frozenset(["programme"]),  # one workflow reviews the courses of a programme
}


def may_grant(*, role, scope, user, by, is_director):
    """``scope`` is programme, cohort, intake or course; ``user`` and ``by`` are ids; ``is_director``: of that scope."""
    return first_no(
        Verdict(user != by, _("Nobody grants a role to themselves; ask another director.")),
        lambda: Verdict(is_director, _("You may grant roles only where you are director.")),
        lambda: fits(role=role, scope=scope),
    )


def fits(*, role, scope):
    """Whether the role can be given for this kind of scope."""
    if scope in SCOPES.get(role, ANYWHERE):
        return YES
    return Verdict(False, _("This role is not given for that: choose a programme, a cohort or an intake."))


def may_end(*, user, by, is_director, ended):
    """Whether a grant's end may be set by this person; the same people as may give it."""
    return first_no(
        Verdict(user != by, _("Nobody changes a role of their own; ask another director.")),
        lambda: Verdict(is_director, _("You may grant roles only where you are director.")),
        lambda: Verdict(not ended, _("This role has ended already. Grant it anew.")),
    )
