"""Sending and forgetting as recurring jobs, and what failed on the desk."""

from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lms.desk import queues
from lms.jobs import jobs
from lms.notifications import actions, subscriptions  # noqa: F401  (subscriptions subscribe)
from lms.notifications.models import KEEPERS, Delivery
from lms.programmes.scopes import has_role


class DeliverMessages:
    key = "notifications.deliver"
    every = timedelta(seconds=10)

    def run(self, now):
        return actions.deliver_waiting(now)


class ForgetOldMessages:
    key = "notifications.forget_old"
    every = timedelta(days=1)

    def run(self, now):
        return actions.forget_old(now)


class FailedDeliveries:
    key = "notifications.failed"
    label = _("Messages that could not be delivered")
    order = 80

    def url(self):
        return reverse("desk_inbox:list")

    def count(self, user, now):
        if not has_role(user, KEEPERS, now):
            return None
        return Delivery.objects.visible_to(user, now).failed().count()


jobs.register(DeliverMessages())
jobs.register(ForgetOldMessages())
queues.register(FailedDeliveries())
