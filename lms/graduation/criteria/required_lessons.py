"""So many per cent of the required lessons are complete."""

from dataclasses import dataclass
from math import ceil

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from lms.graduation.criteria import criteria, setting, share
from lms.graduation.required import required_and_done, tally
from lms.verdicts import Verdict


@criteria.register
@dataclass(frozen=True)
class RequiredLessons:
    key, label = "required_lessons", gettext_lazy("Required lessons")

    share: int = setting(gettext_lazy("Share that must be complete, in per cent"), 100, minimum=1, maximum=100)

    def gather(self, enrolments):
        required, done = required_and_done(enrolments, "lesson")
        return {enrolment.pk: self._facts(required[enrolment.pk], done[enrolment.pk]) for enrolment in enrolments}

    def _facts(self, required, done):
        found = tally(required, done)
        return {
            "required": found.required,
            "done": len(found.counted),
            "minutes": sum(row.minutes for row in found.counted),
            "excused": found.excused,
            "missing": found.missing,
            "evidence": found.evidence,
        }

    def check(self, facts):
        if not facts["required"]:
            return Verdict(False, _("No lesson is marked as required yet. The programme staff do that."), facts)
        needed = ceil(facts["required"] * self.share / 100)
        counted = facts["done"] + facts["excused"]
        reason = _("%(done)s of %(needed)s required lessons complete") % {"done": counted, "needed": needed}
        figures = {
            "figure": ngettext("%(n)s lesson", "%(n)s lessons", counted) % {"n": counted},
            "target": str(needed),
            "share": share(counted, needed),
            "left": max(0, needed - counted),
        }
        return Verdict(counted >= needed, reason, facts | figures)

    def todo(self, verdict):
        left = verdict.facts.get("left", 0)
        return ngettext("Finish %(n)s more lesson", "Finish %(n)s more lessons", left) % {"n": left}

    def url(self, enrolment):
        return reverse("learn:home")
