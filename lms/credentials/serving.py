"""Certificates as files: only to whom ``visible_to`` shows them, under headers that keep them private."""

import io
import zipfile

from django.http import FileResponse, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from lms.credentials.printing import file_name, opened
from lms.verdicts import Refused

HEADERS = {
    "Cache-Control": "private, no-store",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def pdf_response(credential, *, inline=False):
    """The kept first rendering, printed now when the worker has not come to it. Raises Refused when it is lost."""
    response = FileResponse(opened(credential), content_type="application/pdf", headers=HEADERS)
    response["Content-Disposition"] = content_disposition_header(not inline, file_name(credential))
    return response


def zip_response(credentials, name):
    """All that can be had in one file, small and already compressed; a text names what is missing, and why."""
    buffer, missing = io.BytesIO(), []
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for credential in credentials:
            try:
                with opened(credential) as file:
                    archive.writestr(f"{credential.number}.pdf", file.read())
            except Refused as refusal:
                missing.append(f"{credential.number}: {refusal}\r\n")
        if missing:
            archive.writestr(_("Missing certificates") + ".txt", "".join(missing))
    response = HttpResponse(buffer.getvalue(), content_type="application/zip", headers=HEADERS)
    response["Content-Disposition"] = content_disposition_header(True, f"{name}.zip")
    return response
