"""A question type: a number that is right within a tolerance."""

from dataclasses import dataclass, field

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.questions import Mark, question_types


class EstimateForm(forms.Form):
    answer = forms.FloatField(
        label=gettext_lazy("Your estimate"),
        required=False,
        widget=forms.TextInput(attrs={"class": "input", "inputmode": "decimal", "autocomplete": "off"}),
    )
    unit = ""

    def clean_answer(self):
        """The response is text, so that a zero is an answer and an empty field is none."""
        value = self.cleaned_data["answer"]
        return "" if value is None else f"{value:.12g}"


@question_types.register
@dataclass(frozen=True)
class Estimate:
    """All or nothing. Response: the number as text."""

    key, label = "casecount_estimate", gettext_lazy("Estimate")
    hint = gettext_lazy("Type a number; near enough is right.")
    columns = {}
    text: str = ""
    explanation: str = ""
    correct: float = field(default=0, metadata={"label": gettext_lazy("Right number")})
    tolerance: float = field(default=0, metadata={"label": gettext_lazy("So far off is still right")})
    unit: str = field(default="", metadata={"label": gettext_lazy("Unit")})

    @classmethod
    def written(cls, data):
        if not str(data.get("text", "")).strip():
            raise ValidationError(_("Write the question."))
        if not _is_number(data.get("correct")):
            raise ValidationError(_("Give the right number."))
        tolerance = data.get("tolerance") or 0
        if not _is_number(tolerance) or tolerance < 0:
            raise ValidationError(_("The tolerance is a number, 0 or more."))
        return {"unit": "", **data, "tolerance": tolerance}

    def shuffled(self, order):
        return self

    def form(self, data=None, **options):
        form = EstimateForm(data, **options)
        form.unit = self.unit
        return form

    def mark(self, response):
        if not response:
            return Mark(0)
        return Mark(float(abs(float(response) - self.correct) <= self.tolerance))

    def answer(self):
        right = self._in_unit(self.correct)
        if not self.tolerance:
            return right
        low, high = self._in_unit(self.correct - self.tolerance), self._in_unit(self.correct + self.tolerance)
        return _("%(right)s (%(low)s to %(high)s is right)") % {"right": right, "low": low, "high": high}

    def said(self, response):
        return self._in_unit(float(response)) if response else ""

    def _in_unit(self, number):
        shown = number_format(f"{number:.12g}")
        return f"{shown} {self.unit}".strip()


def _is_number(value):
    return isinstance(value, int | float) and not isinstance(value, bool)
