"""What choosing one and choosing several have in common: options as written, and the learner's forms."""

from django import forms
from django.utils.translation import gettext as _

from assessments.question_types.rows import keyed, no_doubles, require, require_text, texts


def written_options(data):
    """The options with keys and a plain yes or no each, or raise ValidationError."""
    require_text(data)
    options = texts(data.get("options"))
    require(len(options) >= 2, _("Give at least two options."))
    no_doubles(options)
    return [{**row, "correct": bool(row.get("correct"))} for row in keyed(options)]


def text_of(rows, key):
    return next((row["text"] for row in rows if row["key"] == key), "")


class OneForm(forms.Form):
    answer = forms.ChoiceField(widget=forms.RadioSelect, required=False)

    def __init__(self, choices, *args, **options):
        super().__init__(*args, **options)
        self.fields["answer"].choices = choices


class SeveralForm(forms.Form):
    answer = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple, required=False)

    def __init__(self, choices, *args, **options):
        super().__init__(*args, **options)
        self.fields["answer"].choices = choices
