"""May this be opened, may this be finished, what comes next. Values in, verdict out."""

from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lms.enrolment.rules import may_change
from lms.verdicts import YES, Verdict

BEIJING = ZoneInfo("Asia/Shanghai")
READING_STATES = ("active", "graduated")


def in_words(moment):
    """28 Nov 18:00 (Beijing time): a moment in a sentence that may be read far from its page."""
    local = moment.astimezone(BEIJING)
    # Translators: a date format of Django's, for Chinese n 月 j 日 H:i
    return _("%(moment)s (Beijing time)") % {"moment": date_format(local, _("j M Y H:i"))}


def enrolled(standings):
    """Which enrolment opens the course: the active one, else the one that was graduated. ``standings`` as in access.

    Met with the facts that attempts and submissions are booked under: ``scope`` and ``enrolment``. Whoever left is told
    so, in the words of the rule that keeps them from changing anything (``lms.enrolment.rules``).
    """
    reading = [row for row in standings if row.state in READING_STATES]
    if reading:
        own = min(reading, key=lambda row: (READING_STATES.index(row.state), row.enrolment))
        return Verdict(True, "", {"scope": scope_of(own.intake), "enrolment": own.enrolment})
    if standings:
        return may_change(standings[-1].state)
    return Verdict(False, _("This course is open to learners of its track."))


def scope_of(intake):
    """What attempts of this intake (its id) are counted under."""
    return f"intake:{intake}"


def opened(opens_at, now):
    """Whether a moment of opening has come; nothing set is open."""
    if opens_at is None or opens_at <= now:
        return YES
    return Verdict(False, _("Opens on %(at)s.") % {"at": in_words(opens_at)}, {"opens_at": opens_at.isoformat()})


def after(title, is_complete):
    """Whether the activity that has to come first is complete. ``title`` is empty when there is none."""
    if not title or is_complete:
        return YES
    return Verdict(False, _("Opens when “%(title)s” is complete.") % {"title": title}, {"after": title})


def may_finish(required, answered):
    """Whether every required check-yourself item (a collection of keys) has an answer."""
    open_items = len(set(required) - set(answered))
    if not open_items:
        return YES
    reason = ngettext(
        "%(n)s question in the text is still to be answered.",
        "%(n)s questions in the text are still to be answered.",
        open_items,
    ) % {"n": open_items}
    return Verdict(False, reason, {"open": open_items})


def completed_at(records, is_complete):
    """When the records (in order) first made the activity complete; None when, all in all, they do not."""
    if not is_complete(records):
        return None
    return next(records[n - 1].at for n in range(1, len(records) + 1) if is_complete(records[:n]))


def percent(done, of):
    """A share in whole per cent, never 100 before all is done."""
    return done * 100 // of if of else 0


def only_learners():
    """Said to those who may read a lesson without being its learner."""
    return _("You can read this, but only learners of the track can complete it.")
