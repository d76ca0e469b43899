"""Public-side files in a bucket, addressed through our own view: it asks who may see them, and its links never expire.

Needs ``requirements-scale.txt``.
"""

from django.conf import settings
from django.utils.encoding import filepath_to_uri
from storages.backends.s3 import S3Storage


class ServedS3Storage(S3Storage):
    """A bucket whose files have the addresses of ``media.serving``, not of the bucket."""

    def url(self, name, parameters=None, expire=None, http_method=None):
        return settings.MEDIA_URL + filepath_to_uri(name)
