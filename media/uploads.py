"""Uploads in pieces, so that a file of 20 MB survives a weak line: begin, append, finish, give up, sweep.

The offset of an upload is the size of its partial file, so there is nothing to keep in step. One request writes at a
time. When the last byte is there the file is checked, cleaned and kept; a refusal removes what had come.
"""

import logging
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction

from lms import clock
from lms.retention import before
from lms.verdicts import Refused
from media import actions, incoming, sniffing
from media.models import PrivateFile, Upload
from media.purposes import file_purposes
from media.storage import private_storage

logger = logging.getLogger("lms.media")


def ends_at(upload):
    """When an upload that nobody finishes is forgotten."""
    return upload.created_at + timedelta(days=settings.KEPT_DAYS["UPLOADS"])


class Misplaced(Exception):
    """The client would write elsewhere than at the end. ``offset``: where the end is."""

    def __init__(self, offset):
        super().__init__(offset)
        self.offset = offset


@transaction.atomic
def begin(user, purpose_key, subject, *, name, length, now):
    """Announce a file of ``length`` bytes. Raises Refused with the reason before a byte is sent."""
    if purpose_key not in file_purposes:
        raise Refused("")
    get_user_model().objects.select_for_update().get(pk=user.pk)
    name = sniffing.clean_name(name)
    actions.room_for(purpose_key, subject, user, now, name=name, size=length).require()
    return Upload.objects.create(
        owner=user, purpose=purpose_key, subject=subject, name=name, length=length, created_at=now
    )


def offset(upload):
    """How many bytes have arrived."""
    return upload.length if upload.file_id else incoming.offset(upload)


def append(upload, stream, *, at, now):
    """Write what comes to the end, never past the length, and return the new offset. Finishes with the last byte.

    Raises incoming.Locked, Misplaced, or Refused when the complete file is not taken.
    """
    with incoming.locked(upload) as file:
        upload.refresh_from_db()
        end = offset(upload)
        if at != end:
            raise Misplaced(end)
        incoming.append(file, stream, upload.length - end)
        end = incoming.offset(upload)
        if end == upload.length:
            _finish(upload, now)
    return end


def finish(upload, now):
    """Keep a complete upload that was interrupted between its last byte and our answer; otherwise nothing to do."""
    if upload.file_id is None and offset(upload) == upload.length:
        with incoming.locked(upload):
            upload.refresh_from_db()
            if upload.file_id is None:
                _finish(upload, now)


def _finish(upload, now):
    try:
        kept = actions.keep(
            incoming.partial(upload), upload.purpose, upload.subject, upload.owner, now, name=upload.name, upload=upload
        )
    except Refused:
        give_up(upload)
        raise
    upload.file = kept
    incoming.partial(upload).unlink(missing_ok=True)


def give_up(upload):
    """Forget an upload and the bytes that had come; a file that was kept stays kept."""
    Upload.objects.filter(pk=upload.pk).delete()
    incoming.partial(upload).unlink(missing_ok=True)


def sweep(now):
    """Remove uploads nobody finished and files no row knows, when old enough; log rows whose file is missing.

    Returns {"uploads": n, "orphans": n, "missing": n}. Harmless to run at any time, in any number.
    """
    stale = Upload.objects.filter(created_at__lt=before("UPLOADS", now))
    count = stale.count()
    for upload in stale:
        give_up(upload)
    known = set(PrivateFile.objects.kept().values_list("file", flat=True))
    found = dict(_stored(private_storage()))
    ours = [name for name in found if incoming.OWN_NAME.fullmatch(name)]  # other apps keep files here too
    orphans = [name for name in ours if name not in known and _old(found[name])]
    for name in orphans:
        private_storage().delete(name)
    missing = known - set(found)
    if missing:
        logger.error("private files are missing", extra={"count": len(missing)})
    return {"uploads": count, "orphans": len(orphans) + _sweep_working_copies(), "missing": len(missing)}


def _stored(storage):
    """(name, when it was changed) of everything in the private store, except what is on its way in."""
    return storage.contents() if hasattr(storage, "contents") else _in_folder(storage, "")


def _in_folder(storage, folder):
    folders, files = storage.listdir(folder)
    for name in files:
        path = f"{folder}/{name}".lstrip("/")
        yield path, storage.get_modified_time(path)
    for name in folders:
        if (folder, name) != ("", "incoming"):
            yield from _in_folder(storage, f"{folder}/{name}".lstrip("/"))


def _sweep_working_copies():
    left = [path for path in incoming.folder().iterdir() if _old_file(path)]
    for path in left:
        path.unlink(missing_ok=True)
    return len(left)


def _old(changed):
    return changed < before("UPLOADS", clock.real_now())


def _old_file(path: Path):
    try:
        return path.stat().st_mtime < before("UPLOADS", clock.real_now()).timestamp()
    except FileNotFoundError:
        return False
