"""Programmes, their tracks, cohorts and intakes; and who has which role where, until when."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from content.models import Activity, CoursePage
from lms.people.models import Organisation


def in_language(zh, en):
    """The English text for English readers when there is one, else the Chinese."""
    return en if en and (get_language() or "").startswith("en") else zh


class Programme(models.Model):
    slug = models.SlugField(unique=True)
    name = models.CharField(_("name"), max_length=100)
    name_en = models.CharField(_("English name"), max_length=200, blank=True)
    region = models.CharField(_("region"), max_length=100, blank=True)
    summary = models.TextField(_("summary"), blank=True)
    summary_en = models.TextField(_("English summary"), blank=True)
    contact = models.CharField(_("contact"), max_length=200, blank=True)
    waived_fee = models.PositiveIntegerField(_("waived course fee, yuan a person"), null=True, blank=True)
    incentive_cap = models.PositiveIntegerField(_("highest incentive, yuan a person"), null=True, blank=True)
    organisations = models.ManyToManyField(Organisation, through="ProgrammeOrganisation")

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")

    def __str__(self):
        return self.title

    @property
    def title(self):
        return in_language(self.name, self.name_en)

    def courses(self):
        """The courses of its tracks."""
        return CoursePage.objects.filter(tracks__programme=self).distinct()


class ProgrammeOrganisation(models.Model):
    """What an organisation is to a programme. Hosts issue the credentials."""

    class Role(models.TextChoices):
        GUIDE = "guide", _("guiding authority")
        ACADEMIC = "academic", _("academic partner")
        HOST = "host", _("host")
        JOINT = "joint", _("joint training body")

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="parties")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(_("role"), max_length=20, choices=Role)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "organisation", "role"], name="one_role_row_per_organisation")
        ]


class Track(models.Model):
    """A direction of training, with its courses and the activities it requires."""

    programme = models.ForeignKey(
        Programme, verbose_name=_("programme"), on_delete=models.PROTECT, related_name="tracks"
    )
    code = models.CharField(_("code"), max_length=4, help_text=_("One letter, used in certificate numbers."))
    slug = models.SlugField()
    name = models.CharField(_("name"), max_length=100)
    name_en = models.CharField(_("English name"), max_length=200, blank=True)
    summary = models.TextField(_("summary"), blank=True)
    summary_en = models.TextField(_("English summary"), blank=True)
    suits = models.TextField(_("who fits"), blank=True)
    suits_en = models.TextField(_("who fits, in English"), blank=True)
    courses = models.ManyToManyField(CoursePage, through="TrackCourse", related_name="tracks")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "code"], name="one_track_per_code"),
            models.UniqueConstraint(fields=["programme", "slug"], name="one_track_per_slug"),
        ]
        verbose_name = _("track")
        verbose_name_plural = _("tracks")

    def __str__(self):
        return self.title

    @property
    def title(self):
        return in_language(self.name, self.name_en)


class TrackCourse(models.Model):
    track = models.ForeignKey(Track, on_delete=models.CASCADE, related_name="course_rows")
    course = models.ForeignKey(CoursePage, on_delete=models.PROTECT, related_name="track_rows")
    order = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["track", "course"], name="one_row_per_course_of_track")]


class TrackActivity(models.Model):
    """An activity that a track requires. Everything else in its courses is optional there."""

    track = models.ForeignKey(Track, on_delete=models.CASCADE, related_name="required")
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["track", "activity"], name="one_requirement_per_activity")]
        verbose_name = _("required activity")
        verbose_name_plural = _("required activities")


class Cohort(models.Model):
    """People who learn together, from one date to another."""

    programme = models.ForeignKey(
        Programme, verbose_name=_("programme"), on_delete=models.PROTECT, related_name="cohorts"
    )
    number = models.PositiveIntegerField(_("number"))
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"))

    class Meta:
        ordering = ["programme", "number"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="one_cohort_per_number"),
            models.CheckConstraint(condition=Q(ends_on__gt=models.F("starts_on")), name="cohort_ends_after_start"),
        ]
        verbose_name = _("cohort")
        verbose_name_plural = _("cohorts")

    def __str__(self):
        return _("Cohort %(number)s") % {"number": self.number}


class IntakeQuerySet(models.QuerySet):
    def open(self, now):
        return self.filter(opens_at__lte=now, closes_at__gt=now)


class Intake(models.Model):
    """One track in one cohort: seats, opening and closing; from the cohort's start its frozen policy and activities."""

    cohort = models.ForeignKey(Cohort, verbose_name=_("cohort"), on_delete=models.PROTECT, related_name="intakes")
    track = models.ForeignKey(Track, verbose_name=_("track"), on_delete=models.PROTECT, related_name="intakes")
    seats = models.PositiveIntegerField(_("seats"), default=30)
    opens_at = models.DateTimeField(_("opens at"))
    closes_at = models.DateTimeField(_("closes at"), help_text=_("Exclusive: at this very moment it is too late."))
    confirm_days = models.PositiveIntegerField(_("days to confirm an offer"), default=3)
    floor = models.PositiveIntegerField(_("lowest score that can be offered a seat"), default=60)
    baseline = models.ForeignKey(
        Activity,
        verbose_name=_("baseline assessment"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    frozen_at = models.DateTimeField(null=True, blank=True, editable=False)
    frozen_policy = models.JSONField(default=list, blank=True, editable=False, help_text="[{key, settings}]")

    objects = IntakeQuerySet.as_manager()

    class Meta:
        ordering = ["cohort", "track"]
        constraints = [
            models.UniqueConstraint(fields=["cohort", "track"], name="one_intake_per_track_and_cohort"),
            models.CheckConstraint(condition=Q(closes_at__gt=models.F("opens_at")), name="intake_closes_after_opening"),
        ]
        verbose_name = _("intake")
        verbose_name_plural = _("intakes")

    def __str__(self):
        return f"{self.track} · {self.cohort}"

    def clean(self):
        if self.track_id and self.cohort_id and self.track.programme_id != self.cohort.programme_id:
            raise ValidationError({"track": _("The track and the cohort belong to different programmes.")})


class IntakeActivity(models.Model):
    """A required activity as frozen on the cohort's start date. Its ``substitutes`` count in its place."""

    intake = models.ForeignKey(Intake, on_delete=models.CASCADE, related_name="required")
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="frozen_in")
    title = models.CharField(max_length=255)
    kind = models.CharField(max_length=40)
    minutes = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["intake", "activity"], name="one_frozen_row_per_activity")]


