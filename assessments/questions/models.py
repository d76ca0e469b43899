"""Questions and their versions. An attempt keeps the version that it saw."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from assessments.questions import build
from assessments.questions.texts import translated


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
