"""Tell people something, and deliver it."""

import logging

from django.db import transaction

from lms.notifications.channels import Undeliverable, channels
from lms.notifications.models import Delivery, Message
from lms.notifications.rules import LEASE, wait_after
from lms.retention import before

logger = logging.getLogger(__name__)
BATCH = 50


# --- the outbox -----------------------------------------------------------------------------------------------------
@transaction.atomic(savepoint=False)
def tell(*notices, now):
    """Write messages to inboxes and the outbox, in the caller's transaction; of a matter told before, nothing changes.

    Three queries for a hundred notices as for one.
    """
    by_key = {one.dedupe_key: one for one in notices}
    Message.objects.bulk_create([_message(one, now) for one in by_key.values()], ignore_conflicts=True)
    Delivery.objects.bulk_create(
        [
            Delivery(message=message, channel=channel.key, next_try_at=now)
            for message in Message.objects.filter(dedupe_key__in=by_key)
            for channel in channels
            if channel.wants(by_key[message.dedupe_key].recipient)
        ],
        ignore_conflicts=True,
    )


def _message(notice, now):
    return Message(
        recipient=notice.recipient,
        kind=notice.kind,
        dedupe_key=notice.dedupe_key,
        subject=notice.subject[:200],
        body=notice.body,
        url=notice.url,
        created_at=now,
    )


def mark_read(messages, *, now):
    """Mark the unread ones of a queryset as read."""
    return messages.filter(read_at=None).update(read_at=now)


@transaction.atomic
def forget_old(now):
    """Empty messages whose time is over, and forget those that are older than logs are; returns how many.

    An emptied one still says that it was sent, to whom and about what, so that nobody is told of the matter again.
    """
    gone = Message.objects.filter(created_at__lt=before("LOGS", now))
    old = Message.objects.filter(created_at__lt=before("MESSAGES", now)).exclude(body="")
    settled = old.exclude(deliveries__state=Delivery.State.WAITING)
    Delivery.objects.filter(message__created_at__lt=before("MESSAGES", now)).exclude(error="").update(error="")
    return gone.delete()[1].get(Message._meta.label, 0) + settled.update(body="")


# --- the post -------------------------------------------------------------------------------------------------------
def deliver_waiting(now):
    """Send what is due, each row claimed first so that two workers send it once. Returns how many were sent.

    At most ``BATCH`` at a time: the lease of the last one must not end while the first ones are slow.
    """
    due = Delivery.objects.filter(state=Delivery.State.WAITING, next_try_at__lte=now)
    rows = list(due.select_related("message__recipient").order_by("next_try_at", "pk")[:BATCH])
    return sum(_deliver(row, now) for row in rows)


def _deliver(delivery, now):
    if not _claim(delivery, now):
        return 0
    try:
        _channel(delivery).send(delivery.message)
    except Exception as error:  # whatever a channel raises: the letter is kept, and the next one is sent
        _put_off(delivery, error, now)
        return 0
    Delivery.objects.filter(pk=delivery.pk).update(state=Delivery.State.SENT, sent_at=now, error="")
    return 1


def _claim(delivery, now):
    """Take the row for as long as the lease; False when another worker has it. Who dies with it lets it go so."""
    unclaimed = Delivery.objects.filter(pk=delivery.pk, state=Delivery.State.WAITING, next_try_at=delivery.next_try_at)
    delivery.tries += 1
    return unclaimed.update(next_try_at=now + LEASE, tries=delivery.tries)


def _channel(delivery):
    channel = channels.get(delivery.channel)
    if channel is None:
        raise Undeliverable(f"the channel {delivery.channel} is not installed")
    return channel


def _put_off(delivery, error, now):
    wait = None if isinstance(error, Undeliverable) else wait_after(delivery.tries)
    logger.warning(
        "delivery failed", extra={"delivery": delivery.pk, "channel": delivery.channel, "tries": delivery.tries}
    )
    Delivery.objects.filter(pk=delivery.pk).update(
        error=f"{type(error).__name__}: {error}"[:300],
        **({"next_try_at": now + wait} if wait else {"state": Delivery.State.FAILED}),
    )


def resend(delivery, *, now):
    """Let the worker try a failed delivery again, from the first wait on. Returns whether it had failed."""
    failed = Delivery.objects.filter(pk=delivery.pk, state=Delivery.State.FAILED)
    return bool(failed.update(state=Delivery.State.WAITING, tries=0, next_try_at=now, error=""))
