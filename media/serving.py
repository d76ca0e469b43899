"""The one view that serves images and recordings, with byte ranges (iOS plays no video without them)."""

import re
from dataclasses import dataclass
from urllib.parse import quote

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, http_date, parse_http_date_safe
from django.views.decorators.http import require_safe

from lms import clock
from media import gates

CHUNK = 64 * 1024
DAY = 24 * 3600
RANGE = re.compile(r"^bytes=(\d*)-(\d*)$")
SHOWN = {
    **{f".{name}": f"image/{name}" for name in ("png", "gif", "webp", "avif", "jpeg")},
    ".jpg": "image/jpeg",
    ".svg": "image/svg+xml",
    ".vtt": "text/vtt; charset=utf-8",
    **{f".{name}": f"video/{name}" for name in ("mp4", "webm")},
    ".m4v": "video/mp4",
    ".mov": "video/quicktime",
    ".ogv": "video/ogg",
    ".mp3": "audio/mpeg",
    ".m4a": "audio/mp4",
    ".m4b": "audio/mp4",
    ".aac": "audio/aac",
    ".ogg": "audio/ogg",
    ".wav": "audio/wav",
    ".flac": "audio/flac",
}


@require_safe
def serve(request, path):
    """An image, a recording or its captions, to whom a gate opens it. Missing and forbidden both answer 404."""
    now = clock.now()
    item, file = gates.found(path) or _nothing()
    public = gates.is_public(item, AnonymousUser(), now)
    if not public and not gates.may_open(item, request.user, now):
        raise Http404
    kept = f"public, max-age={DAY}" if public else "private, max-age=3600"
    return _headed(_response(request, file), file.name, kept)


def _nothing():
    raise Http404


@dataclass(frozen=True)
class Part:
    """Bytes from ``first`` to ``last``, both included."""

    first: int
    last: int

    @property
    def length(self):
        return self.last - self.first + 1


def part_of(header, size):
    """The part that a Range header asks for: None for the whole (also when several parts are asked for).

    Raises ValueError when it lies outside of the file.
    """
    asked = RANGE.match(header or "")
    if not asked or asked[0] == "bytes=-":
        return None
    first, last = asked.groups()
    if not first:
        part = Part(max(0, size - int(last)), size - 1)
    else:
        part = Part(int(first), min(int(last or size), size - 1))
    if part.first > part.last or part.first >= size:
        raise ValueError("outside of the file")
    return part


def _response(request, file):
    if settings.X_ACCEL_PREFIX:
        return HttpResponse(headers={"X-Accel-Redirect": f"{settings.X_ACCEL_PREFIX}/media/{quote(file.name)}"})
    try:
        size, changed = file.size, file.storage.get_modified_time(file.name)
    except FileNotFoundError:
        raise Http404 from None
    etag = f'"{size:x}-{int(changed.timestamp() * 1000):x}"'
    unchanged = get_conditional_response(request, etag, int(changed.timestamp()))
    if unchanged:
        return unchanged
    response = _partial(request, file, size, etag, int(changed.timestamp()))
    response["ETag"], response["Last-Modified"] = etag, http_date(changed.timestamp())
    response["Accept-Ranges"] = "bytes"
    return response


def _partial(request, file, size, etag, changed):
    try:
        part = part_of(request.headers.get("Range"), size) if _still_same(request, etag, changed) else None
    except ValueError:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    sent = part or Part(0, size - 1)
    body = () if request.method == "HEAD" else _read(file, sent)
    response = StreamingHttpResponse(body, status=206 if part else 200)
    response["Content-Length"] = str(sent.length)
    if part:
        response["Content-Range"] = f"bytes {part.first}-{part.last}/{size}"
    return response


def _still_same(request, etag, changed):
    """If-Range: a part is worth sending only when the reader's first parts are of the same file."""
    condition = request.headers.get("If-Range")
    return not condition or condition == etag or parse_http_date_safe(condition) == changed


def _read(file, part):
    """The bytes of a part, in chunks. A bucket is asked for these alone."""
    if hasattr(file.storage, "part"):
        return file.storage.part(file.name, part.first, part.last)
    return _read_here(file, part)


def _read_here(file, part):
    left = part.length
    with file.storage.open(file.name) as stream:
        stream.seek(part.first)
        while left and (chunk := stream.read(min(CHUNK, left))):
            left -= len(chunk)
            yield chunk


def _headed(response, name, kept):
    """Headers under which the browser believes the type, runs nothing, and keeps it as long as it may."""
    shown = SHOWN.get("." + name.rsplit(".", 1)[-1].lower())
    response["Content-Type"] = shown or "application/octet-stream"
    response["Content-Disposition"] = content_disposition_header(not shown, name.rsplit("/", 1)[-1])
    response["Content-Security-Policy"] = "sandbox; default-src 'none'; style-src 'unsafe-inline'"
    response["Content-Encoding"] = "identity"  # already compressed, and its length is known
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = kept
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
