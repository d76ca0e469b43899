"""What waits on the desk: learners who meet everything, and decisions to sign."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lms.desk import queues
from lms.enrolment.models import Enrolment
from lms.graduation.evaluation import evaluate
from lms.graduation.models import Decision, Signature
from lms.programmes.models import Grant
from lms.programmes.scopes import has_role, intakes_for

CLOSING = timedelta(days=60)  # before the end of a cohort its learners begin to be proposed


@queues.register
class ToPropose:
    key, label, order = "graduation_propose", _("Learners who can be proposed for graduation"), 60

    @staticmethod
    def url():
        return reverse("desk_graduation:board")

    @staticmethod
    def count(user, now):
        if not has_role(user, [Grant.Role.STAFF], now):
            return None
        return len(ready_to_propose(intakes_for(user, [Grant.Role.STAFF], now), now))


@queues.register
class ToSign:
    key, label, order = "graduation_sign", _("Graduation decisions to sign"), 20

    @staticmethod
    def url():
        return reverse("desk_graduation:board")

    @staticmethod
    def count(user, now):
        if not has_role(user, list(Signature.Capacity), now):
            return None
        return Decision.objects.waiting_for(user, now).count()


def ready_to_propose(intakes, now):
    """Active enrolments of cohorts near their end or past it that meet every line and have no open decision."""
    soon = timezone.localdate(now) + CLOSING
    learning = Enrolment.objects.active().filter(intake__in=intakes, intake__cohort__ends_on__lte=soon)
    learning = learning.exclude(pk__in=Decision.objects.open().values("enrolment")).select_related("intake")
    rows = evaluate(learning)
    return [pk for pk, lines in rows.items() if lines and all(line.met for line in lines)]
