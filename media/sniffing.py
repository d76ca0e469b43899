"""What a file really is, whatever its name says. Every refusal is a sentence for the person who chose the file."""

import re
import unicodedata
import zipfile
from contextlib import contextmanager
from pathlib import Path, PureWindowsPath

import filetype
import pikepdf
from django.utils.translation import gettext as _
from PIL import Image

from lms.verdicts import Refused
from media.purposes import DOCX

MAX_NAME = 120
MAX_PIXELS = 40_000_000
MAX_PAGES = 500
MAX_MEMBERS = 2_000
MAX_MEMBER_SIZE = 60 * 1024 * 1024
MAX_UNPACKED = 150 * 1024 * 1024
DOCUMENT_PART = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
ACTIVE_PARTS = re.compile(r"vbaProject|vbaData|activeX/|oleObject|\.svg$|\.exe$|\.html?$", re.I)
PICTURE_FORMATS = {"image/jpeg": ("JPEG", "MPO"), "image/png": ("PNG",)}


def clean_name(name):
    """The file's own name, without folders, control and direction characters; its ending stays when it is long."""
    name = PureWindowsPath(unicodedata.normalize("NFC", name or "").replace("\\", "/")).name
    name = "".join(char for char in name if unicodedata.category(char)[0] != "C").strip(" .\u3000")
    stem, ending = Path(name).stem, Path(name).suffix
    return f"{stem[: MAX_NAME - len(ending)]}{ending}" if stem else "file"


def extension(name):
    return Path(name).suffix.lower().removeprefix(".")


def expected_type(name, types):
    """The content type that the name's ending promises. Raises Refused when the purpose takes no such files."""
    try:
        return types[extension(name)]
    except KeyError:
        raise Refused(_("This kind of file is not taken. Please choose: %(types)s.") % {"types": spoken(types)})


def spoken(types):
    """The endings of a purpose's types as people say them: PDF, DOCX, JPG, PNG."""
    return _(", ").join(ending.upper() for ending in types if ending != "jpeg")


def check(path, name, types):
    """The content type of the file at ``path``. Raises Refused unless its content is what its name says, and tame."""
    content_type = expected_type(name, types)
    if content_type == DOCX["docx"]:
        _check_docx(path)
    elif content_type == "application/pdf":
        _require(_guessed(path) == content_type, name)
        _check_pdf(path)
    else:
        _require(_guessed(path) == content_type, name)
        _check_picture(path, content_type)
    return content_type


def _guessed(path):
    kind = filetype.guess(str(path))
    return kind.mime if kind else ""


def _require(agrees, name):
    if not agrees:
        raise Refused(
            _("The content of this file is not what its name says (%(ending)s). Save it anew and try again.")
            % {"ending": extension(name).upper()}
        )


# --- pictures -------------------------------------------------------------------------------------------------------
def _check_picture(path, content_type):
    with readable(), Image.open(path, formats=PICTURE_FORMATS[content_type]) as image:
        width, height = image.size
    if width * height > MAX_PIXELS:
        raise Refused(_("This picture has too many pixels. Please make it smaller."))


# --- PDF ------------------------------------------------------------------------------------------------------------
def _check_pdf(path):
    with readable(), pikepdf.open(path) as pdf:
        pages = len(pdf.pages)
    if not 0 < pages <= MAX_PAGES:
        raise Refused(_("This PDF has too many pages (at most %(pages)s).") % {"pages": MAX_PAGES})


# --- Word -----------------------------------------------------------------------------------------------------------
def _check_docx(path):
    with open(path, "rb") as file:
        if file.read(4) == b"\xd0\xcf\x11\xe0":
            raise Refused(_("This document has a password or is of an old kind. Save it as .docx without a password."))
    _require(zipfile.is_zipfile(path), "file.docx")
    with readable(), zipfile.ZipFile(path) as package:
        check_package(package)
        _require("word/document.xml" in package.namelist(), "file.docx")
        _require(DOCUMENT_PART in package.read("[Content_Types].xml"), "file.docx")


def check_package(package):
    """Raises Refused for an archive that would swell, escape its folder, hide something or run something."""
    members = package.infolist()
    sizes = [member.file_size for member in members]
    if len(members) > MAX_MEMBERS or sum(sizes) > MAX_UNPACKED or max(sizes, default=0) > MAX_MEMBER_SIZE:
        raise Refused(_("This document is too large when it is unpacked."))
    names = [member.filename for member in members]
    crooked = any(name.startswith("/") or ".." in name.split("/") or "\\" in name for name in names)
    if crooked or len(set(names)) < len(names) or any(member.flag_bits & 0x1 for member in members):
        raise Refused(_("This document cannot be read. Save it anew and try again."))
    if any(ACTIVE_PARTS.search(name) for name in names):
        raise Refused(_("This document holds a program or an embedded object. Take it out and try again."))


@contextmanager
def readable():
    """Whatever a broken file makes the libraries raise becomes one sentence."""
    try:
        yield
    except pikepdf.PasswordError:
        raise Refused(_("This file has a password. Save it without one and try again."))
    except (pikepdf.PdfError, zipfile.BadZipFile, OSError, ValueError, KeyError, EOFError, SyntaxError, RuntimeError,
            NotImplementedError, Image.DecompressionBombError, zipfile.LargeZipFile) as error:  # fmt: skip
        if isinstance(error, OSError) and error.errno is not None:
            raise
        raise Refused(_("This file cannot be read. Save it anew and try again.")) from error
