"""What one person is told about one matter: words in their language, and where to look."""

from contextlib import contextmanager
from dataclasses import dataclass

from django.utils import translation

from lms.people.models import User


@dataclass(frozen=True)
class Notice:
    """A message that is not written yet.

    ``matter`` names what it is about: the same kind, matter and recipient are told once. ``url`` is a path of the site.
    No case text and no child's data: those stay behind the link, where rights are asked. So does what supervisors
    typed as a reason: it may speak of a child.
    """

    recipient: User
    kind: str
    matter: object
    subject: str
    body: str = ""
    url: str = ""

    @property
    def dedupe_key(self):
        return f"{self.kind}:{self.matter}:{self.recipient.pk}"


@contextmanager
def language_of(person):
    """Words translated inside the block are in this person's language."""
    with translation.override(person.language):
        yield
