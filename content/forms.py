"""Wagtail's forms for our pages: addresses come from titles; an activity opens after another of its course, and none
becomes an alias."""

import uuid

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.pages import CopyForm, WagtailAdminPageForm

ALIAS_REFUSED = _(
    "Lessons, quizzes and assignments cannot be aliases. Make a copy: it counts as an activity of its own."
)


class ContentForm(WagtailAdminPageForm):
    """The address of a page need not be written: Wagtail makes it from the title, even when its script was slower
    than the author."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False


class ActivityForm(ContentForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "after" in self.fields:
            self.fields["after"] = _choice_of(self.instance.others(self.parent_page), self.fields["after"])


def _choice_of(activities, field):
    return forms.TypedChoiceField(
        choices=[("", _("– from the start –")), *((str(row.uuid), row.title) for row in activities)],
        coerce=uuid.UUID,
        empty_value=None,
        required=False,
        label=field.label,
        help_text=field.help_text,
    )


class CopyAsNew(CopyForm):
    """Copies only: an alias of an activity would count once for two places."""

    def clean_alias(self):
        if self.cleaned_data.get("alias"):
            raise forms.ValidationError(ALIAS_REFUSED)
        return False
