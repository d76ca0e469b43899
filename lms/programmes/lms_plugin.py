"""Grants that run out take with them what they opened; a course's editors get its translations."""

from datetime import timedelta

from django.dispatch import receiver
from wagtail.signals import copy_for_translation_done

from content.models import CoursePage
from lms.jobs import jobs
from lms.programmes import actions, admin_groups


class EndExpiredGrants:
    key = "programmes.end_expired_grants"
    every = timedelta(minutes=1)

    def run(self, now):
        return actions.end_expired_grants(now)


@receiver(copy_for_translation_done)
def let_editors_translate(sender, source_obj, target_obj, **kwargs):
    if isinstance(target_obj, CoursePage):
        admin_groups.allow_translation(source_obj, target_obj)


jobs.register(EndExpiredGrants())
