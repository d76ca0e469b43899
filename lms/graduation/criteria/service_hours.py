"""So many confirmed hours of service, of which at least a share with children and families themselves."""

from dataclasses import dataclass

from django.db.models import Max, Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.casework.counting import Counted
from lms.casework.models import ServiceTime
from lms.graduation.criteria import criteria, one_decimal, setting, share
from lms.prepared import prepared
from lms.verdicts import Verdict


@criteria.register
@dataclass(frozen=True)
class ServiceHours:
    """Other service counts only as far as the share allows, so the share is kept without a second condition."""

    key, label = "service_hours", gettext_lazy("Confirmed service hours")

    minimum: int = setting(gettext_lazy("Hours"), 60, minimum=1)
    direct: int = setting(gettext_lazy("Least share of direct service, in per cent"), 70, minimum=1, maximum=100)

    @property
    def indirect(self):
        """The highest share of other service, in per cent."""
        return 100 - self.direct

    def gather(self, enrolments):
        facts = {enrolment.pk: {"direct": 0, "other": 0, "evidence": []} for enrolment in enrolments}
        for enrolment, kind, minutes, last in _confirmed(enrolments=list(facts)):
            mine = facts[enrolment]
            mine["direct" if kind in ServiceTime.DIRECT else "other"] += minutes
            mine["evidence"].append({"kind": kind, "minutes": minutes, "on": last.isoformat()})
        return facts

    def check(self, facts):
        counted = Counted(facts["direct"], facts["other"], self.indirect)
        total, target = counted.total, self.minimum * 60
        reason = _("%(total)s of %(needed)s h: %(direct)s h direct, and %(counted)s of %(other)s h other service") % {
            "total": in_hours(total),
            "needed": self.minimum,
            "direct": in_hours(facts["direct"]),
            "counted": in_hours(counted.indirect_counted),
            "other": in_hours(facts["other"]),
        }
        figures = {
            "figure": _("%(hours)s h") % {"hours": in_hours(total)},
            "target": str(self.minimum),
            "share": share(total, target),
            "minutes": total,
            "left": max(0, target - total),
            "evidence": [self._in_words(one) for one in facts["evidence"]],
        }
        return Verdict(total >= target, reason, facts | figures)

    def _in_words(self, one):
        kind, hours = ServiceTime.Kind(one["kind"]).label, in_hours(one["minutes"])
        return {"text": _("%(kind)s, %(hours)s h") % {"kind": kind, "hours": hours}, "on": one["on"]}

    def todo(self, verdict):
        left = in_hours(verdict.facts["left"], up=True)
        return _("Serve %(hours)s more hours") % {"hours": left}

    def url(self, enrolment):
        return reverse("casework:hours")


@prepared
def _confirmed(enrolments):
    rows = ServiceTime.objects.confirmed().filter(enrolment__in=enrolments).values("enrolment", "kind").order_by("kind")
    return rows.annotate(total=Sum("minutes"), last=Max("date")).values_list("enrolment", "kind", "total", "last")


def in_hours(minutes, *, up=False):
    """Minutes as hours with at most one decimal; what was done is never rounded up, what is missing never down."""
    return one_decimal(-(-minutes // 6) if up else minutes // 6)
