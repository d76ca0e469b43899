"""Applications with their choices, evidence, screening, scores and letters."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count, ExpressionWrapper, F, Q
from django.utils.translation import gettext_lazy as _
from wagtail.models import PreviewableMixin

from assessments.models import Attempt
from lms.admissions import placeholders
from lms.programmes.models import Grant, Intake, Programme
from lms.programmes.scopes import intakes_for
from media.fields import PrivateJSONField, PrivateTextField
from media.models import PrivateFile

ADMISSION_ROLES = [Grant.Role.STAFF, Grant.Role.DIRECTOR]
READING_ROLES = [*ADMISSION_ROLES, Grant.Role.SCORER]
CHECKS = 8  # lms.admissions.screening.CHECKS names them


class ApplicationQuerySet(models.QuerySet):
    def visible_to(self, user, now):
        """The applicant's own; and, once sent, those with a choice in an intake that staff or a scorer was granted."""
        intakes = intakes_for(user, READING_ROLES, now).values("pk")
        seen = Choice.objects.filter(intake__in=intakes).exclude(state=Choice.State.DRAFT).values("application")
        return self.filter(Q(applicant=user) | Q(pk__in=seen))


class Application(models.Model):
    """One form for one programme, with one to three choices. ``answers`` holds the values of each section by name.

    ``phone``, ``email`` and ``months`` (of work with children) are taken from the answers at each sending, for
    screening and ranking. What was sent, when, stands in its versions.
    """

    applicant = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="applications")
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="applications")
    number = models.CharField(_("application number"), max_length=20, unique=True)
    answers = PrivateJSONField(default=dict, blank=True)
    revisions = models.JSONField(default=dict, blank=True, help_text="{section: how often it was saved}")
    saved_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True, help_text="when it was first sent")
    reopened_until = models.DateTimeField(null=True, blank=True)
    reopened_sections = models.JSONField(default=list, blank=True)
    baseline_attempt = models.ForeignKey(Attempt, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    phone = models.CharField(max_length=20, blank=True, editable=False, db_index=True)
    email = models.EmailField(blank=True, editable=False, db_index=True)
    months = models.PositiveIntegerField(null=True, blank=True, editable=False)

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

    @property
    def is_sent(self):
        return self.submitted_at is not None


class ApplicationVersion(models.Model):
    """What was sent, once and for all: the answers, the files with their hashes, and the key of the form."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    answers = PrivateJSONField(default=dict)
    files = models.JSONField(default=list, help_text="[{name, size, sha256}]")
    sent_at = models.DateTimeField()
    sha256 = models.CharField(max_length=64, help_text="of the answers and the hashes of the files")
    key = models.CharField(max_length=40, unique=True, help_text="the form's key: a double click counts once")

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["application", "number"], name="one_application_version_number")]


class ApplicationFileQuerySet(models.QuerySet):
    def present(self):
        """What the applicant has not taken back and the law has not erased."""
        return self.filter(removed_at=None, file__erased_at=None).select_related("file").order_by("pk")


class ApplicationFile(models.Model):
    """Evidence for an application."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="files")
    file = models.ForeignKey(PrivateFile, on_delete=models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = ApplicationFileQuerySet.as_manager()


class ChoiceQuerySet(models.QuerySet):
    def sent(self):
        return self.exclude(state=Choice.State.DRAFT)

    def running(self):
        """Sent, and not over: neither declined nor lapsed, withdrawn or left."""
        return self.exclude(state__in=Choice.OUT)

    def lapsing(self, now):
        """Offered, and the time to confirm is over."""
        return self.filter(state=Choice.State.OFFERED, offered_until__lte=now)

    def lapsing_or_behind(self, now):
        """Own choices whose state may change by an overdue offer: the offer itself, and who waits behind one."""
        overdue = Choice.objects.lapsing(now).values("intake")
        return self.filter(intake__in=overdue, state__in=[Choice.State.OFFERED, Choice.State.WAITLISTED])

    def with_checks(self):
        """Count the screening answers: ``answered``, and ``passed`` (a yes; an exception only when approved)."""
        yes = Q(checks__answer=Check.Answer.YES) & (Q(checks__exception=False) | Q(checks__approved_by__isnull=False))
        return self.annotate(answered=Count("checks", distinct=True), passed=Count("checks", filter=yes, distinct=True))

    def ranked(self):
        """Best first, who is out last. Ties: case quality, then months of experience, then who sent earlier."""
        return self.order_by(
            ExpressionWrapper(Q(state__in=Choice.OUT), models.BooleanField()),
            F("score").desc(nulls_last=True),
            F("case_quality").desc(nulls_last=True),
            F("application__months").desc(nulls_last=True),
            "submitted_at",
            "pk",
        )

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
    """One track line of an application: its own deadline, score, decision.

    ``score`` and ``case_quality`` follow from the score sheets and the baseline (``scoring.settle``). ``rank`` is the
    place on the waiting list, without gaps.
    """

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
        LEFT = "left", _("left after confirming")

    UNDECIDED = [State.SUBMITTED, State.ASKED]
    DECIDABLE = [*UNDECIDED, State.WAITLISTED]
    OUT = [State.DRAFT, State.DECLINED, State.LAPSED, State.WITHDRAWN, State.LEFT]

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="choices")
    intake = models.ForeignKey(Intake, on_delete=models.PROTECT, related_name="choices")
    preference = models.PositiveIntegerField(_("preference"))
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.DRAFT)
    submitted_at = models.DateTimeField(null=True, blank=True)
    offered_until = models.DateTimeField(null=True, blank=True)
    asked_until = models.DateTimeField(null=True, blank=True)
    score = models.FloatField(_("score"), null=True, blank=True)
    case_quality = models.FloatField(_("case quality"), null=True, blank=True)
    rank = models.IntegerField(_("place on the waiting list"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    screened = models.PositiveIntegerField(default=0, editable=False, help_text="how often its checks were saved")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = ChoiceQuerySet.as_manager()

    class Meta:
        ordering = ["application", "preference"]
        indexes = [models.Index(fields=["intake", "state"])]
        constraints = [
            models.UniqueConstraint(fields=["application", "intake"], name="one_choice_per_intake"),
            models.UniqueConstraint(fields=["intake", "rank"], name="one_choice_per_place_on_the_waiting_list"),
        ]
        verbose_name = _("choice")
        verbose_name_plural = _("choices")

    def __str__(self):
        return f"{self.application} · {self.preference}"


class Check(models.Model):
    """One screening check of a choice: yes, no or ask, with the reason.

    A yes against the rule (a degree below the one required) is an exception and counts when a second person approved.
    """

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
    exception = models.BooleanField(_("exception"), default=False)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["choice", "key"], name="one_answer_per_check")]

    @property
    def passes(self):
        return self.answer == self.Answer.YES and (not self.exception or self.approved_by_id is not None)


