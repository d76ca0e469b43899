"""The first rendering of a credential, made once from its frozen values and kept with its hash."""

import hashlib
import logging
import uuid

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _
from django_tasks import task

from lms.credentials import pdf, rules
from lms.credentials.events import PdfLost
from lms.credentials.layouts import certificate_layouts
from lms.credentials.models import Credential
from lms.events import publish
from lms.verdicts import Refused, unavailable

logger = logging.getLogger(__name__)
AT_ONCE = 50


def print_later(pks):
    """Have the worker print these, in parts, so that a batch shows its progress and a stop loses little."""
    for start in range(0, len(pks), AT_ONCE):
        print_credentials.enqueue(pks[start : start + AT_ONCE])


@task(backend="later")
def print_credentials(pks):
    """Repeatable: what has been printed stays as it is."""
    for credential in Credential.objects.unprinted().filter(pk__in=pks):
        keep_pdf(credential)


def keep_pdf(credential):
    """Render the credential unless it has been, and return it with its file. Safe to call from two places at once.

    Setting the page takes longer than a write transaction should, so it comes first; whoever stores first wins.
    Raises Refused when the layout's plugin is not installed.
    """
    if credential.pdf:
        return credential
    document = rendered(credential)
    with transaction.atomic():
        credential = Credential.objects.select_for_update().get(pk=credential.pk)
        if not credential.pdf:
            credential.sha256, credential.renderer = hashlib.sha256(document).hexdigest(), pdf.RENDERER
            _store(credential, document, "sha256", "renderer")
    return credential


def _store(credential, document, *fields):
    credential.pdf.save(f"{uuid.uuid4().hex}.pdf", ContentFile(document), save=False)
    credential.save(update_fields=["pdf", *fields])


def rendered(credential):
    """The PDF's bytes: the same for the same values, moment and release."""
    layout = certificate_layouts.get(credential.layout)
    if layout is None:
        unavailable(credential.layout).require()
    return pdf.render(layout.path, layout.printed(credential), timestamp=credential.issued_at)


# --- reading it -----------------------------------------------------------------------------------------------------
def opened(credential):
    """Its file, open for reading: printed now when it has not been, made anew when the storage has lost it.

    Raises Refused when what is made today is not, to the byte, what was issued.
    """
    credential = keep_pdf(credential)
    try:
        return credential.pdf.open("rb")
    except FileNotFoundError:
        return _made_anew(credential).pdf.open("rb")


def _made_anew(credential):
    """The lost file once more, kept; or Refused, and the office is told that only a backup has it."""
    try:
        document = rendered(credential)
        sha256 = hashlib.sha256(document).hexdigest()
        rules.as_issued(credential.sha256 == sha256, credential.renderer, pdf.RENDERER).require()
    except Refused:
        _report(credential)
        raise
    return _kept_again(credential, document)


@transaction.atomic
def _kept_again(lost, document):
    credential = Credential.objects.select_for_update().get(pk=lost.pk)
    if credential.pdf.name == lost.pdf.name:  # nobody was faster
        _store(credential, document)
        logger.warning("a lost certificate file was made anew", extra={"credential": credential.pk})
    return credential


@transaction.atomic
def _report(credential):
    logger.error("a certificate file is lost", extra={"credential": credential.pk})
    publish(PdfLost(credential.pk))


# --- what the worker does -------------------------------------------------------------------------------------------
def print_what_is_left(limit=AT_ONCE):
    """Print what a lost task left unprinted; returns how many. For the worker."""
    left = Credential.objects.unprinted().filter(layout__in=certificate_layouts.keys())[:limit]
    return sum(1 for credential in left if keep_pdf(credential))


def file_name(credential):
    """What the download is called."""
    return _("Certificate %(number)s") % {"number": credential.number} + ".pdf"
