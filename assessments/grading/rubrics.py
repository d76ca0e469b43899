"""Rubrics: weighted criteria, each with the text of its levels."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.models import Orderable

from content.language import DEFAULT, reading_language

LEVEL_NAMES = {4: _("excellent"), 3: _("good"), 2: _("developing"), 1: _("insufficient")}


def _in_language(text, text_en):
    """The English text for its readers when there is one."""
    return text_en if text_en and reading_language() != DEFAULT else text


class Rubric(ClusterableModel):
    title = models.CharField(_("title"), max_length=100)
    title_en = models.CharField(_("English title"), max_length=200, blank=True)
    pass_mark = models.PositiveIntegerField(_("pass mark"), default=60)
    excellent_mark = models.PositiveIntegerField(_("mark for excellent"), default=85)

    panels = [
        "title",
        "title_en",
        FieldRowPanel(["pass_mark", "excellent_mark"]),
        InlinePanel(
            "criteria",
            heading=pgettext_lazy("rubric", "Criteria"),
            label=pgettext_lazy("rubric", "criterion"),
            min_num=1,
        ),
    ]

    class Meta:
        verbose_name = _("rubric")
        verbose_name_plural = _("rubrics")

    def __str__(self):
        return self.title

    @property
    def name(self):
        return _in_language(self.title, self.title_en)


class RubricCriterion(ClusterableModel, Orderable):
    """One line of a rubric. ``veto``: its lowest level refuses the work whatever the sum (safety)."""

    rubric = ParentalKey(Rubric, on_delete=models.CASCADE, related_name="criteria")
    title = models.CharField(_("title"), max_length=100)
    title_en = models.CharField(_("English title"), max_length=200, blank=True)
    weight = models.PositiveIntegerField(_("weight"))
    veto = models.BooleanField(_("lowest level refuses the work"), default=False)

    panels = [
        FieldRowPanel(["title", "title_en"]),
        FieldRowPanel(["weight", FieldPanel("veto")]),
        InlinePanel("levels", heading=_("Levels"), label=_("level"), min_num=2),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("rubric criterion")
        verbose_name_plural = _("rubric criteria")

    def __str__(self):
        return self.title

    @property
    def name(self):
        return _in_language(self.title, self.title_en)


class RubricLevel(models.Model):
    """What work on this level looks like; ``points`` 4 is excellent, 1 insufficient."""

    criterion = ParentalKey(RubricCriterion, on_delete=models.CASCADE, related_name="levels")
    points = models.PositiveIntegerField(_("points"))
    text = models.CharField(_("description"), max_length=300)
    text_en = models.CharField(_("English description"), max_length=300, blank=True)

    panels = [FieldPanel("points"), FieldRowPanel(["text", "text_en"])]

    class Meta:
        ordering = ["-points"]
        constraints = [models.UniqueConstraint(fields=["criterion", "points"], name="one_level_per_points")]

    def __str__(self):
        return f"{self.points} · {self.text}"

    @property
    def name(self):
        return LEVEL_NAMES.get(self.points, str(self.points))

    @property
    def description(self):
        return _in_language(self.text, self.text_en)
