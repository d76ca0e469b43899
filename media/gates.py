"""Who may see what lies in the libraries of images, recordings and documents: the apps that show it say so.

A picture that nothing uses, or a public page, is public. A recording or a document is open where a gate opens it;
whoever works in the admin sees the libraries anyway.
"""

from typing import Protocol

from lms.plugins import Registry
from media.models import Captions, Image, Media, Rendition

file_gates = Registry("media.file_gates")

PLACES = {
    "images": (Rendition, "file", lambda rendition: rendition.image),
    "original_images": (Image, "file", lambda image: image),
    "media": (Media, "file", lambda media: media),
    "media_thumbnails": (Media, "thumbnail", lambda media: media),
    "captions": (Captions, "file", lambda captions: captions.media),
}


class FileGate(Protocol):
    """``may_open``: whether what this app shows lets the user see the item; None when it shows it nowhere."""

    key: str

    def may_open(self, item, user, now) -> bool | None: ...


def found(path):
    """(item of a library, its file) at a path below /media/, or None. What no row knows does not exist."""
    model, field, item_of = PLACES.get(path.split("/")[0], (None, None, None))
    row = model and model.objects.filter(**{field: path}).first()
    return (item_of(row), getattr(row, field)) if row else None


def may_open(item, user, now):
    """Whether this user may see an image, a recording or a document."""
    answers = [answer for gate in file_gates if (answer := gate.may_open(item, user, now)) is not None]
    if any(answers) or user.has_perm("wagtailadmin.access_admin"):
        return True
    return isinstance(item, Image) and not answers


def is_public(item, nobody, now):
    """Whether everybody may see an image, so that caches between us and the reader may keep it."""
    return isinstance(item, Image) and may_open(item, nobody, now)
