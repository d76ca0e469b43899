"""The verbs of casework in Wagtail's audit log. Entries hold codes and roles, never a word about a child."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

VERBS = {
    "open": (_("Open a case"), _("Opened a case")),
    "record_consent": (_("Record an answer about consent"), _("Recorded an answer about consent")),
    "withdraw_consent": (_("Withdraw consent"), _("Recorded that consent was withdrawn")),
    "confirm_time": (_("Confirm service time"), _("Confirmed service time")),
    "refuse_time": (_("Refuse service time"), _("Refused service time")),
    "allocate": (_("Allocate a case record"), _("Allocated a case record to an instructor")),
    "end_allocation": (_("End an allocation"), _("Ended the allocation of a case record")),
    "hold": (_("Keep from erasure"), _("Put a legal hold on a case")),
    "release": (_("End a legal hold"), _("Ended a legal hold")),
    "erase": (_("Erase a case"), _("Erased a case")),
}


@hooks.register("register_log_actions")
def register_casework_verbs(actions):
    for verb, (label, message) in VERBS.items():
        actions.register_action(f"casework.{verb}", label, message)
