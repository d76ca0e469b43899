"""Tell somebody something, and deliver it."""

import logging

from django.db import transaction

from lms.notifications.channels import Undeliverable, channels
from lms.notifications.models import Delivery, Message
from lms.notifications.rules import LEASE, wait_after

logger = logging.getLogger(__name__)
BATCH = 50


@transaction.atomic
def notify(recipient, kind, *, matter, subject, body="", url="", now):
    """Write one message about a matter to a person's inbox and outbox, in the caller's transaction.

    ``matter`` makes it the only one: a second call with the same kind, matter and recipient changes nothing.
    No case text and no child's data in subject or body.
    """
    message, created = Message.objects.get_or_create(
        dedupe_key=f"{kind}:{matter}:{recipient.pk}",
        defaults={
            "recipient": recipient,
            "kind": kind,
            "subject": subject[:200],
            "body": body,
            "url": url,
            "created_at": now,
        },
    )
    if created:
        wanted = [channel.key for channel in channels if channel.wants(recipient)]
        Delivery.objects.bulk_create(Delivery(message=message, channel=key, next_try_at=now) for key in wanted)
    return message


def deliver_waiting(now):
    """Send what is due, each row claimed first so that two workers send it once. Returns how many were sent."""
    due = Delivery.objects.filter(state=Delivery.State.WAITING, next_try_at__lte=now)
    rows = list(due.select_related("message__recipient").order_by("next_try_at", "pk")[:BATCH])
    return sum(_deliver(row, now) for row in rows)


def _deliver(delivery, now):
    claimed = Delivery.objects.filter(
        pk=delivery.pk, state=Delivery.State.WAITING, next_try_at=delivery.next_try_at
    ).update(next_try_at=now + LEASE, tries=delivery.tries + 1)
    if not claimed:
        return 0
    delivery.tries += 1
    try:
        channels[delivery.channel].send(delivery.message)
    except Exception as error:
        _put_off(delivery, error, now)
        return 0
    Delivery.objects.filter(pk=delivery.pk).update(state=Delivery.State.SENT, sent_at=now, error="")
    return 1


def _put_off(delivery, error, now):
    wait = None if isinstance(error, Undeliverable | KeyError) else wait_after(delivery.tries)
    logger.warning(
        "delivery failed", extra={"delivery": delivery.pk, "channel": delivery.channel, "tries": delivery.tries}
    )
    Delivery.objects.filter(pk=delivery.pk).update(
        error=f"{type(error).__name__}: {error}"[:300],
        **({"next_try_at": now + wait} if wait else {"state": Delivery.State.FAILED}),
    )


def resend(delivery, *, now):
    """Let the worker try a failed delivery again, from the first wait on."""
    Delivery.objects.filter(pk=delivery.pk, state=Delivery.State.FAILED).update(
        state=Delivery.State.WAITING, tries=0, next_try_at=now, error=""
    )


def mark_read(messages, *, now):
    """Mark the unread ones of a queryset as read."""
    return messages.filter(read_at=None).update(read_at=now)
