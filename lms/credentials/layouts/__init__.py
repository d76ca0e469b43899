"""Layouts of credentials, by key: a typst file and what it is given to print. Ours lie in this folder.

The first rendering of a credential is kept, so a layout that changes or leaves takes nothing away from anybody.
"""

from pathlib import Path
from typing import Protocol

from django.utils.translation import gettext_lazy as _

from lms.credentials import pdf
from lms.plugins import Registry

certificate_layouts = Registry("lms.credentials.certificate_layouts")


class Layout(Protocol):
    """``path``: a ``.typ`` file with its pictures beside it. ``printed``: JSON for it, from the frozen values."""

    key: str
    label: str
    path: Path

    def printed(self, credential) -> dict: ...


@certificate_layouts.register
class Certificate:
    """A4 landscape: Chinese with an English mirror, the number, the QR, and room for a stamp."""

    key, label, path = "certificate", _("Certificate of completion"), pdf.CERTIFICATE

    @staticmethod
    def printed(credential):
        return credential.values | {"qr": pdf.qr_svg(credential.values["verify_url"])}
