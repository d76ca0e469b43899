"""A statement is true or false."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.question_types.choosing import OneForm
from assessments.question_types.rows import require, require_text
from assessments.questions import Mark


@dataclass(frozen=True)
class TrueFalse:
    """All or nothing. Response: ``true`` or ``false``, always offered in this order."""

    key, label, hint = "true_false", gettext_lazy("True or false"), gettext_lazy("Is this true?")
    text: str = ""
    explanation: str = ""
    correct: bool = True

    @classmethod
    def written(cls, data):
        require_text(data)
        require(isinstance(data.get("correct"), bool), _("Say whether the statement is true."))
        return dict(data)

    def shuffled(self, order):
        return self

    def form(self, data=None, **options):
        return OneForm([("true", _("True")), ("false", _("False"))], data, **options)

    def mark(self, response):
        return Mark(float(response == ("true" if self.correct else "false")))

    def answer(self):
        return _("True") if self.correct else _("False")

    def said(self, response):
        return {"true": _("True"), "false": _("False")}.get(response, "")
