"""What assignments contribute: the plain forms, the purpose of their files, the activity type, the marker's queue."""

from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from assessments.grading.work import waiting_for
from assessments.submissions import files, plain_forms  # noqa: F401  registered by being imported
from assessments.submissions.abandoned import forget_abandoned
from assessments.submissions.models import Marker
from content.activities import activity_types
from lms.desk import queues
from lms.jobs import jobs


@activity_types.register
class AssignmentActivity:
    """Complete when accepted."""

    key, label, icon = "assignment", _("Assignment"), "notebook-pen"

    @staticmethod
    def url(activity):
        return reverse("assessments:assignment", args=[activity.uuid])

    @staticmethod
    def is_complete(records):
        return any(record.verb == "accepted" for record in records)


@queues.register
class ToMark:
    """Submissions that wait for this marker; None for who was never made one."""

    key, label, order = "to_mark", _("Work to mark"), 20

    @staticmethod
    def url():
        return reverse("desk_assessments:queue")

    @staticmethod
    def count(user, now):
        waiting = waiting_for(user, now).count()
        return waiting if waiting or Marker.objects.filter(user=user).exists() else None


@jobs.register
class ForgetAbandonedDrafts:
    key = "assessments_abandoned_drafts"
    every = timedelta(days=1)

    @staticmethod
    def run(now):
        return forget_abandoned(now)
