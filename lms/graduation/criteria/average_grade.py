"""The mean grade of the accepted work of this enrolment is high enough."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from lms.graduation.criteria import criteria, one_decimal, setting, share
from lms.graduation.required import group_of
from lms.verdicts import Verdict


@criteria.register
@dataclass(frozen=True)
class AverageGrade:
    key, label = "average_grade", gettext_lazy("Average grade")

    minimum: int = setting(gettext_lazy("Lowest average of accepted work"), 60, minimum=1, maximum=100)

    def gather(self, enrolments):
        found = group_of(enrolments).accepted
        return {
            one.pk: {"evidence": [work.evidence for work in found[one.pk] if work.grade is not None]}
            for one in enrolments
        }

    def check(self, facts):
        grades = [one["grade"] for one in facts["evidence"]]
        if not grades:
            reason = _("No accepted work yet; the average must be %(needed)s") % {"needed": self.minimum}
            return Verdict(False, reason, facts | {"figure": "–", "target": str(self.minimum), "share": 0})
        mean = sum(grades) / len(grades)
        shown = one_decimal(int(mean * 10))
        reason = ngettext(
            "Average %(mean)s from %(n)s piece of accepted work, %(needed)s needed",
            "Average %(mean)s from %(n)s pieces of accepted work, %(needed)s needed",
            len(grades),
        ) % {"mean": shown, "n": len(grades), "needed": self.minimum}
        figures = {"figure": shown, "target": str(self.minimum), "share": share(mean, self.minimum), "mean": mean}
        return Verdict(mean >= self.minimum, reason, facts | figures)

    def todo(self, verdict):
        return _("Raise your average with the next assignments")

    def url(self, enrolment):
        return reverse("learn:tasks")
