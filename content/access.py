"""Who may open an activity. ``content`` knows no learners; the layers above register their rules here."""

from django.utils.translation import gettext_lazy as _

from lms.plugins import Registry
from lms.verdicts import Verdict

access_rules = Registry("content.access_rules")


def may_open(activity, user, now):
    """The verdict for this user: the first rule that allows decides, else the first reason given.

    A rule is an object with a ``key`` and ``may_open(activity, user, now) -> Verdict | None``; None: not my case.
    """
    answers = []
    for rule in access_rules:
        verdict = rule.may_open(activity, user, now)
        if verdict:
            return verdict
        if verdict is not None:
            answers.append(verdict)
    return answers[0] if answers else Verdict(False, _("This is open to learners of the course."))


def which_open(activities, user, now):
    """Ids of the activities that are open to this user."""
    return {activity.pk for activity in activities if may_open(activity, user, now)}
