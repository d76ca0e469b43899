"""What is hidden in a file is gone, what people read in it is still there, and what is not a file is refused."""

import io
import zipfile

import pikepdf
import pypdf
import pytest
from PIL import Image

from lms.verdicts import Refused
from media import sniffing, stripping
from media.cleaning import pictures
from media.purposes import DOCX, PDF, PICTURES
from tests.media import files

TYPES = {**PDF, **DOCX, **PICTURES}
pytestmark = pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")


def cleaned(tmp_path, name, body):
    """What we would keep of the file."""
    source, target = tmp_path / "in", tmp_path / "out"
    source.write_bytes(body)
    content_type = sniffing.check(source, name, TYPES)
    stripping.strip(source, target, content_type)
    assert sniffing.check(target, name, TYPES) == content_type
    return target.read_bytes()


def refusal(tmp_path, name, body):
    with pytest.raises(Refused) as refused:
        cleaned(tmp_path, name, body)
    return str(refused.value)


def holds_secret(body):
    secret = files.SECRET
    return any(coded in body for coded in (secret.encode(), secret.encode("utf-16-be"), b"CANARY", b"C\0A\0N\0A\0R"))


@pytest.mark.parametrize(("name", "form"), [("a.jpg", "JPEG"), ("a.png", "PNG")])
def test_a_photo_stands_upright_and_forgets_camera_place_and_comment(tmp_path, name, form):
    before = files.photo(form)
    assert holds_secret(before)

    after = cleaned(tmp_path, name, before)

    assert not holds_secret(after) and b"Exif" not in after
    with Image.open(io.BytesIO(after)) as image:
        assert (image.format, image.size, dict(image.getexif())) == (form, (40, 60), {})


def test_a_pdf_loses_author_xmp_script_attachment_and_the_name_on_its_note(tmp_path):
    before = files.pdf(pages=3)
    with pikepdf.open(io.BytesIO(before)) as pdf:
        assert pdf.attachments and pdf.docinfo

    after = cleaned(tmp_path, "plan.pdf", before)

    reader = pypdf.PdfReader(io.BytesIO(after))
    note = reader.pages[0]["/Annots"][0].get_object()
    assert (len(reader.pages), note["/Contents"], "/T" in note) == (3, "please explain", False)
    assert (reader.metadata or {}) == {} and reader.xmp_metadata is None and not reader.attachments
    with pikepdf.open(io.BytesIO(after)) as pdf:
        everything = b"".join(pdf.trailer.unparse(resolved=True) + obj.unparse() for obj in pdf.objects)
        streams = b"".join(obj.read_raw_bytes() for obj in pdf.objects if isinstance(obj, pikepdf.Stream))
    assert b"JavaScript" not in everything and not holds_secret(everything + streams)
    assert b"Exif" not in streams and streams.startswith(b"\xff\xd8")


