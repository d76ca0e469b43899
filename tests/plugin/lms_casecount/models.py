"""Case records on paper, which count beside those that were handed in here."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lms.enrolment.models import Enrolment


class PaperRecordQuerySet(models.QuerySet):
    def count_by_enrolment(self, enrolments):
        """How many each enrolment has: {enrolment id: count}. One query."""
        counts = self.filter(enrolment__in=enrolments).values_list("enrolment").annotate(models.Count("pk")).order_by()
        return {**{enrolment.pk: 0 for enrolment in enrolments}, **dict(counts)}


class PaperRecord(models.Model):
    """A record that was accepted before the platform came, known by its code. Its text stays on paper."""

    enrolment = models.ForeignKey(
        Enrolment, verbose_name=_("enrolment"), on_delete=models.PROTECT, related_name="paper_records"
    )
    code = models.CharField(_("code"), max_length=40)
    accepted_on = models.DateField(_("accepted on"))

    objects = PaperRecordQuerySet.as_manager()

    class Meta:
        ordering = ["accepted_on", "pk"]
        constraints = [models.UniqueConstraint(fields=["enrolment", "code"], name="casecount_one_row_per_code")]
        verbose_name = _("case record on paper")
        verbose_name_plural = _("case records on paper")

    def __str__(self):
        return self.code
