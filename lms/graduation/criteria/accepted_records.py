"""So many case records of this enrolment are accepted."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from lms.casework.submission_form import CaseRecordForm
from lms.graduation.criteria import criteria, setting, share
from lms.graduation.required import group_of
from lms.verdicts import Verdict


@criteria.register
@dataclass(frozen=True)
class AcceptedRecords:
    key, label = "accepted_records", gettext_lazy("Accepted case records")

    minimum: int = setting(gettext_lazy("Number of records"), 2, minimum=1)

    def gather(self, enrolments):
        found = group_of(enrolments).accepted
        return {
            one.pk: {"evidence": [work.evidence for work in found[one.pk] if work.form == CaseRecordForm.key]}
            for one in enrolments
        }

    def check(self, facts):
        n = len(facts["evidence"])
        reason = _("%(n)s accepted, %(needed)s needed") % {"n": n, "needed": self.minimum}
        figures = {
            "figure": ngettext("%(n)s record", "%(n)s records", n) % {"n": n},
            "target": str(self.minimum),
            "share": share(n, self.minimum),
            "left": max(0, self.minimum - n),
        }
        return Verdict(n >= self.minimum, reason, facts | figures)

    def todo(self, verdict):
        left = verdict.facts["left"]
        return ngettext("Hand in %(n)s more case record", "Hand in %(n)s more case records", left) % {"n": left}

    def url(self, enrolment):
        return reverse("casework:list")
