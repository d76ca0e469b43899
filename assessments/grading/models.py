"""Grades: a draft while the marker writes, a fact once released. Append-only after release."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from assessments.grading.rubrics import RubricCriterion
from assessments.submissions.models import SubmissionVersion
from media.fields import PrivateTextField


class GradeQuerySet(models.QuerySet):
    def released(self):
        """What the author may read."""
        return self.exclude(released_at=None)


class Grade(models.Model):
    """What a marker says of one version. ``revision`` guards against a second tab; ``released_at`` makes it a fact."""

    class Outcome(models.TextChoices):
        RETURN = "return", _("return for revision")
        ACCEPT = "accept", _("accept")
        REJECT = "reject", _("do not accept")

    version = models.ForeignKey(SubmissionVersion, on_delete=models.PROTECT, related_name="grades")
    marker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="grades")
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome, blank=True)
    comment = PrivateTextField(_("comment"), blank=True)
    total = models.FloatField(_("grade"), null=True, blank=True, help_text="0 to 100")
    revision = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField()
    released_at = models.DateTimeField(null=True, blank=True)

    objects = GradeQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "marker"], name="one_grade_per_marker_and_version")]
        verbose_name = _("grade")
        verbose_name_plural = _("grades")


class GradeItem(models.Model):
    """The level chosen for one rubric criterion, and the comment as typed."""

    grade = models.ForeignKey(Grade, on_delete=models.CASCADE, related_name="items")
    criterion = models.ForeignKey(RubricCriterion, on_delete=models.PROTECT, related_name="+")
    points = models.PositiveIntegerField(null=True, blank=True)
    comment = PrivateTextField(_("comment"), blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["grade", "criterion"], name="one_grade_item_per_criterion")]


class GradeRemark(models.Model):
    """What the marker says beside one section of the work; the learner reads it there while revising."""

    grade = models.ForeignKey(Grade, on_delete=models.CASCADE, related_name="remarks")
    section = models.CharField(max_length=40)
    text = PrivateTextField(_("remark"), blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["grade", "section"], name="one_grade_remark_per_section")]