class Substitute(models.Model):
    """An activity of the same kind that counts in place of a frozen one: named by staff, with the reason. Appended.

    Whoever completed the frozen activity, or an earlier substitute, keeps it; the others are asked for the newest one.
    """

    frozen = models.ForeignKey(IntakeActivity, on_delete=models.PROTECT, related_name="substitutes")
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="substitute_in")
    reason = models.CharField(_("reason"), max_length=300)
    named_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    named_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["frozen", "activity"], name="one_row_per_substitute")]
        verbose_name = _("substitute")
        verbose_name_plural = _("substitutes")

    def __str__(self):
        return f"{self.activity} · {self.frozen.title}"


class Series(models.Model):
    """A run of numbers by its code (``SQ-2026``). Its row is locked while a number is taken."""

    code = models.CharField(max_length=40, unique=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self):
        return self.code


class GrantQuerySet(models.QuerySet):
    def active(self, now):
        return self.filter(revoked_at=None, starts_at__lte=now).filter(Q(until=None) | Q(until__gt=now))

    def of(self, user, *roles):
        found = self.filter(user=user)
        return found.filter(role__in=roles) if roles else found


class Grant(models.Model):
    """This person has this role for a programme, a cohort, an intake or a course: by whom, since when, until when.

    ``revoked_at``: when somebody ended it; or its end, once the worker has closed what it had opened.
    """

    class Role(models.TextChoices):
        INSTRUCTOR = "instructor", _("instructor")
        REVIEWER = "reviewer", _("reviewing instructor")
        SCORER = "scorer", _("scorer of applications")
        STAFF = "staff", _("programme staff")
        DIRECTOR = "director", _("director")
        SIGNATORY = "signatory", _("signatory of a host")
        PROTECTION = "protection", _("child-protection officer")
        READER = "reader", _("civil-affairs reader")

    DESK = list(Role)
    SCOPES = ["programme", "cohort", "intake", "course"]

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("person"), on_delete=models.PROTECT, related_name="grants"
    )
    role = models.CharField(_("role"), max_length=20, choices=Role)
    programme = models.ForeignKey(
        Programme, verbose_name=_("programme"), null=True, blank=True, on_delete=models.PROTECT, related_name="grants"
    )
    cohort = models.ForeignKey(
        Cohort, verbose_name=_("cohort"), null=True, blank=True, on_delete=models.PROTECT, related_name="grants"
    )
    intake = models.ForeignKey(
        Intake, verbose_name=_("intake"), null=True, blank=True, on_delete=models.PROTECT, related_name="grants"
    )
    course = models.ForeignKey(
        CoursePage, verbose_name=_("course"), null=True, blank=True, on_delete=models.PROTECT, related_name="grants"
    )
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("granted by"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    starts_at = models.DateTimeField(_("from"))
    until = models.DateTimeField(_("until"), null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = GrantQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["user", "role"])]
        constraints = [
            models.CheckConstraint(
                name="grant_has_one_scope",
                condition=(
                    Q(programme__isnull=False, cohort=None, intake=None, course=None)
                    | Q(programme=None, cohort__isnull=False, intake=None, course=None)
                    | Q(programme=None, cohort=None, intake__isnull=False, course=None)
                    | Q(programme=None, cohort=None, intake=None, course__isnull=False)
                ),
            )
        ]
        verbose_name = _("grant")
        verbose_name_plural = _("grants")

    def __str__(self):
        return f"{self.user} · {self.get_role_display()} · {self.scope}"

    def clean(self):
        if len([kind for kind in self.SCOPES if getattr(self, f"{kind}_id")]) != 1:
            raise ValidationError(_("Choose exactly one: a programme, a cohort, an intake or a course."))
        if self.until and self.until <= self.starts_at:
            raise ValidationError({"until": _("The end must lie after the beginning.")})

    @property
    def scope(self):
        """What it is for."""
        return next((getattr(self, kind) for kind in self.SCOPES if getattr(self, f"{kind}_id")), None)

    @property
    def scope_kind(self):
        """programme, cohort, intake or course."""
        return next((kind for kind in self.SCOPES if getattr(self, f"{kind}_id")), "")
