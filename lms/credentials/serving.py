"""Certificates as files: only to whom ``visible_to`` shows them, under headers that keep them private."""

import io
import zipfile

from django.http import FileResponse, HttpResponse
from django.utils.http import content_disposition_header

from lms.credentials.printing import file_name, keep_pdf

HEADERS = {
    "Cache-Control": "private, no-store",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def pdf_response(credential, *, inline=False):
    """The kept first rendering; printed now when the worker has not come to it."""
    credential = keep_pdf(credential)
    response = FileResponse(credential.pdf.open("rb"), content_type="application/pdf", headers=HEADERS)
    response["Content-Disposition"] = content_disposition_header(not inline, file_name(credential))
    return response


def zip_response(credentials, name):
    """All that have been printed, in one file; they are small and already compressed."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for credential in credentials:
            with credential.pdf.open("rb") as file:
                archive.writestr(f"{credential.number}.pdf", file.read())
    response = HttpResponse(buffer.getvalue(), content_type="application/zip", headers=HEADERS)
    response["Content-Disposition"] = content_disposition_header(True, f"{name}.zip")
    return response
