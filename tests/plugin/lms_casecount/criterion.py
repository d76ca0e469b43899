"""A graduation criterion: so many case records accepted, those on paper included."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from assessments.models import Submission
from lms.graduation.criteria import criteria, setting, share
from lms.verdicts import Verdict
from lms_casecount.models import PaperRecord


@criteria.register
@dataclass(frozen=True)
class CasesAccepted:
    key, label = "casecount_accepted", gettext_lazy("Case records, on paper too")

    minimum: int = setting(gettext_lazy("Number of records"), 3, minimum=1)

    def gather(self, enrolments):
        """(handed in here, on paper) by enrolment id: two queries, however many enrolments."""
        here = Submission.objects.accepted().count_by_enrolment(enrolments, form="case_record")
        paper = PaperRecord.objects.count_by_enrolment(enrolments)
        return {pk: (here[pk], paper[pk]) for pk in here}

    def check(self, facts):
        here, paper = facts
        n = here + paper
        reason = _("%(here)s accepted here and %(paper)s on paper, %(needed)s needed")
        figures = {
            "figure": ngettext("%(n)s record", "%(n)s records", n) % {"n": n},
            "target": str(self.minimum),
            "share": share(n, self.minimum),
        }
        return Verdict(n >= self.minimum, reason % {"here": here, "paper": paper, "needed": self.minimum}, figures)

    def todo(self, verdict):
        return _("Hand in a case record")
