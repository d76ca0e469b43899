"""Blocks with a shape: steps, tables, questions with folded answers."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock

from content.blocks.text import FEATURES, SAMPLE


class Step(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Step"), max_length=120)
    text = blocks.TextBlock(label=_("How"), required=False)


class Steps(blocks.StructBlock):
    key = "steps"
    title = blocks.CharBlock(label=_("Title"), required=False, max_length=120)
    steps = blocks.ListBlock(Step(), label=_("Steps"))

    class Meta:
        icon = "list-ol"
        label = _("Steps")
        template = "blocks/steps.html"
        preview_value = {"title": _("A visit"), "steps": [{"title": _("Greet the child"), "text": _("By name.")}]}
        description = _("What to do in which order.")


class Table(TypedTableBlock):
    """A table with a heading for every column. On a phone each row becomes a card."""

    key = "table"
    text = blocks.TextBlock(label=_("Text"), required=False, rows=1)

    def get_context(self, value, parent_context=None):
        headings = [column["heading"] for column in value.columns]
        rows = [list(zip(headings, row["values"], strict=False)) for row in value.row_data]
        return {**super().get_context(value, parent_context), "rows": rows}

    class Meta:
        icon = "table"
        label = _("Table")
        template = "blocks/table.html"
        preview_value = {
            "caption": _("Two ways to write it"),
            "columns": [{"type": "text", "heading": _("Not so")}, {"type": "text", "heading": _("But so")}],
            "rows": [{"values": [_("He is lazy."), _("At 10:00 he was asleep.")]}],
        }
        description = _("Rows and columns with headings.")


class Fold(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=160)
    text = blocks.RichTextBlock(label=_("Text"), features=FEATURES)


class Accordion(blocks.StructBlock):
    key = "accordion"
    items = blocks.ListBlock(Fold(), label=_("Parts"))

    class Meta:
        icon = "collapse-down"
        label = _("Folded parts")
        template = "blocks/accordion.html"
        preview_value = {"items": [{"title": _("A possible answer"), "text": SAMPLE}]}
        description = _("Answers and details that open when asked for; on paper they stand open.")
