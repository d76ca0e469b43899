"""One or more options are right."""

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.question_types.choosing import SeveralForm, written_options
from assessments.question_types.rows import in_order, require
from assessments.questions import Mark


@dataclass(frozen=True)
class Multiple:
    """Share of the right options chosen, minus share of the wrong ones chosen, never below 0. Response: sorted keys."""

    key, label, hint = "multiple", gettext_lazy("Multiple choice"), gettext_lazy("Choose all that apply.")
    columns = {"options": ("text", "correct")}
    text: str = ""
    explanation: str = ""
    options: tuple = ()

    @classmethod
    def written(cls, data):
        options = written_options(data)
        require(any(row["correct"] for row in options), _("At least one option must be right."))
        return {**data, "options": options}

    def shuffled(self, order):
        return replace(self, options=in_order(self.options, order))

    def form(self, data=None, **options):
        return SeveralForm([(row["key"], row["text"]) for row in self.options], data, **options)

    def mark(self, response):
        chosen = set(response or ())
        right = {row["key"] for row in self.options if row["correct"]}
        wrong = {row["key"] for row in self.options} - right
        return Mark(max(0.0, _share(chosen & right, right) - _share(chosen & wrong, wrong)))

    def answer(self):
        return _("; ").join(row["text"] for row in self.options if row["correct"])

    def said(self, response):
        return _("; ").join(row["text"] for row in self.options if row["key"] in (response or ()))


def _share(part, whole):
    return len(part) / len(whole) if whole else 0.0
