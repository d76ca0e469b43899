"""Every required quiz is passed; the best attempt counts."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from lms.graduation.criteria import criteria, setting, share
from lms.graduation.required import required_and_done, tally
from lms.verdicts import Verdict


@criteria.register
@dataclass(frozen=True)
class QuizzesPassed:
    key, label = "quizzes_passed", gettext_lazy("Required quizzes")

    minimum: int = setting(
        gettext_lazy("Lowest best result, in per cent"),
        0,
        maximum=100,
        help_text=gettext_lazy("0: the pass mark of each quiz is enough."),
    )

    def gather(self, enrolments):
        required, done = required_and_done(enrolments, "quiz")
        return {enrolment.pk: self._facts(required[enrolment.pk], done[enrolment.pk]) for enrolment in enrolments}

    def _facts(self, required, done):
        found = tally(required, {pk: row for pk, row in done.items() if (row.best_score or 0) >= self.minimum})
        return {
            "required": found.required,
            "passed": len(found.counted),
            "excused": found.excused,
            "missing": found.missing,
            "evidence": found.evidence,
        }

    def check(self, facts):
        if not facts["required"]:
            return Verdict(False, _("No quiz is marked as required yet. The programme staff do that."), facts)
        counted = facts["passed"] + facts["excused"]
        reason = _("%(passed)s of %(needed)s required quizzes passed") % {
            "passed": counted,
            "needed": facts["required"],
        }
        figures = {
            "figure": ngettext("%(n)s quiz", "%(n)s quizzes", counted) % {"n": counted},
            "target": str(facts["required"]),
            "share": share(counted, facts["required"]),
            "left": facts["required"] - counted,
        }
        return Verdict(counted >= facts["required"], reason, facts | figures)

    def todo(self, verdict):
        left = verdict.facts.get("left", 0)
        return ngettext("Pass %(n)s more quiz", "Pass %(n)s more quizzes", left) % {"n": left}

    def url(self, enrolment):
        return reverse("learn:home")
