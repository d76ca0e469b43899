"""A citation of law: exact words, since when they are in force, when they were last compared, and what they mean."""

import datetime

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class Law(blocks.StructBlock):
    key = "law"
    law = blocks.CharBlock(label=_("Law"), max_length=120, help_text=_("Its full name, without brackets."))
    article = blocks.CharBlock(label=_("Article"), max_length=80)
    in_force_since = blocks.DateBlock(label=_("In force since"), required=False)
    text = blocks.TextBlock(label=_("Exact words"))
    note = blocks.TextBlock(label=_("In plain words"), required=False)
    checked_on = blocks.DateBlock(label=_("Compared with the source on"), required=False)

    class Meta:
        icon = "doc-full-inverse"
        label = _("Law")
        template = "blocks/law.html"
        preview_value = {
            "law": "中华人民共和国未成年人保护法",
            "article": "第四条",
            "text": "保护未成年人，应当坚持最有利于未成年人的原则。",
            "note": _("When in doubt, ask what is best for the child."),
            "in_force_since": datetime.date(2021, 6, 1),
        }
        description = _("An article quoted exactly, with plain words below it.")
