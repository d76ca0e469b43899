"""Applications with their choices, evidence, screening, scores and letters."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessments.models import Attempt
from lms.programmes.models import Grant, Intake, Programme
from lms.programmes.scopes import intakes_for
from media.fields import PrivateJSONField, PrivateTextField
from media.models import PrivateFile

ADMISSION_ROLES = [Grant.Role.STAFF, Grant.Role.DIRECTOR]
READING_ROLES = [*ADMISSION_ROLES, Grant.Role.SCORER]


class ApplicationQuerySet(models.QuerySet):
    def visible_to(self, user, now):
        """The applicant's own; and, once sent, those with a choice in an intake that staff or a scorer was granted."""
        intakes = intakes_for(user, READING_ROLES, now).values("pk")
        seen = Choice.objects.filter(intake__in=intakes).exclude(state=Choice.State.DRAFT).values("application")
        return self.filter(Q(applicant=user) | Q(pk__in=seen))


class Application(models.Model):
    """One form for one programme, with one to three choices. ``answers`` holds the form's fields by name."""

    applicant = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="applications")
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="applications")
    number = models.CharField(_("application number"), max_length=20, unique=True)
    answers = PrivateJSONField(default=dict, blank=True)
    revision = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    submission_key = models.CharField(max_length=40, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    reopened_until = models.DateTimeField(null=True, blank=True)
    baseline_attempt = models.ForeignKey(Attempt, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["applicant", "programme"], condition=Q(submitted_at=None), name="one_unsent_application"
            )
        ]
        verbose_name = _("application")
        verbose_name_plural = _("applications")

    def __str__(self):
        return self.number


class ApplicationFile(models.Model):
    """Evidence for an application."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="files")
    file = models.ForeignKey(PrivateFile, on_delete=models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(null=True, blank=True)


class ChoiceQuerySet(models.QuerySet):
    def holding_a_seat(self, now):
        """Confirmed, or offered and the offer still open."""
        state = Choice.State
        return self.filter(Q(state=state.CONFIRMED) | Q(state=state.OFFERED, offered_until__gt=now))

    def waitlisted(self):
        return self.filter(state=Choice.State.WAITLISTED).order_by("rank", "pk")

    def visible_to(self, user, now):
        return self.filter(
            Q(application__applicant=user)
            | Q(intake__in=intakes_for(user, READING_ROLES, now).values("pk")) & ~Q(state=Choice.State.DRAFT)
        )


class Choice(models.Model):
    """One track line of an application: its own deadline, score, decision."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        SUBMITTED = "submitted", _("submitted")
        ASKED = "asked", _("asked for more")
        OFFERED = "offered", _("offered")
        CONFIRMED = "confirmed", _("confirmed")
        WAITLISTED = "waitlisted", _("on the waiting list")
        DECLINED = "declined", _("declined")
        LAPSED = "lapsed", _("offer lapsed")
        WITHDRAWN = "withdrawn", _("withdrawn")

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="choices")
    intake = models.ForeignKey(Intake, on_delete=models.PROTECT, related_name="choices")
    preference = models.PositiveIntegerField(_("preference"))
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.DRAFT)
    submitted_at = models.DateTimeField(null=True, blank=True)
    offered_until = models.DateTimeField(null=True, blank=True)
    asked_until = models.DateTimeField(null=True, blank=True)
    score = models.FloatField(_("score"), null=True, blank=True)
    rank = models.PositiveIntegerField(_("rank"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = ChoiceQuerySet.as_manager()

    class Meta:
        ordering = ["application", "preference"]
        indexes = [models.Index(fields=["intake", "state"])]
        constraints = [models.UniqueConstraint(fields=["application", "intake"], name="one_choice_per_intake")]
        verbose_name = _("choice")
        verbose_name_plural = _("choices")


class Check(models.Model):
    """One screening check of a choice: yes, no or ask, with the reason."""

    class Answer(models.TextChoices):
        YES = "yes", _("yes")
        NO = "no", _("no")
        ASK = "ask", _("ask")

    choice = models.ForeignKey(Choice, on_delete=models.CASCADE, related_name="checks")
    key = models.CharField(max_length=40)
    answer = models.CharField(max_length=10, choices=Answer)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["choice", "key"], name="one_answer_per_check")]


class ScoreSheet(models.Model):
    """What one scorer gives a choice: points by item, a draft until sent."""

    choice = models.ForeignKey(Choice, on_delete=models.CASCADE, related_name="sheets")
    scorer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    points = models.JSONField(default=dict, blank=True)
    total = models.FloatField(null=True, blank=True)
    remark = PrivateTextField(blank=True)
    saved_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["choice", "scorer"], name="one_sheet_per_scorer")]


class LetterTemplate(models.Model):
    """The text of a letter with placeholders from a closed list (``admissions.letters.PLACEHOLDERS``)."""

    class Kind(models.TextChoices):
        RECEIPT = "receipt", _("receipt")
        OFFER = "offer", _("offer")
        WAITLIST = "waitlist", _("waiting list")
        DECLINE = "decline", _("decline")
        ASK = "ask", _("ask for more")
        LAPSE = "lapse", _("offer lapsed")
        CONFIRMED = "confirmed", _("seat confirmed")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    subject = models.CharField(_("subject"), max_length=200)
    body = models.TextField(_("text"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "language"], name="one_template_per_kind_and_language")]
        verbose_name = _("letter template")
        verbose_name_plural = _("letter templates")


class Letter(models.Model):
    """A letter as it was sent, once and for all."""

    choice = models.ForeignKey(Choice, null=True, blank=True, on_delete=models.PROTECT, related_name="letters")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="letters")
    kind = models.CharField(max_length=20, choices=LetterTemplate.Kind)
    number = models.CharField(max_length=30, unique=True)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["-written_at", "-pk"]
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
