"""Rubrics: weighted criteria, each with the text of its levels."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable


class Rubric(ClusterableModel):
    title = models.CharField(_("title"), max_length=100)
    title_en = models.CharField(_("English title"), max_length=200, blank=True)
    pass_mark = models.PositiveIntegerField(_("pass mark"), default=60)
    excellent_mark = models.PositiveIntegerField(_("mark for excellent"), default=85)

    class Meta:
        verbose_name = _("rubric")
        verbose_name_plural = _("rubrics")

    def __str__(self):
        return self.title


class RubricCriterion(ClusterableModel, Orderable):
    """One line of a rubric. ``veto``: its lowest level refuses the work whatever the sum (safety)."""

    rubric = ParentalKey(Rubric, on_delete=models.CASCADE, related_name="criteria")
    title = models.CharField(_("title"), max_length=100)
    title_en = models.CharField(_("English title"), max_length=200, blank=True)
    weight = models.PositiveIntegerField(_("weight"))
    veto = models.BooleanField(_("lowest level refuses the work"), default=False)

    class Meta(Orderable.Meta):
        verbose_name = _("rubric criterion")
        verbose_name_plural = _("rubric criteria")

    def __str__(self):
        return self.title


class RubricLevel(models.Model):
    """What work on this level looks like; ``points`` 4 is excellent, 1 insufficient."""

    criterion = ParentalKey(RubricCriterion, on_delete=models.CASCADE, related_name="levels")
    points = models.PositiveIntegerField(_("points"))
    text = models.CharField(_("description"), max_length=300)
    text_en = models.CharField(_("English description"), max_length=300, blank=True)

    class Meta:
        ordering = ["-points"]
        constraints = [models.UniqueConstraint(fields=["criterion", "points"], name="one_level_per_points")]
