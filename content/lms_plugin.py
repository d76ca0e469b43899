"""What content contributes through its own doors: the lesson as an activity, and the lesson blocks."""

from django.apps import apps
from django.db.models.signals import post_migrate
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from content import changes, checks_at_start, setup  # noqa: F401
from content.activities import activity_types
from content.blocks import check, law, pictures, recordings, structure, text
from content.file_gate import ShownInPages
from content.lesson_blocks import lesson_blocks
from content.tree import tree_of_activity
from media.gates import file_gates

for block in (
    text.RichText,
    text.Heading,
    pictures.Picture,
    recordings.Video,
    recordings.Audio,
    recordings.Handout,
    text.Callout,
    law.Law,
    text.Vignette,
    structure.Steps,
    structure.Table,
    structure.Accordion,
    check.CheckYourself,
    text.Sources,
):
    lesson_blocks.register(block)


class Lesson:
    key = "lesson"
    label = _("Lesson")
    icon = "book-open"

    def url(self, activity):
        """Where the lesson is opened; the list of courses when it is not published."""
        tree = tree_of_activity(activity)
        node = tree and tree.of_activity(activity.pk)
        return node.url if node else reverse("wagtail_serve", args=[""])

    def is_complete(self, records):
        return any(record.verb == "completed" for record in records)


activity_types.register(Lesson())
file_gates.register(ShownInPages())
last_app = [app for app in apps.get_app_configs() if app.models_module][-1]
post_migrate.connect(setup.after_migration, sender=last_app)
