"""Sending as a recurring job, and the failed ones on the desk."""

from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lms.desk import queues
from lms.jobs import jobs
from lms.notifications import actions, subscriptions  # noqa: F401
from lms.notifications.models import Delivery
from lms.programmes.models import Grant
from lms.programmes.scopes import has_role


class DeliverMessages:
    key = "notifications.deliver"
    every = timedelta(seconds=10)

    def run(self, now):
        return actions.deliver_waiting(now)


class FailedDeliveries:
    key = "notifications.failed"
    label = _("Messages that could not be delivered")
    order = 80

    def url(self):
        return reverse("desk_inbox:list")

    def count(self, user, now):
        if not has_role(user, [Grant.Role.STAFF], now):
            return None
        return Delivery.objects.filter(state=Delivery.State.FAILED).count()


jobs.register(DeliverMessages())
queues.register(FailedDeliveries())
