"""What learners did. Records are facts; Visit is working state; Completion can be rebuilt from the records."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from content.models import Activity


class Visit(models.Model):
    """Where a learner is in an activity, on every device. Written at most once a minute."""

    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="visits")
    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="visits")
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    position = models.FloatField(default=0, help_text="share of the lesson scrolled, 0 to 1")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["learner", "activity"], name="one_visit_per_activity")]
        indexes = [models.Index(fields=["learner", "-last_at"])]


class CheckAnswer(models.Model):
    """The newest answer to a check-yourself item of a lesson."""

    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="check_answers")
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="check_answers")
    key = models.CharField(max_length=40)
    response = models.JSONField()
    correct = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["learner", "activity", "key"], name="one_answer_per_check_item")]


class LearningRecord(models.Model):
    """A learner did this then. Append-only."""

    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="learning_records")
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="learning_records")
    verb = models.CharField(max_length=20)
    at = models.DateTimeField()
    minutes = models.PositiveIntegerField(default=0)
    score = models.FloatField(null=True, blank=True, help_text="per cent")
    facts = models.JSONField(default=dict, blank=True)
    key = models.CharField(max_length=100, unique=True, help_text="of the event: published twice, recorded once")

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["learner", "activity"])]
        verbose_name = _("learning record")
        verbose_name_plural = _("learning records")


class Completion(models.Model):
    """Whether a learner has completed an activity, from the records. A cache; ``rebuild_completions`` rebuilds it."""

    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="completions")
    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="completions")
    completed_at = models.DateTimeField(null=True, blank=True)
    best_score = models.FloatField(null=True, blank=True)
    minutes = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["learner", "activity"], name="one_completion_per_activity")]
