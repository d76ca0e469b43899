"""A block whose plugin is not installed: kept as it was stored, shown as a calm notice."""

import json

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class Unavailable(blocks.FieldBlock):
    """Its value is the stored block: ``{"type": …, "value": …}``. An editor can only keep or remove it."""

    key = "unavailable"

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.field = forms.JSONField(
            required=False,
            widget=forms.HiddenInput,
            help_text=_("The part that shows this is not installed. Its content is kept and comes back with it."),
        )

    def value_from_form(self, value):
        """The stored block; the form sends it as JSON text. Nothing for a text that is none."""
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except ValueError:
            return None

    def get_searchable_content(self, value):
        return []

    class Meta:
        icon = "warning"
        label = _("Not available")
        template = "blocks/unavailable.html"
        default = None
