"""What admission contributes: evidence as private files, access to the baseline, queues, lapsing offers, letters."""

from datetime import timedelta

from django.apps import apps
from django.db.models.signals import post_migrate, post_save

from lms.admissions import actions, baseline, evidence, leaving, letters, queues  # noqa: F401  (registered so)
from lms.admissions.abandoned import forget_unsent
from lms.desk import queues as desk_queues
from lms.jobs import jobs
from lms.programmes.models import Programme


class LapseOffers:
    """Let overdue offers lapse and the waiting lists move up."""

    key = "admissions.lapse_offers"
    every = timedelta(minutes=1)

    def run(self, now):
        return actions.lapse_offers(now)


class ForgetUnsent:
    """Let go of applications that were never sent."""

    key = "admissions.forget_unsent"
    every = timedelta(days=1)

    def run(self, now):
        return forget_unsent(now)


jobs.register(LapseOffers())
jobs.register(ForgetUnsent())
for queue in (queues.ToScreen, queues.ToScore, queues.ToDecide):
    desk_queues.register(queue())

post_save.connect(letters.welcome_programme, sender=Programme)
post_migrate.connect(letters.ensure_templates, sender=apps.get_app_config("admissions"))
