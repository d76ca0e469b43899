"""PDF: without document information, XMP, scripts, attachments, names on annotations, and camera data in its photos."""

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from media.sniffing import readable

HIDDEN_KEYS = (
    "/Metadata", "/PieceInfo", "/LastModified", "/AA", "/OpenAction", "/AF", "/XFA", "/Thumb",
    "/JavaScript", "/EmbeddedFiles", "/Collection", "/Perms", "/SpiderInfo",
)  # fmt: skip
ACTIONS_KEPT = ("/GoTo", "/URI", "/Named")
ANNOTATIONS_DROPPED = ("/FileAttachment", "/RichMedia", "/Movie", "/Screen", "/Sound", "/3D")
ANNOTATION_KEYS = ("/T", "/M", "/NM", "/CreationDate", "/RC")
DEEPEST = 60


def clean(source, target):
    """Write the PDF at ``source`` to ``target``: only what its pages need, never encrypted, no earlier versions."""
    with readable(), pikepdf.open(source) as pdf:
        if "/Info" in pdf.trailer:
            del pdf.trailer["/Info"]
        for item in pdf.objects:
            _clean(item)
        pdf.save(target, encryption=False, deterministic_id=True, fix_metadata_version=False)


def _clean(item, depth=0):
    """Clean one object and the direct objects inside it; the indirect ones have their own turn."""
    if depth > DEEPEST:
        return
    if isinstance(item, Array):
        for part in item:
            _go_deeper(part, depth)
    elif isinstance(item, Dictionary | Stream):
        _clean_dictionary(item, depth)
        if isinstance(item, Stream):
            _clean_photo(item)


def _clean_dictionary(item, depth):
    for key in HIDDEN_KEYS:
        if key in item:
            del item[key]
    for key in ("/A", "/Next"):
        if isinstance(item.get(key), Dictionary) and item[key].get("/S") not in (None, *map(Name, ACTIONS_KEPT)):
            del item[key]
    if isinstance(item.get("/Annots"), Array):
        item["/Annots"] = Array([note for note in item["/Annots"] if not _dropped(note)])
    if _is_annotation(item):
        for key in ANNOTATION_KEYS:
            if key in item:
                del item[key]
    for _key, part in item.items():
        _go_deeper(part, depth)


def _go_deeper(part, depth):
    if isinstance(part, Array | Dictionary) and not part.is_indirect:
        _clean(part, depth + 1)


def _dropped(note):
    return isinstance(note, Dictionary) and str(note.get("/Subtype", "")) in ANNOTATIONS_DROPPED


def _is_annotation(item):
    """Whether this is a note on a page; a form's field has its name where a note has its author, and keeps it."""
    return "/Rect" in item and "/Subtype" in item and item.get("/Subtype") != Name.Widget and "/FT" not in item


def _clean_photo(stream):
    if stream.get("/Filter") in (Name.DCTDecode, Array([Name.DCTDecode])):
        body = stream.read_raw_bytes()
        bare = without_camera_data(body)
        if bare != body:
            stream.write(bare, filter=stream["/Filter"], decode_parms=stream.get("/DecodeParms"))


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
