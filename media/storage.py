"""Where private bytes lie: outside every public folder, under random names, reached only through our guarded view."""

from django.core.files.storage import FileSystemStorage, storages


class PrivateStorage(FileSystemStorage):
    """A folder that has no URL."""

    def url(self, name):
        raise ValueError("Private files have no address; they are served by media.views.private_file.")


def private_storage():
    """The storage alias of the settings, resolved late so that migrations do not hold a path."""
    return storages["private"]