def test_a_word_document_loses_every_name_and_keeps_text_and_comment(tmp_path):
    after = cleaned(tmp_path, "record.docx", files.docx())

    with zipfile.ZipFile(io.BytesIO(after)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    everything = b"".join([*parts.values(), *(name.encode() for name in parts)])
    assert "孩子A的晚饭".encode() in parts["word/document.xml"]
    assert "补充日期".encode() in parts["word/comments.xml"]
    assert not holds_secret(everything)
    assert not any(name.startswith(("docProps", "customXml", "word/people")) for name in parts)
    assert b"docProps" not in parts["_rels/.rels"] and b"docProps" not in parts["[Content_Types].xml"]


def test_a_table_inside_a_word_document_is_cleaned_too(tmp_path):
    inner = files.docx()
    after = cleaned(tmp_path, "record.docx", files.docx({"word/embeddings/sheet.xlsx": inner}))

    with zipfile.ZipFile(io.BytesIO(after)) as package:
        sheet = package.read("word/embeddings/sheet.xlsx")
    with zipfile.ZipFile(io.BytesIO(sheet)) as package:
        assert not holds_secret(b"".join(package.read(name) for name in package.namelist()))


@pytest.mark.parametrize(
    ("name", "body", "words"),
    [
        ("note.txt", b"hello", "not taken"),
        ("photo.jpg", files.pdf(), "not what its name says"),
        ("plan.pdf", files.photo(), "not what its name says"),
        ("plan.pdf", b"<html><script>alert(1)</script>", "not what its name says"),
        ("plan.pdf", b"%PDF-1.7 broken", "cannot be read"),
        ("record.docx", b"PK\x03\x04 broken", "not what its name says"),
        ("record.docx", b"\xd0\xcf\x11\xe0 old", "password or is of an old kind"),
        ("photo.png", files.photo("PNG")[:60], "cannot be read"),
        ("record.docx", files.docx({"word/vbaProject.bin": b"x"}), "program"),
        ("record.docx", files.docx({"../../escape.xml": b"x"}), "cannot be read"),
        ("record.docx", files.docx({"word/styles.xml": b"<!DOCTYPE x [<!ENTITY a 'b'>]><x/>"}), "cannot be read"),
        ("record.docx", files.docx({f"word/{n}.xml": b"" for n in range(3000)}), "too large when it is unpacked"),
        (
            "record.docx",
            files.docx(document_rels='<Relationship Id="r" Type="x/image" Target="http://x/a" TargetMode="External"/>'),
            "from elsewhere",
        ),
        (
            "record.docx",
            files.docx(
                {"word/embeddings/picture.bin": b"x"},
                document_rels='<Relationship Id="r" Type="x/oleObject" Target="embeddings/picture.bin"/>',
            ),
            "program",
        ),
        (
            "record.docx",
            files.docx(
                {"word/chunk.mht": b"x"}, document_rels='<Relationship Id="r" Type="x/aFChunk" Target="chunk.mht"/>'
            ),
            "program",
        ),
    ],
)
def test_what_is_not_what_it_says_is_refused_with_a_sentence(tmp_path, name, body, words):
    assert words in refusal(tmp_path, name, body)


def test_a_document_that_would_swell_is_refused_before_it_is_unpacked(tmp_path):
    bomb = files.docx({"word/big.xml": b"0" * (sniffing.MAX_MEMBER_SIZE + 1)})
    assert len(bomb) < 1024 * 1024
    assert "too large when it is unpacked" in refusal(tmp_path, "record.docx", bomb)


def test_a_picture_with_too_many_pixels_is_refused_by_its_header(tmp_path):
    target = io.BytesIO()
    Image.new("1", (10_000, 10_000)).save(target, "PNG")
    assert "too many pixels" in refusal(tmp_path, "map.png", target.getvalue())


def test_a_pdf_with_a_password_is_refused(tmp_path):
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(files.pdf())) as pdf:
        pdf.save(target, encryption=pikepdf.Encryption(user="secret", owner="secret"))
    assert "password" in refusal(tmp_path, "plan.pdf", target.getvalue())


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\危如山\\record.docx", "record.docx"),
        ("a\x00b\r\nc.pdf", "abc.pdf"),
        ("evil\u202efdp.pdf", "evilfdp.pdf"),
        ("  .hidden.pdf ", "hidden.pdf"),
        ("", "file"),
        ("长" * 300 + ".pdf", "长" * 116 + ".pdf"),
    ],
)
def test_a_file_keeps_its_own_name_without_folders_and_tricks(given, kept):
    assert sniffing.clean_name(given) == kept


def test_a_picture_that_would_start_another_program_is_refused(tmp_path):
    """PostScript under the name of a photo: Pillow would hand it to Ghostscript."""
    drawn = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n%%EndComments\nshowpage\n%%EOF\n"
    body = files.docx({"word/media/image2.png": drawn})
    assert "cannot be read" in refusal(tmp_path, "plan.docx", body)


def test_many_pictures_that_are_large_only_when_painted_are_refused(tmp_path):
    """Two of three fit; by the third the document has had its share."""
    pixels = pictures.Pixels(left=2 * 60 * 40)
    for _number in range(2):
        pictures.cleaned(files.photo(), pixels)
    with pytest.raises(Refused, match="too many pixels together"):
        pictures.cleaned(files.photo(), pixels)
