"""Keeping the Activity row of a page true, and the order in which copies open."""

from django.db import transaction
from wagtail.models import Page

from content.models import Activity, CoursePage, activity_models


def ensure_activity(page):
    """The Activity row of a page, made or brought up to date. Title, minutes and course are the default language's."""
    known = {"kind": page.activity_kind, "title": page.title, "minutes": page.minutes, "course": course_key(page)}
    if page.is_translation:
        return Activity.objects.get_or_create(uuid=page.translation_key, defaults=known)[0]
    return Activity.objects.update_or_create(uuid=page.translation_key, defaults=known)[0]


def course_key(page):
    """The translation key of the course above a page, or None."""
    return CoursePage.objects.ancestor_of(page).values_list("translation_key", flat=True).first()


def refile_activities(page):
    """After a move: every activity at or below the page belongs to the course it now stands in."""
    for model in activity_models():
        for moved in model.objects.descendant_of(page, inclusive=True):
            ensure_activity(moved)


@transaction.atomic
def follow_copy(page, copy):
    """Let each copied activity open after the copy of what its original opens after, in its draft too."""
    keys = dict(zip(_keys_below(page), _keys_below(copy), strict=False))
    for model in activity_models():
        for copied in model.objects.descendant_of(copy, inclusive=True).exclude(after=None):
            copied.after = keys.get(copied.after, copied.after)
            copied.save(update_fields=["after"])
            _follow_in_draft(copied.latest_revision, copied.after)


def _keys_below(page):
    return Page.objects.descendant_of(page, inclusive=True).order_by("path").values_list("translation_key", flat=True)


def _follow_in_draft(revision, after):
    if revision:
        revision.content["after"] = str(after)
        revision.save(update_fields=["content"])
