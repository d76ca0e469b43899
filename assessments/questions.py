"""Questions, their versions, and the contract of a question type. An attempt keeps the version that it saw."""

import random
import uuid
from dataclasses import dataclass, fields
from typing import Protocol, Self

from django import forms
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from assessments.question_texts import translated
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


class Question(models.Model):
    """A question in the bank. What is asked stands in its versions; the newest is asked next."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(_("title"), max_length=200)
    area = models.CharField(_("area"), max_length=40, blank=True, help_text=_("Groups questions in a profile."))
    course = models.UUIDField(null=True, blank=True, db_index=True, help_text="translation_key of its course")
    version = models.ForeignKey("QuestionVersion", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")

    def __str__(self):
        return self.title


class QuestionVersion(models.Model):
    """What is asked: type, settings of that type as JSON (its text included), and the same in other languages."""

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    type = models.CharField(_("type"), max_length=40)
    data = models.JSONField(help_text="fields of the question type's dataclass, source language")
    translations = models.JSONField(default=dict, blank=True, help_text="{language: data in that language}")
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["question", "number"], name="one_question_version_number")]
        verbose_name = _("question version")
        verbose_name_plural = _("question versions")

    def __str__(self):
        return f"{self.question_id} · {self.number}"

    def asked(self, language):
        """The question as a reader of this language sees it, rows as written; None when its type is not installed."""
        return build(self.type, translated(self.data, self.translations.get(language)))

    def marking(self):
        """The question as it marks: a short answer is accepted in every language, whatever the reader saw."""
        data = self.data
        for translation in self.translations.values():
            data = translated(data, translation)
        return build(self.type, data)
