"""What happens in the editor, followed: activities get their row, and what was kept of courses becomes untrue."""

from functools import partial

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models.signals import post_delete, post_save, pre_save
from django.dispatch import receiver
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from content import marks, rendering
from content.actions import ensure_activity, refile_activities
from content.forms import ALIAS_REFUSED
from content.models import ActivityPage, LessonPage
from media.models import Captions, Document, Image, Media

DRAFT_FIELDS = {
    "draft_title",
    "has_unpublished_changes",
    "latest_revision",
    "latest_revision_created_at",
    "lock",
    "locked",
    "locked_at",
    "locked_by",
    "search_description",
}


@receiver(pre_save)
def refuse_aliases(sender, instance, **kwargs):
    """An alias of an activity would count once for two places; a copy is an activity of its own."""
    if isinstance(instance, ActivityPage) and instance.alias_of_id:
        raise ValidationError(ALIAS_REFUSED)


@receiver(post_save)
def page_saved(sender, instance, update_fields=None, raw=False, **kwargs):
    """Courses have changed, unless only a draft has; an activity has its row from the first draft on."""
    if not isinstance(instance, Page) or raw:
        return
    if update_fields is None or not set(update_fields) <= DRAFT_FIELDS:
        marks.change(marks.COURSES)
        if isinstance(instance, ActivityPage):
            ensure_activity(instance)


@receiver(post_delete)
def page_deleted(sender, instance, **kwargs):
    if isinstance(instance, Page | PageViewRestriction):
        marks.change(marks.COURSES)


@receiver(post_save, sender=PageViewRestriction)
@receiver(page_unpublished)
def access_changed(sender, **kwargs):
    marks.change(marks.COURSES)


@receiver(page_slug_changed)
def address_changed(sender, **kwargs):
    marks.change(marks.COURSES, marks.BODIES)


@receiver([post_save, post_delete], sender=Image)
@receiver([post_save, post_delete], sender=Document)
@receiver([post_save, post_delete], sender=Media)
@receiver([post_save, post_delete], sender=Captions)
def file_changed(sender, **kwargs):
    """Bodies show its name, its size or its address."""
    marks.change(marks.BODIES)


@receiver(post_page_move)
def moved(sender, instance, **kwargs):
    refile_activities(instance)
    marks.change(marks.COURSES, marks.BODIES)


@receiver(page_published)
def published(sender, instance, **kwargs):
    """The body is rendered as soon as the publication is committed, so that no learner waits for it."""
    marks.change(marks.COURSES)
    if isinstance(instance, LessonPage):
        transaction.on_commit(partial(rendering.warm, instance.pk), robust=True)
