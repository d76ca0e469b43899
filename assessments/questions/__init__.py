"""Questions: the contract of a question type, and its registry. The bank and its versions are in ``models``."""

import random
from dataclasses import dataclass, fields
from typing import Protocol, Self

from django import forms

from lms.plugins import Registry

question_types = Registry("assessments.question_types")


@dataclass(frozen=True)
class Mark:
    """What a response is worth: ``share`` of the question's points, 0 to 1."""

    share: float


class QuestionType(Protocol):
    """A frozen dataclass whose fields are the question's settings as JSON, ``text`` and ``explanation`` among them.

    A *response* is a JSON value; None: not answered. The learner's form has one field, ``answer``, whose cleaned value
    is the response, and is drawn by ``templates/questions/<key>.html`` (or plainly, when there is none). Nothing that
    the form shows may depend on which answer is right: keys of rows say nothing, and ``shuffled`` orders them.

    The authors' form is made from the fields: text, number, yes or no, named by ``label`` in the field's metadata; and
    for a list of rows from ``columns``, a dict of {field: names of its columns}, where ``correct`` is a tick, ``place``
    a number that orders the rows, no column at all a plain list of texts, and every other name a text.
    """

    key: str
    label: str
    hint: str
    columns: dict
    text: str
    explanation: str

    @classmethod
    def written(cls, data: dict) -> dict:
        """The settings an author wrote, complete and in order (rows have keys), or raise ValidationError."""
        ...

    def shuffled(self, order: random.Random) -> Self:
        """The same question with its rows in the order of this attempt."""
        ...

    def form(self, data=None, **options) -> forms.Form:
        """What the learner fills in; ``options`` are Django's (``prefix``, ``initial``)."""
        ...

    def mark(self, response) -> Mark | None:
        """The mark of a response; None: a person must mark it."""
        ...

    def answer(self) -> str:
        """The right answer in words, shown when feedback is due."""
        ...

    def said(self, response) -> str:
        """The learner's response in words."""
        ...


def build(key, data):
    """A question of this type with these settings, strange ones left out; None when the type is not installed."""
    kind = question_types.get(key)
    if kind is None:
        return None
    known = {field.name for field in fields(kind)}
    return kind(**{name: value for name, value in data.items() if name in known})
