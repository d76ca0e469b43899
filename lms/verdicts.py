"""The answer of a rule: met or not, with the reason for the person it concerns."""

from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _


class Refused(Exception):
    """Raised by an action that a rule forbids. ``str()`` is a sentence for the person who asked."""

    def __init__(self, reason, verdict=None):
        super().__init__(reason)
        self.reason = reason
        self.verdict = verdict

    def __str__(self):
        return str(self.reason)

    @property
    def facts(self):
        """Those of the verdict that refused; none when there was no verdict."""
        return {} if self.verdict is None else self.verdict.facts


@dataclass(frozen=True)
class Verdict:
    """``met``: the answer. ``reason``: a sentence. ``facts``: the figures behind it, as JSON."""

    met: bool
    reason: str = ""
    facts: dict = field(default_factory=dict)

    def __bool__(self):
        return self.met

    def require(self):
        """Return self when met; raise Refused with the reason otherwise."""
        if not self.met:
            raise Refused(self.reason, self)
        return self


YES = Verdict(True)


def unavailable(key):
    """The verdict for a rule whose plugin is not installed: never met."""
    return Verdict(False, _("The part “%(key)s” is not installed.") % {"key": key}, {"missing": key})


def first_no(*verdicts):
    """The first verdict that is not met, or YES. Verdicts may be given as functions, asked in turn."""
    for verdict in verdicts:
        verdict = verdict() if callable(verdict) else verdict
        if not verdict:
            return verdict
    return YES
