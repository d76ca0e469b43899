"""Files on their way in: partial files and working copies, on the volume where they will be kept.

They lie in ``PRIVATE_ROOT/incoming`` under the random id of their upload. What is complete is flushed to the disk
before it is renamed into the store, so a row in the database never points to bytes that a power cut took.
"""

import fcntl
import hashlib
import os
import re
import secrets
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.files import File

from media.storage import private_storage

BLOCK = 64 * 1024
OWN_NAME = re.compile(r"[0-9a-f]{2}/[0-9a-f]{32}")  # of what ``adopt`` keeps


class Locked(Exception):
    """Another request is writing to this upload right now."""


def folder():
    path = Path(settings.PRIVATE_ROOT, "incoming")
    path.mkdir(parents=True, exist_ok=True, mode=0o750)
    return path


def partial(upload):
    """Where the bytes of an upload gather. Their number is its offset."""
    return folder() / f"{upload.uuid}.part"


def offset(upload):
    try:
        return partial(upload).stat().st_size
    except FileNotFoundError:
        return 0


@contextmanager
def locked(upload):
    """Hold the upload's partial file alone, open for appending. Raises Locked when another request has it."""
    with open(partial(upload), "ab") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Locked from None
        yield file


def append(file, stream, most):
    """Copy at most ``most`` bytes from the stream to the end of the file, and flush them to the disk."""
    while most > 0 and (block := stream.read(min(BLOCK, most))):
        file.write(block)
        most -= len(block)
    flush(file)


def flush(file):
    file.flush()
    os.fsync(file.fileno())


@contextmanager
def working_copy():
    """A path for a file that is being made; what is left there afterwards is removed."""
    path = folder() / f"{secrets.token_hex(16)}.work"
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)


def measure(path):
    """Size and SHA-256 of the file at ``path``, after making sure that it is on the disk."""
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        os.fsync(file.fileno())
        while block := file.read(1024 * 1024):
            digest.update(block)
        return file.tell(), digest.hexdigest()


def adopt(path):
    """Move a finished working copy into the private store under a random name, and return that name."""
    token = secrets.token_hex(16)
    name = f"{token[:2]}/{token}"
    storage = private_storage()
    if hasattr(storage, "adopt"):
        storage.adopt(path, name)
        return name
    with open(path, "rb") as file:
        return storage.save(name, File(file))
