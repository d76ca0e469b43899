"""Take in, take back, erase private files; log who opened what. ``media.uploads`` does the same piece by piece."""

from functools import partial
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Sum

from lms.events import publish
from lms.verdicts import Refused, first_no
from media import incoming, rules, sniffing, stripping
from media.events import FileTakenBack
from media.models import Opening, PrivateFile, Upload
from media.purposes import purpose_of
from media.storage import private_storage


def receive(upload_file, purpose_key, subject, user, now):
    """Check, clean and keep one file that came with a form. Returns the PrivateFile; raises Refused with the reason."""
    name = sniffing.clean_name(upload_file.name)
    room_for(purpose_key, subject, user, now, name=name, size=upload_file.size).require()
    with incoming.working_copy() as path:
        with open(path, "wb") as file:
            for block in upload_file.chunks():
                file.write(block)
        return keep(path, purpose_key, subject, user, now, name=name)


def receive_all(upload_files, purpose_key, subject, user, now):
    """Take in several files; return a sentence, with its name, for each that was refused."""
    errors = []
    for upload_file in upload_files:
        try:
            receive(upload_file, purpose_key, subject, user, now)
        except Refused as refusal:
            errors.append(f"{sniffing.clean_name(upload_file.name)}: {refusal}")
    return errors


def room_for(purpose_key, subject, user, now, *, name, size, upload=None):
    """Whether the purpose takes a file of this name and size; ``upload`` is not counted against itself."""
    purpose = purpose_of(purpose_key)
    sniffing.expected_type(name, purpose.types)
    arriving = Upload.objects.filter(purpose=purpose_key, file=None).exclude(pk=upload and upload.pk)
    files = PrivateFile.objects.kept().filter(purpose=purpose_key)
    used = _total(files.filter(owner=user), "size") + _total(arriving.filter(owner=user), "length")
    count = files.filter(subject=subject).count() + arriving.filter(subject=subject).count()
    return first_no(
        rules.size_fits(size=size, largest=purpose.max_size),
        rules.count_fits(count=count, most=purpose.max_count),
        rules.quota_fits(used=used, size=size, quota=purpose.quota),
        lambda: purpose.may_upload(user, subject, now),
    )


def _total(rows, field):
    return rows.aggregate(total=Sum(field))["total"] or 0


def keep(path, purpose_key, subject, user, now, *, name, upload=None):
    """Check and clean the complete file at ``path`` and keep it: bytes first, then the row, in one transaction."""
    purpose = purpose_of(purpose_key)
    content_type = sniffing.check(path, name, purpose.types)
    with incoming.working_copy() as clean:
        stripping.strip(path, clean, content_type)
        size, sha256 = incoming.measure(clean)
        stored = incoming.adopt(clean)
    kept = PrivateFile(purpose=purpose_key, subject=subject, owner=user, name=name, file=stored, size=size,
                       content_type=content_type, sha256=sha256, created_at=now)  # fmt: skip
    try:
        _store(kept, purpose, upload, now)
    except BaseException:
        private_storage().delete(stored)
        raise
    return kept


@transaction.atomic
def _store(kept, purpose, upload, now):
    get_user_model().objects.select_for_update().get(pk=kept.owner_id)
    room_for(kept.purpose, kept.subject, kept.owner, now, name=kept.name, size=kept.size, upload=upload).require()
    kept.save()
    if upload:
        Upload.objects.filter(pk=upload.pk).update(file=kept)
    purpose.received(kept, kept.subject, kept.owner, now)


@transaction.atomic
def take_back(file, by, now):
    """Take a file away from what it was added to, or refuse. Erases its bytes unless something handed in has them."""
    file = PrivateFile.objects.select_for_update(no_key=True).get(pk=file.pk)  # a version may still point to it
    verdict = purpose_of(file.purpose).may_remove(by, file, now).require()
    kept = bool(verdict.facts.get("kept"))
    publish(FileTakenBack(file.pk, kept))
    if kept:
        PrivateFile.objects.filter(pk=file.pk).update(subject="")
    else:
        erase_file(file, now)


def take_back_named(uuid, by, now):
    """``take_back`` by the id that a form sent. Nothing, a strange id or an erased file are nothing to do."""
    file = _named(uuid)
    if file and purpose_of(file.purpose).may_open(by, file, now):
        take_back(file, by, now)


def _named(uuid):
    try:
        return PrivateFile.objects.kept().filter(uuid=UUID(str(uuid))).first()
    except ValueError:
        return None


@transaction.atomic
def erase_file(file, now):
    """Remove the bytes and the name for good; size, type, hash and dates stay as what is left of it."""
    stored = file.file.name
    file.name, file.file, file.erased_at = "", "", now
    file.save(update_fields=["name", "file", "erased_at"])
    if stored:
        transaction.on_commit(partial(private_storage().delete, stored))


def log_opening(user, kind, reference, capacity, now):
    """Write that this person opened private text or a private file, as what. Call it before anything is shown."""
    return Opening.objects.create(user=user, kind=kind, reference=str(reference), capacity=capacity, at=now)
