"""Blocks of words: rich text, headings, callouts, examples, sources."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

FEATURES = ["bold", "italic", "ol", "ul", "link", "document-link", "blockquote"]
SAMPLE = _("<p>Write what you saw first, and what you think of it after.</p>")


class RichText(blocks.RichTextBlock):
    key = "rich_text"

    def __init__(self, **kwargs):
        super().__init__(**{"features": FEATURES, **kwargs})

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        preview_value = SAMPLE
        description = _("Paragraphs, lists and links.")


class Heading(blocks.StructBlock):
    key = "heading"
    text = blocks.CharBlock(label=_("Heading"), max_length=120)
    level = blocks.ChoiceBlock(
        label=_("Level"), choices=[("2", _("Section")), ("3", _("Part of a section"))], default="2"
    )

    class Meta:
        icon = "title"
        label = _("Heading")
        template = "blocks/heading.html"
        preview_value = {"text": _("Look first, then write"), "level": "2"}
        description = _("Begins a section; learners find their way by headings.")


class Callout(blocks.StructBlock):
    class Kind(models.TextChoices):
        KEY = "key", _("Key point")
        CAUTION = "caution", _("Caution")
        PRACTICE = "practice", _("Practice")

    ICONS = {Kind.KEY: "star", Kind.CAUTION: "triangle-alert", Kind.PRACTICE: "pen-line"}
    STYLES = {Kind.KEY: "", Kind.CAUTION: "callout--warn", Kind.PRACTICE: "callout--ok"}

    key = "callout"
    kind = blocks.ChoiceBlock(label=_("Kind"), choices=Kind.choices, default=Kind.KEY)
    title = blocks.CharBlock(label=_("Title"), required=False, max_length=120)
    text = blocks.RichTextBlock(label=_("Text"), features=FEATURES)

    def get_context(self, value, parent_context=None):
        kind = self.Kind(value["kind"] or self.Kind.KEY)
        context = super().get_context(value, parent_context)
        return {**context, "icon_name": self.ICONS[kind], "style": self.STYLES[kind], "kind_label": kind.label}

    class Meta:
        icon = "pick"
        label = _("Callout")
        template = "blocks/callout.html"
        preview_value = {"kind": "key", "title": _("Remember"), "text": SAMPLE}
        description = _("A key point, a caution or an exercise, set apart from the text.")


class Vignette(blocks.StructBlock):
    key = "vignette"
    title = blocks.CharBlock(label=_("Title"), max_length=120)
    text = blocks.RichTextBlock(label=_("Story"), features=FEATURES, help_text=_("People in it have made-up names."))
    question = blocks.CharBlock(label=_("Question"), required=False, max_length=300)

    class Meta:
        icon = "group"
        label = _("Example")
        template = "blocks/vignette.html"
        preview_value = {"title": _("An example"), "text": SAMPLE, "question": _("What would you ask next?")}
        description = _("A short story from practice, with a question to think about.")


class Source(blocks.StructBlock):
    text = blocks.CharBlock(label=_("Source"), max_length=300)
    date = blocks.CharBlock(label=_("Its date or version"), required=False, max_length=120)
    checked_on = blocks.DateBlock(label=_("Checked on"), required=False)


class Sources(blocks.StructBlock):
    key = "sources"
    items = blocks.ListBlock(Source(), label=_("Sources"))

    class Meta:
        icon = "openquote"
        label = _("Sources")
        template = "blocks/sources.html"
        preview_value = {"items": [{"text": _("Law on the Protection of Minors"), "date": "2024-04-26"}]}
        description = _("What the lesson rests on, with dates.")
