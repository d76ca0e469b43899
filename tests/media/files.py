"""Files as people hand them in, with everything in them that must not stay. ``SECRET`` is planted wherever it fits."""

import io
import zipfile

import pikepdf
from PIL import Image, PngImagePlugin

SECRET = "CANARY-亢一凡"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
TYPES = f"""<?xml version="1.0" encoding="UTF-8"?><Types xmlns="{PACKAGE}/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/><Default Extension="jpeg" ContentType="image/jpeg"/>
<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>
<Override PartName="/word/document.xml"
 ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>
</Types>"""
RELS = f"""<?xml version="1.0" encoding="UTF-8"?>
<Relationships xmlns="{PACKAGE}/relationships">
<Relationship Id="rId1" Type="{OFFICE}/relationships/officeDocument" Target="word/document.xml"/>
<Relationship Id="rId2" Type="{PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>
<Relationship Id="rId3" Type="{PACKAGE}/relationships/metadata/thumbnail" Target="docProps/thumbnail.jpeg"/>
</Relationships>"""


def photo(form="JPEG", size=(60, 40), orientation=6):
    """A photo that was held upright, with camera, place and comment."""
    image = Image.new("RGB", size, "teal")
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x013B] = SECRET
    exif.get_ifd(0x8825)[1] = "N"
    target = io.BytesIO()
    if form == "PNG":
        text = PngImagePlugin.PngInfo()
        text.add_itxt("Author", SECRET)
        image.save(target, form, exif=exif, pnginfo=text)
    else:
        image.save(target, form, exif=exif, comment=SECRET.encode())
    return target.getvalue()


def pdf(pages=1):
    """A PDF with an author, XMP, a script, an attachment, a note with its author, and a photo with camera data."""
    made = pikepdf.new()
    for _number in range(pages):
        made.add_blank_page()
    page = made.pages[0]
    page.obj["/Annots"] = pikepdf.Array(
        [
            made.make_indirect(
                pikepdf.Dictionary(
                    Type=pikepdf.Name.Annot,
                    Subtype=pikepdf.Name.Text,
                    Rect=[0, 0, 9, 9],
                    T=SECRET,
                    Contents="please explain",
                )
            )
        ]
    )
    scan = pikepdf.Stream(made, photo(), Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=60, Height=40)
    scan["/Filter"] = pikepdf.Name.DCTDecode
    page.obj["/Resources"] = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=made.make_indirect(scan)))
    with made.open_metadata() as meta:
        meta["dc:creator"] = [SECRET]
    made.docinfo["/Author"] = SECRET
    made.Root["/OpenAction"] = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=f"app.alert('{SECRET}')")
    made.attachments["list.txt"] = SECRET.encode()
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


def docx(extra=(), document_rels=""):
    """A Word document with authors in properties, comments and changes, a preview, and a photo with camera data."""
    body = f"""<w:document xmlns:w="{WORD}"><w:body><w:p>
<w:ins w:id="1" w:author="{SECRET}" w:date="2026-01-01T00:00:00Z">
<w:r><w:t>孩子A的晚饭</w:t></w:r></w:ins></w:p></w:body></w:document>"""
    comments = f"""<w:comments xmlns:w="{WORD}"><w:comment w:id="0" w:author='{SECRET}' w:initials="{SECRET}">
<w:p><w:r><w:t>补充日期</w:t></w:r></w:p></w:comment></w:comments>"""
    parts = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": RELS,
        "docProps/core.xml": f"<coreProperties><lastModifiedBy>{SECRET}</lastModifiedBy></coreProperties>",
        "docProps/app.xml": f"<Properties><Company>{SECRET}</Company></Properties>",
        "docProps/custom.xml": f"<Properties>{SECRET}</Properties>",
        "docProps/thumbnail.jpeg": photo(),
        "customXml/item1.xml": f"<cover>{SECRET}</cover>",
        "word/document.xml": body,
        "word/comments.xml": comments,
        "word/people.xml": f'<w15:people xmlns:w15="x"><w15:person w15:author="{SECRET}"/></w15:people>',
        "word/media/image1.jpeg": photo(),
        "word/_rels/document.xml.rels": f"<Relationships>{document_rels}</Relationships>",
        **dict(extra),
    }
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return target.getvalue()
