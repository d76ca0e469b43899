"""The outbox: one message per person and matter, written with the event; its deliveries by channel."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lms.admissions.models import Choice
from lms.enrolment.models import Enrolment, Supervision
from lms.programmes.models import Grant
from lms.programmes.scopes import intakes_for

KEEPERS = [Grant.Role.STAFF, Grant.Role.DIRECTOR]


class MessageQuerySet(models.QuerySet):
    def for_user(self, user):
        return self.filter(recipient=user)

    def unread(self):
        return self.filter(read_at=None)


class Message(models.Model):
    """What somebody is told. No case text, no child's data. The dedupe key makes it one message per matter."""

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="inbox")
    kind = models.CharField(max_length=40)
    dedupe_key = models.CharField(max_length=120, unique=True)
    subject = models.CharField(max_length=200)
    body = models.TextField(blank=True)
    url = models.CharField(max_length=200, blank=True, help_text="path in the site")
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["recipient"], condition=Q(read_at=None), name="unread_messages")]
        verbose_name = _("message")
        verbose_name_plural = _("messages")


class DeliveryQuerySet(models.QuerySet):
    def visible_to(self, user, now):
        """Those to the people whom this person looks after as staff: who applied to, learns in, supervises in or works
        for an intake of theirs. Of a message staff see the subject, never the text."""
        intakes = intakes_for(user, KEEPERS, now).values("pk")
        works = Q(intake__in=intakes) | Q(cohort__intakes__in=intakes) | Q(programme__cohorts__intakes__in=intakes)
        recipient = "message__recipient__in"
        return self.filter(
            Q(**{recipient: Choice.objects.sent().filter(intake__in=intakes).values("application__applicant")})
            | Q(**{recipient: Enrolment.objects.filter(intake__in=intakes).values("learner")})
            | Q(**{recipient: Supervision.objects.filter(enrolment__intake__in=intakes).values("supervisor")})
            | Q(**{recipient: Grant.objects.filter(works).values("user")})
        )

    def failed(self):
        return self.filter(state=Delivery.State.FAILED)


class Delivery(models.Model):
    """A message on its way through one channel. The row, not the queue, is the truth."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        SENT = "sent", _("sent")
        FAILED = "failed", _("failed")

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="deliveries")
    channel = models.CharField(max_length=40)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    tries = models.PositiveIntegerField(default=0)
    next_try_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=300, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["message", "channel"], name="one_delivery_per_channel")]
        indexes = [models.Index(fields=["next_try_at"], condition=Q(state="waiting"), name="waiting_deliveries")]
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")


class Heartbeat(models.Model):
    """The last beat of a worker, by name, for /readyz."""

    name = models.CharField(max_length=40, unique=True)
    at = models.DateTimeField()
