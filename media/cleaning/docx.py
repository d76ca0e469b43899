"""Word: without properties, preview, custom data, and the names on comments and changes; its photos are cleaned too."""

import io
import re
import zipfile

from django.utils.translation import gettext as _

from lms.verdicts import Refused
from media.cleaning import pictures
from media.sniffing import check_package, readable

DROPPED = re.compile(r"^(docProps/|customXml/|word/people\.xml$|word/printerSettings|word/_rels/people)")
EMBEDDED = re.compile(r"\.(docx|xlsx|pptx)$", re.I)
PICTURE = re.compile(r"/media/.*\.(jpe?g|png|gif|bmp|tiff?|webp)$", re.I)
XML = re.compile(r"\.(xml|rels|vml)$", re.I)

AUTHOR = re.compile(rb"""\s(?:[\w-]+:)?(?:author|initials|userId|providerId|lastIdxAuthor)=("[^"]*"|'[^']*')""")
RELATIONSHIP = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*?(?:/>|>\s*</(?:\w+:)?Relationship>)")
OVERRIDE = re.compile(rb"""<(?:\w+:)?Override\s[^>]*?PartName=["']/([^"']+)["'][^>]*?(?:/>|>\s*</(?:\w+:)?Override>)""")
TEMPLATE = re.compile(rb"<(?:\w+:)?attachedTemplate\s[^>]*?/>")
VARIABLES = re.compile(rb"<((?:\w+:)?docVars)\b.*?</\1>", re.S)
TARGET_DROPPED = re.compile(rb"""Target=["'][^"']*(?:docProps/|customXml/|people\.xml|printerSettings)""")
EXTERNAL = re.compile(rb"""TargetMode=["']External["']""")
LINK = re.compile(rb"""Type=["'][^"']*/hyperlink["']""")
ATTACHED = re.compile(rb"""Type=["'][^"']*/attachedTemplate["']""")
RUNS = re.compile(rb"""Type=["'][^"']*/(?:oleObject|control|vbaProject|aFChunk|subDocument|attachedToolbars)["']""")


def clean(source, target):
    """Write the document at ``source`` to ``target``. What it asks from elsewhere (but links) makes it refused."""
    with readable(), zipfile.ZipFile(source) as package, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy:
        _copy(package, copy, pictures.Pixels())


def _copy(package, copy, pixels, embedded=False):
    for member in package.infolist():
        if not member.is_dir() and not DROPPED.search(member.filename):
            body = _clean_part(member.filename, package.read(member), pixels, embedded)
            copy.writestr(zipfile.ZipInfo(member.filename), body, zipfile.ZIP_DEFLATED)


def _clean_part(name, body, pixels, embedded):
    if PICTURE.search(name):
        return pictures.cleaned(body, pixels)
    if EMBEDDED.search(name):
        return _clean_embedded(body, pixels, embedded)
    return _clean_xml(name, body) if XML.search(name) else body


def _clean_embedded(body, pixels, embedded):
    """The table behind a chart, mostly: a package in the package, cleaned alike; no third one inside it."""
    if embedded:
        raise Refused(_("This document holds a program or an embedded object. Take it out and try again."))
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(body)) as package, zipfile.ZipFile(target, "w") as copy:
        check_package(package)
        _copy(package, copy, pixels, embedded=True)
    return target.getvalue()


def _clean_xml(name, body):
    if b"<!DOCTYPE" in body or body[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in body[:64]:
        raise Refused(_("This document cannot be read. Save it anew and try again."))
    if name.endswith(".rels"):
        return RELATIONSHIP.sub(_relationship, body)
    if name == "[Content_Types].xml":
        return OVERRIDE.sub(_override, body)
    return VARIABLES.sub(b"", TEMPLATE.sub(b"", AUTHOR.sub(_without_value, body)))


def _without_value(match):
    return match.group(0)[: -len(match.group(1))] + b'""'


def _relationship(match):
    text = match.group(0)
    if TARGET_DROPPED.search(text) or ATTACHED.search(text):
        return b""
    if RUNS.search(text):
        raise Refused(_("This document holds a program or an embedded object. Take it out and try again."))
    if EXTERNAL.search(text) and not LINK.search(text):
        raise Refused(_("This document loads a picture or a part from elsewhere. Embed it and try again."))
    return text


def _override(match):
    return b"" if DROPPED.search(match.group(1).decode("utf-8", "replace")) else match.group(0)
