"""Ways a message can travel besides the inbox, by key."""

from smtplib import SMTPRecipientsRefused
from typing import Protocol
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.plugins import Registry

channels = Registry("lms.notifications.channels")


class Undeliverable(Exception):
    """This message will never arrive this way: no address, an address refused for good."""


class Channel(Protocol):
    """``wants``: whether to send to this person at all; ``send``: deliver now or raise.

    ``Undeliverable`` means that trying again is no use; any other exception is tried again later.
    """

    key: str
    label: str

    def wants(self, user) -> bool: ...

    def send(self, message) -> None: ...


class Email:
    """Plain text to the person's address. The Message-ID is fixed, so that a message sent twice can be recognised."""

    key = "email"
    label = gettext_lazy("e-mail")

    def wants(self, user):
        return bool(user.email)

    def send(self, message):
        person = message.recipient
        if not person.is_active:
            raise Undeliverable("the account is suspended")
        if not person.email:
            raise Undeliverable("no address")
        try:
            self.letter(message, person).send()
        except SMTPRecipientsRefused as refusal:
            if all(code >= 500 for code, _text in refusal.recipients.values()):
                raise Undeliverable("the address was refused") from refusal
            raise

    def letter(self, message, person):
        return EmailMessage(
            subject=" ".join(message.subject.split()),  # a line break would be a header of its own
            body=self.text(message, person),
            to=[person.email],
            headers={"Message-ID": f"<message-{message.pk}@{urlsplit(settings.SITE_URL).hostname}>"},
        )

    def text(self, message, person):
        with translation.override(person.language):
            lines = [message.body]
            if message.url:
                lines.append(_("Open it here: %(link)s") % {"link": settings.SITE_URL + message.url})
            lines.append(_("Sent by Liangxing. Please do not reply to this address."))
        return "\n\n".join(line for line in lines if line)


channels.register(Email())
