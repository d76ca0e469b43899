"""Where private bytes lie: outside every public folder, under random names, reached only through our guarded view."""

import os
from pathlib import Path

from django.core.files.storage import FileSystemStorage, storages


class PrivateStorage(FileSystemStorage):
    """A folder that has no URL."""

    def url(self, name):
        raise ValueError("Private files have no address; they are served by media.private.private_file.")

    def adopt(self, path, name):
        """Take over a finished file of the same volume under ``name``: it is there whole, or not at all."""
        target = Path(self.path(name))
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o750)
        os.chmod(path, 0o640)
        os.rename(path, target)
        _flush_folder(target.parent)


def _flush_folder(folder):
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def private_storage():
    """The storage alias of the settings, resolved late so that migrations do not hold a path."""
    return storages["private"]
