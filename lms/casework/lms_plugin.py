"""What casework contributes: the form of case records, what waits at the desk, and who marks (by importing it)."""

from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from assessments.models import Marker
from assessments.submissions import submission_forms
from lms.casework import erasure, markers  # noqa: F401  (markers subscribes)
from lms.casework.models import Case, ServiceTime
from lms.casework.submission_form import CaseRecordForm
from lms.desk import queues
from lms.enrolment.models import Enrolment, Supervision
from lms.jobs import jobs
from lms.programmes.models import Grant
from lms.programmes.scopes import has_role, intakes_for

STAFF = [Grant.Role.STAFF, Grant.Role.DIRECTOR]


def supervises_anybody(user, now):
    return Supervision.objects.active(now).filter(supervisor=user).exists()


class WaitingHours:
    key = "casework.hours"
    label = _("Service hours to confirm")
    order = 30

    def url(self):
        return reverse("desk_casework:hours")

    def count(self, user, now):
        if not supervises_anybody(user, now):
            return None
        return ServiceTime.objects.supervised_by(user, now).waiting().count()


class MyLearners:
    key = "casework.learners"
    label = _("Learners whom you supervise")
    order = 40

    def url(self):
        return reverse("desk_learn:learners") + "?mine=on"

    def count(self, user, now):
        return Supervision.objects.active(now).filter(supervisor=user).count() or None


class WithoutSupervisor:
    key = "casework.without_supervisor"
    label = _("Learners without a supervisor")
    order = 50

    def url(self):
        return reverse("desk_casework:supervision")

    def count(self, user, now):
        if not has_role(user, STAFF, now):
            return None
        mine = Enrolment.objects.active().filter(intake__in=intakes_for(user, STAFF, now).values("pk"))
        return mine.exclude(pk__in=Supervision.objects.active(now).values("enrolment")).count()


class WithoutMarker:
    key = "casework.without_marker"
    label = _("Case records that nobody may mark")
    order = 60

    def url(self):
        return reverse("desk_casework:register") + "?show=unmarked"

    def count(self, user, now):
        if not has_role(user, STAFF, now):
            return None
        waiting = Case.objects.open().registered_for(user, now, STAFF).filter(submission__state="submitted")
        return waiting.exclude(submission__in=Marker.objects.active(now).values("submission")).count()


class KeptLongEnough:
    key = "casework.kept_long_enough"
    label = _("Case texts to erase, or to keep with a reason")
    order = 70

    def url(self):
        return reverse("desk_casework:register") + "?show=kept"

    def count(self, user, now):
        if not has_role(user, [Grant.Role.DIRECTOR], now):
            return None
        return Case.objects.registered_for(user, now, [Grant.Role.DIRECTOR]).kept_long_enough(now).count()


class EmptyWriteAheadLog:
    """So that what an erasure could not take out of SQLite's log leaves it within the hour."""

    key = "casework.empty_write_ahead_log"
    every = timedelta(hours=1)

    def run(self, now):
        erasure.empty_write_ahead_log()
        return 0


submission_forms.register(CaseRecordForm())
jobs.register(EmptyWriteAheadLog())
for queue in (WaitingHours, MyLearners, WithoutSupervisor, WithoutMarker, KeptLongEnough):
    queues.register(queue())
