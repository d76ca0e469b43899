"""A word or a number, typed."""

import unicodedata
from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.question_types.rows import require, require_text
from assessments.questions import Mark

LONGEST = 200
INVISIBLE = {"Zs", "Zl", "Zp", "Cc", "Cf"}


def folded(text):
    """The text as it is compared: full and half width, upper and lower case alike, without any space."""
    while True:
        again = "".join(sign for sign in _once(text) if unicodedata.category(sign) not in INVISIBLE)
        if again == text:
            return text
        text = again


def _once(text):
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())


class ShortForm(forms.Form):
    answer = forms.CharField(
        required=False,
        max_length=LONGEST,
        widget=forms.TextInput(attrs={"class": "input", "autocomplete": "off", "autocapitalize": "off"}),
    )


@dataclass(frozen=True)
class ShortAnswer:
    """All or nothing: one of the accepted variants, folded. Response: the text as typed."""

    key, label, hint = "short_answer", gettext_lazy("Short answer"), gettext_lazy("Type a word or a number.")
    columns = {"accepted": ()}
    text: str = ""
    explanation: str = ""
    accepted: tuple = ()

    @classmethod
    def written(cls, data):
        require_text(data)
        accepted = [str(text).strip() for text in data.get("accepted") or () if str(text).strip()]
        require(accepted, _("Give at least one accepted answer."))
        require(all(len(text) <= LONGEST for text in accepted), _("An accepted answer is too long."))
        return {**data, "accepted": accepted}

    def shuffled(self, order):
        return self

    def form(self, data=None, **options):
        return ShortForm(data, **options)

    def mark(self, response):
        given = folded(str(response or ""))
        return Mark(float(bool(given) and given in {folded(text) for text in self.accepted}))

    def answer(self):
        return self.accepted[0] if self.accepted else ""

    def said(self, response):
        return str(response or "")
