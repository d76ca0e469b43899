"""One option is right."""

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.question_types.choosing import OneForm, text_of, written_options
from assessments.question_types.rows import in_order, require
from assessments.questions import Mark


@dataclass(frozen=True)
class Single:
    """All or nothing. Response: the key of the option."""

    key, label, hint = "single", gettext_lazy("Single choice"), gettext_lazy("Choose one.")
    columns = {"options": ("text", "correct")}
    text: str = ""
    explanation: str = ""
    options: tuple = ()

    @classmethod
    def written(cls, data):
        options = written_options(data)
        require(sum(row["correct"] for row in options) == 1, _("Exactly one option must be right."))
        return {**data, "options": options}

    def shuffled(self, order):
        return replace(self, options=in_order(self.options, order))

    def form(self, data=None, **options):
        return OneForm([(row["key"], row["text"]) for row in self.options], data, **options)

    def mark(self, response):
        return Mark(float(any(row["correct"] and row["key"] == response for row in self.options)))

    def answer(self):
        return next((row["text"] for row in self.options if row["correct"]), "")

    def said(self, response):
        return text_of(self.options, response)
