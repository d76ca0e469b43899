"""So many per cent of the required lessons are complete."""

from dataclasses import dataclass
from math import ceil

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from lms.graduation.criteria import criteria, setting, share
from lms.graduation.required import evidence, required_and_done
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
        counted = [one for one in required if one.activity_id in done]
        return {
            "required": len(required),
            "done": len(counted),
            "minutes": sum(done[one.activity_id].minutes for one in counted),
            "excused": sum(1 for one in required if one.excused and one.activity_id not in done),
            "missing": [one.title for one in required if not one.excused and one.activity_id not in done],
            "evidence": evidence(required, done),
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
