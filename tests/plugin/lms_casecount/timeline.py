"""A lesson block: what happened when, in order."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from content.lesson_blocks import lesson_blocks


class Moment(blocks.StructBlock):
    when = blocks.CharBlock(label=_("When"), max_length=60)
    what = blocks.TextBlock(label=_("What happened"))


@lesson_blocks.register
class Timeline(blocks.StructBlock):
    key = "casecount_timeline"
    title = blocks.CharBlock(label=_("Title"), max_length=120)
    moments = blocks.ListBlock(Moment(), label=_("Moments"), min_num=1)

    class Meta:
        icon = "history"
        label = _("Timeline")
        template = "lms_casecount/timeline.html"
        preview_value = {
            "title": _("The first week"),
            "moments": [{"when": _("Day 1"), "what": _("A teacher calls the village office.")}],
        }
        description = _("What happened when, in order.")
