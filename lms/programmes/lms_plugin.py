"""Grants that run out take with them what they opened; a course's editors get its translations, its instructors see how
their learners did."""

from datetime import timedelta

from django.dispatch import receiver
from wagtail.signals import copy_for_translation_done

from assessments.quizzes import attempt_readers
from content.models import CoursePage
from lms.jobs import jobs
from lms.programmes import actions, admin_groups
from lms.programmes.attempt_readers import Instructors


class EndExpiredGrants:
    key = "programmes.end_expired_grants"
    every = timedelta(minutes=1)

    def run(self, now):
        return actions.end_expired_grants(now)


@receiver(copy_for_translation_done)
def let_editors_translate(sender, source_obj, target_obj, **kwargs):
    if isinstance(target_obj, CoursePage):
        admin_groups.allow_translation(source_obj, target_obj)


attempt_readers.register(Instructors)
jobs.register(EndExpiredGrants())
