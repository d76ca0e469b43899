"""Certificates and letters as PDF: typst sets the page, segno draws the QR code.

Nothing here knows about Django. A layout is a `.typ` file in `layouts/`; what it prints comes in as
plain values, never as markup. The same layout, values, moment and `RENDERER` give the same bytes, so
a hash kept beside a certificate stays valid; still keep the first rendering, because the next
release of typst may write other bytes.
"""

import io
import json
import threading
from datetime import datetime
from functools import cache
from importlib.metadata import version
from pathlib import Path

import segno
import typst

FONTS = Path(__file__).parent / "fonts"
LAYOUTS = Path(__file__).parent / "layouts"
CERTIFICATE = LAYOUTS / "certificate.typ"

STANDARDS = ["a-2a", "ua-1"]  # archival, and readable by a screen reader
RENDERER = f"typst {version('typst')}"

QR_INK = "#14211f"
QR_QUIET_ZONE = 4  # modules of white around the code, as ISO 18004 asks

_here = threading.local()


def render(layout_path: Path | str, values: dict, *, timestamp: datetime) -> bytes:
    """Set one document and return the PDF (PDF/A-2a and PDF/UA-1, fonts embedded as subsets).

    layout_path: a `.typ` file; it finds its pictures beside itself.
    values: what the layout prints, JSON-serialisable; dates as ISO text. The fields are listed at
        the head of each layout.
    timestamp: the document's own moment (when it was issued), aware of its time zone. It is
        written into the PDF instead of the present time.

    Raises ValueError for a timestamp without a time zone, TypeError for values that are no JSON,
    and `typst.TypstError` if the layout does not compile (a required field is missing, say).
    Characters without a glyph raise nothing: ask `missing_characters` first.
    """
    if timestamp.utcoffset() is None:
        raise ValueError("timestamp needs a time zone")
    data = json.dumps(values, ensure_ascii=False, sort_keys=True)
    return _compiler(Path(layout_path).resolve()).compile(
        format="pdf",
        pdf_standards=STANDARDS,
        sys_inputs={"data": data},
        timestamp=int(timestamp.timestamp()),
    )


def missing_characters(text: str) -> str:
    """Return the characters of `text` that the Regular font cannot print, each once, in order.

    An empty result means all is well. Control characters, line breaks too, count as missing: they
    have no place in a name.
    """
    return "".join(dict.fromkeys(character for character in text if character not in _printable()))


def qr_svg(url: str) -> str:
    """Return a QR code for `url` as SVG text: white ground, quiet zone, no style attribute.

    It has a viewBox and no size, so it fills what it is put into; medium error correction (15 %).
    On a web page, give its container a role and a label. Raises `segno.DataOverflowError` if the
    text is too long for a QR code (about 2,300 characters).
    """
    code = segno.make(url, error="m", micro=False)
    buffer = io.BytesIO()
    code.save(
        buffer,
        kind="svg",
        xmldecl=False,
        omitsize=True,
        nl=False,
        svgclass=None,
        lineclass=None,
        border=QR_QUIET_ZONE,
        dark=QR_INK,
        light="#fff",
    )
    return buffer.getvalue().decode("utf-8")


def _compiler(layout: Path) -> typst.Compiler:
    """The compiler of this thread for this layout; typst refuses to share one between threads."""
    compilers = _here.__dict__.setdefault("compilers", {})
    if layout not in compilers:
        compilers[layout] = typst.Compiler(layout, root=layout.parent, font_paths=_fonts(), ignore_system_fonts=True)
    return compilers[layout]


@cache
def _fonts() -> typst.Fonts:
    """Our two fonts and no others, loaded once for all threads."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])


@cache
def _printable() -> frozenset[str]:
    return frozenset((FONTS / "NotoSerifSC-Regular.chars.txt").read_bytes().decode("utf-8"))
