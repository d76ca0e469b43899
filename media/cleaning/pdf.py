"""PDF: what its pages show, and nothing that runs, loads, hides, or names somebody.

These are lists of what is kept. A document, a page, a form, a note or an action keeps the keys and kinds named here and
loses every other, known today or not. An action leads to a place in the same document or to an address in the web, and
nothing follows it: a chain behind a harmless link is where the harmful one hides.
"""

import zlib
from urllib.parse import urlsplit

import pikepdf
from django.utils.translation import gettext as _
from pikepdf import Array, Dictionary, Name, Stream

from lms.verdicts import Refused
from media.sniffing import MAX_MEMBER_SIZE, readable


def _keys(text):
    return frozenset(f"/{word}" for word in text.split())


TRAILER = _keys("Root Size ID Encrypt Prev XRefStm Type W Index Length Filter DecodeParms")
DOCUMENT = _keys("""
    Type Version Extensions Pages PageLabels Names Dests ViewerPreferences PageLayout PageMode Outlines AcroForm
    StructTreeRoot MarkInfo Lang OutputIntents OCProperties
""")
NAMES = _keys("Dests")
FORM = _keys("Fields NeedAppearances DR DA Q")
PAGE = _keys("""
    Type Parent Resources MediaBox CropBox BleedBox TrimBox ArtBox Contents Rotate Group Annots StructParents Tabs
    UserUnit
""")
NOTES = _keys("""
    Link Text FreeText Line Square Circle Polygon PolyLine Highlight Underline Squiggly StrikeOut Stamp Caret Ink Popup
    Widget Watermark
""")
ACTIONS = {"/GoTo": _keys("Type S D SD"), "/URI": _keys("Type S URI"), "/Named": _keys("Type S N")}
TURNS = _keys("NextPage PrevPage FirstPage LastPage")  # of /Named
SCHEMES = ("http", "https", "mailto", "tel")

# Wherever they stand, and whatever refers to them: kinds of action, and keys that run, load, embed or tell.
OTHER_ACTIONS = _keys("""
    GoToR GoToE GoToDp Launch Thread Sound Movie Hide SubmitForm ResetForm ImportData JavaScript SetOCGState Rendition
    Trans GoTo3DView RichMediaExecute ECMAScript
""")
NOWHERE = _keys("""
    AA OpenAction JavaScript JS EmbeddedFiles EF AF XFA Collection RichMediaContent RichMediaSettings 3DD 3DA Movie
    Sound Metadata PieceInfo LastModified Thumb Perms SpiderInfo PA
""")
TELLS_WHO = _keys("T M NM CreationDate RC")  # on a note
OUTSIDE = _keys("F FFilter FDecodeParms Ref OPI Alternates")  # of a stream: its bytes are in another file
GONE = _keys("EmbeddedFile Sig DocTimeStamp")
DEEPEST = 60
JPEG = (Name.DCTDecode, Array([Name.DCTDecode]))
PACKED_JPEG = Array([Name.FlateDecode, Name.DCTDecode])


def clean(source, target):
    """Write the PDF at ``source`` to ``target``: only what its pages need, never encrypted, no earlier versions."""
    with readable(), pikepdf.open(source) as pdf:
        _keep(pdf.trailer, TRAILER)
        _keep(pdf.Root, DOCUMENT)
        _keep(pdf.Root.get("/Names"), NAMES)
        _keep(pdf.Root.get("/AcroForm"), FORM)
        for page in pdf.pages:
            _keep(page.obj, PAGE)
        for item in pdf.objects:
            _clean(item)
        pdf.save(target, encryption=False, deterministic_id=True, fix_metadata_version=False)


def _keep(item, keys):
    """Take every other key out of a dictionary; nothing to do where there is none."""
    if isinstance(item, Dictionary | Stream):
        _drop(item, frozenset(item.keys()) - keys)


def _drop(item, keys):
    for key in keys & frozenset(item.keys()):
        del item[key]


def _clean(item, depth=0):
    """Clean one object and the direct objects inside it; the indirect ones have their own turn. Raises Refused."""
    if depth > DEEPEST:
        raise Refused(_("This file cannot be read. Save it anew and try again."))
    if isinstance(item, Array):
        for part in item:
            _go_deeper(part, depth)
    elif isinstance(item, Dictionary | Stream):
        _clean_dictionary(item)
        for _key, part in item.items():
            _go_deeper(part, depth)
        if isinstance(item, Stream):
            _clean_stream(item)


