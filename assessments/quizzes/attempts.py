"""Attempts at a quiz, kept with the question versions they saw; and later deadlines for single people."""

import random
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessments.questions.models import QuestionVersion
from content.models import Activity


class AttemptQuerySet(models.QuerySet):
    def of(self, activity, learner, scope=""):
        return self.filter(activity=activity, learner=learner, scope=scope)

    def open(self):
        return self.filter(submitted_at=None)

    def submitted(self):
        return self.exclude(submitted_at=None)

    def overdue(self, now):
        return self.open().filter(due_at__lt=now)

    def visible_to(self, user):
        return self.filter(learner=user)


class Attempt(models.Model):
    """One try. ``scope`` is what attempts are counted under (an intake); the best result carries over."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="attempts")
    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="attempts")
    scope = models.CharField(max_length=40, blank=True)
    number = models.PositiveIntegerField()
    seed = models.PositiveBigIntegerField(help_text="order of questions and options")
    started_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True, blank=True)
    minutes = models.PositiveIntegerField(null=True, blank=True, help_text="time limit when it began")
    closes_at = models.DateTimeField(null=True, blank=True, help_text="end of the window when it began")
    pass_mark = models.PositiveIntegerField(null=True, blank=True, help_text="per cent, when it began")
    shuffled = models.BooleanField(default=True, help_text="options in the order of the seed")
    submitted_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.CharField(max_length=20, blank=True, help_text="learner, time or worker")
    points = models.FloatField(null=True, blank=True)
    points_possible = models.FloatField(null=True, blank=True)
    percent = models.FloatField(null=True, blank=True)
    passed = models.BooleanField(null=True, blank=True)

    objects = AttemptQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["activity", "learner", "scope", "number"], name="one_attempt_number"),
            models.UniqueConstraint(
                fields=["activity", "learner"], condition=Q(submitted_at=None), name="one_open_attempt"
            ),
        ]
        indexes = [models.Index(fields=["due_at"], condition=Q(submitted_at=None), name="open_attempts_by_due")]
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")

    def __str__(self):
        return f"{self.activity_id} · {self.learner_id} · {self.number}"


class AttemptItem(models.Model):
    """A question as this attempt saw it, the saved response with its revision, and the mark in points."""

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveIntegerField()
    version = models.ForeignKey(QuestionVersion, on_delete=models.PROTECT, related_name="+")
    points = models.PositiveIntegerField()
    response = models.JSONField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(null=True, blank=True)
    mark = models.FloatField(null=True, blank=True, help_text="share of the points, 0 to 1")

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["attempt", "position"], name="one_item_per_position")]

    def asked(self, language):
        """The question as this attempt shows it to a reader of this language; None when its type is not installed."""
        question = self.version.asked(language)
        if question is None or not self.attempt.shuffled:
            return question
        return question.shuffled(random.Random(f"{self.attempt.seed}:{self.position}"))


class Override(models.Model):
    """A later date, more minutes or attempts, or an excuse, for one person; a batch id when given to many."""

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="overrides")
    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="overrides")
    due_at = models.DateTimeField(_("due at"), null=True, blank=True)
    extra_minutes = models.PositiveIntegerField(_("extra minutes"), default=0)
    extra_attempts = models.PositiveIntegerField(_("extra attempts"), default=0)
    excused = models.BooleanField(_("excused"), default=False)
    reason = models.CharField(_("reason"), max_length=300)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    batch = models.UUIDField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["activity", "learner"])]
        verbose_name = _("override")
        verbose_name_plural = _("overrides")
