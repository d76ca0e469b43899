"""What there is to learn: courses, modules, lessons, and the activities that can count."""

import uuid

from django.conf import settings
from django.db import models
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import TaggedItemBase
from wagtail.admin.panels import MultiFieldPanel
from wagtail.models import Page
from wagtail.search import index

from content.access import may_open
from content.fields import LessonField
from content.forms import ActivityForm, ContentForm, CopyAsNew
from lms import clock


class Activity(models.Model):
    """Anything that can count. Records point here, so nothing is lost when a page or a plugin leaves.

    The uuid of a page's activity is the page's ``translation_key``: the same for its translations, new for copies.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=40)
    title = models.CharField(_("title"), max_length=255)
    minutes = models.PositiveIntegerField(_("minutes"), default=0)
    course = models.UUIDField(null=True, blank=True, db_index=True, help_text="translation_key of its course")

    class Meta:
        verbose_name = _("learning activity")
        verbose_name_plural = _("learning activities")

    def __str__(self):
        return self.title


class SharedAddress:
    """A page in another language has the address of its source: the reader's language decides which is shown."""

    @property
    def is_translation(self):
        return self.locale.language_code != settings.LANGUAGE_CODE

    def source(self):
        """The page in the default language; the page itself when it has none there."""
        if not self.is_translation:
            return self
        found = type(self).objects.filter(
            translation_key=self.translation_key, locale__language_code=settings.LANGUAGE_CODE
        )
        return found.first() or self

    def get_url_parts(self, request=None):
        source = self.source()
        return super().get_url_parts(request) if source.pk == self.pk else source.get_url_parts(request)


class CoursesPage(SharedAddress, Page):
    """The list of courses, and the root of the site's page tree."""

    intro = models.TextField(_("introduction"), blank=True)

    max_count_per_parent = 1
    subpage_types = ["content.CoursePage"]
    content_panels = [*Page.content_panels, "intro"]

    class Meta:
        verbose_name = _("list of courses")
        verbose_name_plural = _("lists of courses")


class CourseTag(TaggedItemBase):
    content_object = ParentalKey("content.CoursePage", on_delete=models.CASCADE, related_name="tagged_items")


class CoursePage(SharedAddress, Page):
    """A course: modules of lessons, quizzes and assignments."""

    summary = models.TextField(_("summary"), blank=True)
    cover = models.ForeignKey(
        "media.Image", verbose_name=_("cover"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    listed = models.BooleanField(
        _("listed"), default=True, help_text=_("Show this course in the public list of courses.")
    )
    tags = ClusterTaggableManager(through=CourseTag, blank=True)

    parent_page_types = ["content.CoursesPage"]
    subpage_types = ["content.ModulePage"]
    base_form_class = ContentForm
    copy_form_class = CopyAsNew
    content_panels = [*Page.content_panels, "summary", "cover", "tags"]
    promote_panels = [*Page.promote_panels, "listed"]
    search_fields = [*Page.search_fields, index.SearchField("summary"), index.FilterField("listed")]

    class Meta:
        verbose_name = _("course")
        verbose_name_plural = _("courses")


class ModulePage(SharedAddress, Page):
    """A part of a course. What stands under it, stands in this order."""

    intro = models.TextField(_("introduction"), blank=True)
    opens_at = models.DateTimeField(_("opens at"), null=True, blank=True)

    parent_page_types = ["content.CoursePage"]
    base_form_class = ContentForm
    copy_form_class = CopyAsNew
    content_panels = [*Page.content_panels, "intro", "opens_at"]

    class Meta:
        verbose_name = _("module")
        verbose_name_plural = _("modules")

    def serve(self, request, *args, **kwargs):
        """A module has no page of its own: it stands in its course's outline."""
        if getattr(request, "is_preview", False):
            return super().serve(request, *args, **kwargs)
        return redirect(self.get_parent().specific.get_url(request))


class ActivityPage(SharedAddress, models.Model):
    """What lessons, quizzes and assignments have in common as activities."""

    minutes = models.PositiveIntegerField(_("minutes"), default=15)
    objective = models.CharField(_("objective"), max_length=300, blank=True)
    opens_at = models.DateTimeField(_("opens at"), null=True, blank=True)
    after = models.UUIDField(
        _("after"), null=True, blank=True, help_text=_("Opens when this activity of the course is complete.")
    )

    activity_kind = None
    until_field = None  # name of the field that says until when it can be done
    base_form_class = ActivityForm
    copy_form_class = CopyAsNew
    opening_panel = MultiFieldPanel(["opens_at", "after"], heading=_("Opening"))

    class Meta:
        abstract = True

    def others(self, parent):
        """The other activities of the course to which this one belongs or, being new, will belong."""
        courses = CoursePage.objects.ancestor_of(parent, inclusive=True) if parent else CoursePage.objects.none()
        activities = Activity.objects.filter(course__in=courses.values("translation_key"))
        return activities.exclude(uuid=self.translation_key).order_by("pk")

    def serve(self, request, *args, **kwargs):
        """Wagtail's own serving, for previews and what the learners' view left: the access rule holds here too."""
        activity = Activity.objects.filter(uuid=self.translation_key).first()
        previewed = getattr(request, "is_preview", False)
        if previewed or (activity and may_open(activity, request.user, clock.now())):
            return super().serve(request, *args, **kwargs)
        raise Http404


def activity_models():
    """Every kind of page that is an activity, those of plugins included."""
    return [model for model in _below(ActivityPage) if not model._meta.abstract]


def _below(model):
    return [found for child in model.__subclasses__() for found in (child, *_below(child))]


class LessonTag(TaggedItemBase):
    content_object = ParentalKey("content.LessonPage", on_delete=models.CASCADE, related_name="tagged_items")


class LessonPage(ActivityPage, Page):
    """A lesson: blocks from the registry, an objective, and the minutes it credits when it is done."""

    body = LessonField(_("body"), blank=True)
    law_checked_on = models.DateField(_("law checked on"), null=True, blank=True)
    review_by = models.DateField(_("check again by"), null=True, blank=True)
    tags = ClusterTaggableManager(through=LessonTag, blank=True)

    activity_kind = "lesson"
    parent_page_types = ["content.ModulePage"]
    subpage_types = []
    content_panels = [*Page.content_panels, "objective", "minutes", "body"]
    promote_panels = [*Page.promote_panels, "tags"]
    settings_panels = [
        MultiFieldPanel(["law_checked_on", "review_by"], heading=_("Law")),
        ActivityPage.opening_panel,
        *Page.settings_panels,
    ]
    search_fields = [*Page.search_fields, index.SearchField("objective"), index.SearchField("body")]

    class Meta:
        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")
