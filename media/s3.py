"""Files in a bucket, reached through our own views: never by an address of the bucket, and no link is ever signed.

Our views ask who may see a file before they fetch it, so a link in somebody's history or chat is worth nothing to
others, and nothing expires in a reader's hand. Needs ``requirements-scale.txt``.
"""

from contextlib import closing

from botocore.exceptions import ClientError
from django.conf import settings
from django.utils.encoding import filepath_to_uri
from storages.backends.s3 import S3Storage
from storages.utils import clean_name

CHUNK = 64 * 1024


class Bucket(S3Storage):
    """One prefix of a bucket. ``part`` and ``contents`` ask the bucket for what is needed and no more."""

    def part(self, name, first, last):
        """The bytes from ``first`` to ``last``, both included, in chunks. Raises FileNotFoundError before the first."""
        if last < first:
            return iter(())
        try:
            found = self.bucket.Object(self._normalize_name(clean_name(name))).get(Range=f"bytes={first}-{last}")
        except ClientError as error:
            if error.response["ResponseMetadata"]["HTTPStatusCode"] == 404:
                raise FileNotFoundError(name) from None
            raise
        return _chunks(found["Body"])

    def contents(self):
        """(name, when it was changed) of everything, a thousand to a request."""
        prefix = f"{self.location.rstrip('/')}/"
        for found in self.bucket.objects.filter(Prefix=prefix):
            yield found.key.removeprefix(prefix), found.last_modified


def _chunks(body):
    with closing(body):
        yield from body.iter_chunks(CHUNK)


class ServedS3Storage(Bucket):
    """Files of the libraries: their addresses are those of ``media.serving``."""

    def url(self, name, parameters=None, expire=None, http_method=None):
        return settings.MEDIA_URL + filepath_to_uri(name)


class PrivateS3Storage(Bucket):
    """Private files: they have no address at all."""

    def url(self, name, parameters=None, expire=None, http_method=None):
        raise ValueError("Private files have no address; they are served by media.private.private_file.")