def _go_deeper(part, depth):
    if isinstance(part, Array | Dictionary) and not part.is_indirect:
        _clean(part, depth + 1)


def _clean_dictionary(item):
    if _must_go(item):
        return _empty(item)
    _drop(item, NOWHERE)
    if "/A" in item and not _may_stay(item["/A"], "/S" in item):
        del item["/A"]
    if "/S" in item or not isinstance(item.get("/Next"), Dictionary) or "/S" in item["/Next"]:
        _drop(item, _keys("Next"))  # in a table of contents it is the next line; behind an action, the next action
    if _name(item, "/FT") == "/Sig":
        _drop(item, _keys("V Lock SV"))
    if isinstance(item.get("/Annots"), Array):
        item["/Annots"] = Array([note for note in item["/Annots"] if _name(note, "/Subtype") in NOTES])
    if _is_note(item):
        _drop(item, TELLS_WHO)


def _must_go(item):
    """Whether an object is something that is kept nowhere, however it is reached."""
    return (
        _name(item, "/S") in OTHER_ACTIONS
        or _name(item, "/Type") in GONE
        or (isinstance(item, Stream) and _name(item, "/Subtype") == "/PS")
        or ("/Rect" in item and "/Subtype" in item and _name(item, "/Subtype") not in NOTES)
    )


def _empty(item):
    _keep(item, _keys("Length"))
    if isinstance(item, Stream):
        item.write(b"")


def _name(item, key):
    """The name at a key as text; empty when there is none."""
    found = item.get(key) if isinstance(item, Dictionary | Stream) else None
    return str(found) if isinstance(found, Name) else ""


def _may_stay(found, on_heading):
    """Whether what stands at /A stays: an action of a kept kind, cut down to what that kind needs; or how a heading or
    paragraph looks, which has an owner (/O) and, in a list, stands on an element that has a kind (/S)."""
    if not isinstance(found, Dictionary):
        return on_heading and isinstance(found, Array | Stream)
    if "/S" not in found:
        return "/O" in found
    kind = _name(found, "/S")
    _keep(found, ACTIONS.get(kind, frozenset()))
    return (
        kind == "/GoTo"
        or (kind == "/Named" and _name(found, "/N") in TURNS)
        or (kind == "/URI" and _leads_into_the_web(found.get("/URI")))
    )


def _leads_into_the_web(address):
    try:
        return urlsplit(str(address).strip()).scheme.lower() in SCHEMES
    except ValueError:
        return False


def _is_note(item):
    """Whether this is a note on a page; a form's field has its name where a note has its author, and keeps it."""
    return "/Rect" in item and "/Subtype" in item and item.get("/Subtype") != Name.Widget and "/FT" not in item


# --- streams --------------------------------------------------------------------------------------------------------
def _clean_stream(stream):
    _drop(stream, OUTSIDE)
    body = _photo(stream)
    if body and (bare := without_camera_data(body)) != body:
        stream.write(bare, filter=Name.DCTDecode, decode_parms=_parameters(stream))


def _photo(stream):
    """The bytes of a JPEG, also of one that was packed once more; None for anything else."""
    if stream.get("/Filter") in JPEG:
        return stream.read_raw_bytes()
    if stream.get("/Filter") == PACKED_JPEG and "/DecodeParms" not in stream:
        return _unpacked(stream.read_raw_bytes())
    return None


def _unpacked(body):
    unpacking = zlib.decompressobj()
    try:
        found = unpacking.decompress(body, MAX_MEMBER_SIZE)
    except zlib.error:
        return None
    if unpacking.unconsumed_tail:
        raise Refused(_("This document is too large when it is unpacked."))
    return found


def _parameters(stream):
    found = stream.get("/DecodeParms")
    return found[0] if isinstance(found, Array) and len(found) else found


def without_camera_data(jpeg):
    """The same JPEG without its comment and application segments; JFIF, colour profile and Adobe's transform stay."""
    kept, at = [jpeg[:2]], 2
    while at + 4 <= len(jpeg) and jpeg[at] == 0xFF and jpeg[at + 1] != 0xDA:
        marker, length = jpeg[at + 1], int.from_bytes(jpeg[at + 2 : at + 4], "big")
        hidden = marker == 0xFE or (0xE1 <= marker <= 0xEF and marker not in (0xE2, 0xEE))
        if not hidden:
            kept.append(jpeg[at : at + 2 + length])
        at += 2 + length
    return b"".join([*kept, jpeg[at:]])
