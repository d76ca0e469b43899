"""Addresses of private files: the guarded view that serves them, and the tus protocol by which they come in.

tus 1.0.0 with the extensions creation, termination and expiration: https://tus.io/protocols/resumable-upload
"""

import base64
import binascii

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse, HttpResponseRedirect, JsonResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import content_disposition_header, http_date, url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lms import clock
from lms.verdicts import Refused
from media import actions, incoming, uploads
from media.models import PrivateFile, Upload
from media.purposes import file_purposes
from media.storage import private_storage

TUS = {"Tus-Resumable": "1.0.0", "Cache-Control": "no-store"}
PLAIN = "text/plain; charset=utf-8"


# --- serving --------------------------------------------------------------------------------------------------------
@login_required
@require_GET
def private_file(request, uuid):
    """Serve a private file to whom its purpose allows, after writing down that it was opened. Otherwise 404."""
    now = clock.now()
    file = get_object_or_404(PrivateFile.objects.kept(), uuid=uuid)
    capacity = _capacity(request.user, file, now)
    actions.log_opening(request.user, "file", file.uuid, capacity, now)
    inline = file.content_type == "application/pdf" and request.GET.get("inline") == "1"
    return _guarded(_served(file), file, inline)


def _capacity(user, file, now):
    purpose = file_purposes.get(file.purpose)
    capacity = purpose.may_open(user, file, now) if purpose else ""
    if not capacity:
        raise Http404
    return capacity


def _served(file):
    if settings.X_ACCEL_PREFIX:
        return HttpResponse(headers={"X-Accel-Redirect": f"{settings.X_ACCEL_PREFIX}/private/{file.file.name}"})
    storage, headers = private_storage(), {"Content-Length": str(file.size)}
    try:
        if hasattr(storage, "part"):
            return StreamingHttpResponse(storage.part(file.file.name, 0, file.size - 1), headers=headers)
        return FileResponse(storage.open(file.file.name), headers=headers)
    except FileNotFoundError:
        raise Http404 from None


def _guarded(response, file, inline):
    """Headers under which nothing in the file can run, be kept in a cache, or be pulled in from another site."""
    response["Content-Type"] = file.content_type
    response["Content-Disposition"] = content_disposition_header(not inline, file.name)
    response["Content-Security-Policy"] = "sandbox" if inline else "sandbox; default-src 'none'"
    response["Content-Encoding"] = "identity"  # already compressed, and its length is known
    response["X-Content-Type-Options"] = "nosniff"
    response["X-Frame-Options"] = "SAMEORIGIN"  # the marking desk shows a PDF beside the rubric
    response["Cache-Control"] = "no-store, private"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Referrer-Policy"] = "no-referrer"
    return response


@login_required
@require_POST
def remove(request, uuid):
    """Take a file back. Scripts get 204, or 409 with the reason; a form goes back to where it was."""
    now = clock.now()
    file = get_object_or_404(PrivateFile.objects.kept(), uuid=uuid)
    _capacity(request.user, file, now)
    try:
        actions.take_back(file, request.user, now)
    except Refused as refusal:
        return HttpResponse(str(refusal), status=409, content_type=PLAIN)
    back = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        return HttpResponseRedirect(back)
    return HttpResponse(status=204)


# --- coming in ------------------------------------------------------------------------------------------------------
@require_http_methods(["POST", "OPTIONS"])
def upload_create(request):
    """POST: announce a file; 201 with the address of its upload, or 422 with the reason it would not be taken."""
    if request.method == "OPTIONS":
        return _answer(204, {"Tus-Version": "1.0.0", "Tus-Extension": "creation,termination,expiration"})
    if not request.user.is_authenticated:
        return _answer(403, text=_("Please sign in again."))
    told = _metadata(request.headers.get("Upload-Metadata", ""))
    try:
        upload = uploads.begin(
            request.user,
            told.get("purpose", ""),
            told.get("subject", "")[:60],
            name=told.get("filename", ""),
            length=_number(request, "Upload-Length"),
            now=clock.now(),
        )
    except Refused as refusal:
        return _answer(422, text=str(refusal))
    return _answer(201, {"Location": reverse("media:upload", args=[upload.uuid]), **_expiry(upload)})


@require_http_methods(["HEAD", "GET", "PATCH", "DELETE"])
def upload(request, uuid):
    """HEAD: how far it has come. PATCH: the next piece. DELETE: give up. GET: what became of it, for the page."""
    if not request.user.is_authenticated:
        return _answer(403, text=_("Please sign in again."))
    found = get_object_or_404(Upload, uuid=uuid, owner=request.user)
    try:
        return METHODS[request.method](request, found)
    except Upload.DoesNotExist:
        raise Http404 from None
    except incoming.Locked:
        return _answer(423, text=_("This file is being sent from another window."))
    except uploads.Misplaced as misplaced:
        return _answer(409, {"Upload-Offset": str(misplaced.offset)})
    except Refused as refusal:
        return _answer(422, text=str(refusal))


def _tell(request, found):
    uploads.finish(found, clock.now())
    return _answer(200, {"Upload-Offset": str(uploads.offset(found)), "Upload-Length": str(found.length)})


def _take(request, found):
    if request.content_type != "application/offset+octet-stream":
        return _answer(415)
    if _number(request, "Content-Length") > settings.UPLOAD_CHUNK:
        return _answer(413, text=_("Please send smaller pieces."))
    end = uploads.append(found, request, at=_number(request, "Upload-Offset"), now=clock.now())
    return _answer(204, {"Upload-Offset": str(end), **_expiry(found)})


def _give_up(request, found):
    with incoming.locked(found):
        uploads.give_up(found)
    return _answer(204)


def _result(request, found):
    if not found.file_id:
        return JsonResponse({"offset": uploads.offset(found), "length": found.length}, headers=TUS)
    return JsonResponse(described(found.file), headers=TUS)


METHODS = {"HEAD": _tell, "PATCH": _take, "DELETE": _give_up, "GET": _result}


def described(file):
    """What a page shows of a received file: its name, a line with size, time and receipt, and its addresses."""
    return {
        "uuid": str(file.uuid),
        "name": file.name,
        "meta": render_to_string("components/upload_meta.html", {"file": file}).strip(),
        "url": reverse("media:file", args=[file.uuid]),
        "remove": reverse("media:remove", args=[file.uuid]),
    }


def _answer(status, headers=None, text=""):
    return HttpResponse(text, status=status, content_type=PLAIN, headers={**TUS, **(headers or {})})


def _expiry(found):
    return {"Upload-Expires": http_date(uploads.ends_at(found).timestamp())}


def _number(request, header):
    """A header's whole number; -1, which fits nowhere, when it has none."""
    value = request.headers.get(header, "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 16 else -1


def _metadata(header):
    """``key base64,key base64`` as a dict; what is not readable is left out."""
    found = {}
    for pair in header.split(","):
        key, _space, value = pair.strip().partition(" ")
        try:
            found[key] = base64.b64decode(value, validate=True).decode("utf-8")
        except (binascii.Error, UnicodeDecodeError):
            continue
    return found