class ScoreSheet(models.Model):
    """What one scorer gives a choice: points by item (without the baseline), a draft until sent."""

    choice = models.ForeignKey(Choice, on_delete=models.CASCADE, related_name="sheets")
    scorer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    points = models.JSONField(default=dict, blank=True)
    total = models.FloatField(null=True, blank=True)
    remark = PrivateTextField(blank=True)
    revision = models.PositiveIntegerField(default=0, help_text="how often it was saved")
    saved_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["choice", "scorer"], name="one_sheet_per_scorer")]


class LetterTemplate(PreviewableMixin, models.Model):
    """The text of a programme's letter, with placeholders from a closed list (``admissions.placeholders``)."""

    class Kind(models.TextChoices):
        RECEIPT = "receipt", _("receipt")
        OFFER = "offer", _("offer")
        WAITLIST = "waitlist", _("waiting list")
        DECLINE = "decline", _("decline")
        ASK = "ask", _("ask for more")
        LAPSE = "lapse", _("offer lapsed")
        CONFIRMED = "confirmed", _("seat confirmed")

    programme = models.ForeignKey(
        Programme, verbose_name=_("programme"), on_delete=models.CASCADE, related_name="letter_templates"
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    subject = models.CharField(_("subject line"), max_length=200)
    body = models.TextField(_("text of the letter"))

    class Meta:
        ordering = ["programme", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "kind", "language"], name="one_template_per_kind_and_language")
        ]
        verbose_name = _("letter template")
        verbose_name_plural = _("letter templates")

    def __str__(self):
        return f"{self.get_kind_display()} · {self.get_language_display()}"

    def clean(self):
        """Refuse placeholders that this kind of letter cannot fill, by name and beside the field."""
        unknown = {name: placeholders.unknown(self.kind, getattr(self, name)) for name in ("subject", "body")}
        raise_for = {name: placeholders.complaint(self.kind, found) for name, found in unknown.items() if found}
        if raise_for:
            raise ValidationError(raise_for)

    def get_preview_template(self, request, mode_name):
        return "admissions/letter_preview.html"

    def get_preview_context(self, request, mode_name):
        return {"subject": placeholders.sample(self.subject), "body": placeholders.sample(self.body)}


class LetterQuerySet(models.QuerySet):
    def visible_to(self, user, now):
        """To the applicant; and to staff of the intake it is about (a receipt: of any intake of the application)."""
        intakes = intakes_for(user, ADMISSION_ROLES, now).values("pk")
        chosen = Choice.objects.sent().filter(intake__in=intakes).values("application")
        return self.filter(
            Q(application__applicant=user) | Q(choice__intake__in=intakes) | Q(choice=None, application__in=chosen)
        )


class Letter(models.Model):
    """A letter as it was sent, once and for all."""

    choice = models.ForeignKey(Choice, null=True, blank=True, on_delete=models.PROTECT, related_name="letters")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="letters")
    kind = models.CharField(max_length=20, choices=LetterTemplate.Kind)
    number = models.CharField(max_length=30, unique=True)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    written_at = models.DateTimeField()

    objects = LetterQuerySet.as_manager()

    class Meta:
        ordering = ["-written_at", "-pk"]
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
