"""People and organisations: who signs in, and on whose behalf."""

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):
    """A person who signs in by user name, e-mail or mobile number. ``name`` is written as on a certificate."""

    first_name = last_name = None
    name = models.CharField(_("name"), max_length=50, blank=True)
    phone = models.CharField(_("mobile number"), max_length=20, unique=True, null=True, blank=True)
    phone_verified = models.BooleanField(default=False, editable=False)
    language = models.CharField(
        _("language"), max_length=10, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self):
        return self.name or self.username

    def get_full_name(self):
        return self.name or self.username

    get_short_name = get_full_name

    @property
    def is_staff_member(self):
        """Whether to show the way to the desk. Kept by the actions that grant roles; rights are asked of the grants."""
        return self.is_staff


class Organisation(models.Model):
    """A body that guides, hosts or trains with a programme, or employs learners."""

    class Kind(models.TextChoices):
        AUTHORITY = "authority", _("public authority")
        ACADEMIC = "academic", _("academic body")
        SOCIAL = "social", _("social organisation")
        SCHOOL = "school", _("school")
        COMMUNITY = "community", _("community")
        OTHER = "other", _("other")

    name = models.CharField(_("name"), max_length=100, unique=True)
    name_en = models.CharField(_("English name"), max_length=200, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.SOCIAL)

    class Meta:
        ordering = ["name"]
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")

    def __str__(self):
        return self.name


class Membership(models.Model):
    """A person belongs to an organisation, as its contact or as its staff."""

    class Role(models.TextChoices):
        CONTACT = "contact", _("contact")
        STAFF = "staff", _("staff")

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(_("role"), max_length=20, choices=Role, default=Role.STAFF)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "organisation"], name="one_membership_each")]
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
