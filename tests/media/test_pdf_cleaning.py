"""A PDF keeps what people read in it, and nothing that runs, loads, sends, or hides a file."""

import io
import zlib
from itertools import pairwise

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Stream

from lms.verdicts import Refused
from media.cleaning import pdf as cleaning
from tests.media import active_pdf, files


def cleaned(body, tmp_path):
    source, target = tmp_path / "in.pdf", tmp_path / "out.pdf"
    source.write_bytes(body)
    cleaning.clean(source, target)
    return target.read_bytes()


@pytest.mark.parametrize("what", sorted(set(active_pdf.HARMFUL) - {"script deep inside"}))
def test_nothing_active_is_left(what, tmp_path):
    before = active_pdf.with_(what)
    names, rest = active_pdf.content(before)
    assert names & active_pdf.ACTIVE or b"CANARY" in rest or what in ("emptying a form", "printing by itself")

    names, rest = active_pdf.content(cleaned(before, tmp_path))
    assert names & active_pdf.ACTIVE == set()
    assert b"CANARY" not in rest and b"C\0A\0N\0A\0R" not in rest


def test_what_hides_deeper_than_anything_real_is_refused(tmp_path):
    with pytest.raises(Refused, match="cannot be read"):
        cleaned(active_pdf.with_("script deep inside"), tmp_path)


@pytest.fixture
def ordinary():
    """A document as a word processor writes it: tags, contents, layers, a form, links, a note, a scan."""
    pdf = pikepdf.new()
    for _number in range(2):
        pdf.add_blank_page()
    first, second = pdf.pages
    first.obj["/Contents"] = pdf.make_indirect(Stream(pdf, b"BT (hello) Tj ET"))
    inside = active_pdf.to_place(second)
    outside = Dictionary(S=Name.URI, URI="https://example.org/a?b=1")
    turn = Dictionary(S=Name.Named, N=Name.NextPage)
    field = active_pdf.note("Widget", FT=Name.Tx, T="name", V="孩子A", MK=Dictionary(CA="ok"))
    notes = [active_pdf.link(action) for action in (inside, outside, turn)]
    notes += [active_pdf.note("Highlight", Contents="看这里", QuadPoints=[0] * 8), field]
    first.obj["/Annots"] = Array([pdf.make_indirect(one) for one in notes])
    pdf.Root["/AcroForm"] = Dictionary(Fields=Array([first.obj["/Annots"][-1]]), DA="/Helv 0 Tf")
    lines = [pdf.make_indirect(Dictionary(Title=title, A=active_pdf.to_place(second))) for title in ("一", "二", "三")]
    for one, following in pairwise(lines):
        one["/Next"], following["/Prev"] = following, one
    pdf.Root["/Outlines"] = pdf.make_indirect(Dictionary(First=lines[0], Last=lines[-1], Count=3))
    look = Dictionary(O=Name.Layout, TextAlign=Name.Center)
    heading = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.H1, A=Array([look, 0])))
    paragraph = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.P, A=Dictionary(look), Alt="图"))
    pdf.Root["/StructTreeRoot"] = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=Array([heading, paragraph])))
    pdf.Root["/MarkInfo"], pdf.Root["/Lang"] = Dictionary(Marked=True), "zh-CN"
    pdf.Root["/Names"] = Dictionary(Dests=Dictionary(Names=Array(["end", Array([second.obj, Name.Fit])])))
    target = io.BytesIO()
    pdf.save(target)
    return target.getvalue()


def test_what_people_read_and_use_is_still_there(ordinary, tmp_path):
    with pikepdf.open(io.BytesIO(cleaned(ordinary, tmp_path))) as pdf:
        first, root = pdf.pages[0].obj, pdf.Root
        inside, outside, turn, mark, field = first["/Annots"]
        assert first["/Contents"].read_bytes() == b"BT (hello) Tj ET"
        assert inside["/A"]["/D"][0].objgen == pdf.pages[1].obj.objgen
        assert (str(outside["/A"]["/URI"]), str(turn["/A"]["/N"])) == ("https://example.org/a?b=1", "/NextPage")
        assert (str(mark["/Contents"]), str(field["/V"]), str(field["/T"])) == ("看这里", "孩子A", "name")
        assert str(root["/AcroForm"]["/Fields"][0]["/V"]) == "孩子A"
        titles, line = [], root["/Outlines"]["/First"]
        while line is not None:
            titles.append(str(line["/Title"]))
            line = line.get("/Next")
        assert titles == ["一", "二", "三"]
        heading, paragraph = root["/StructTreeRoot"]["/K"]
        assert str(heading["/A"][0]["/TextAlign"]) == str(paragraph["/A"]["/TextAlign"]) == "/Center"
        assert (str(paragraph["/Alt"]), str(root["/Lang"]), bool(root["/MarkInfo"]["/Marked"])) == ("图", "zh-CN", True)
        assert str(root["/Names"]["/Dests"]["/Names"][0]) == "end"


def test_cleaning_twice_changes_nothing_more(ordinary, tmp_path):
    once = cleaned(ordinary, tmp_path)
    assert active_pdf.content(cleaned(once, tmp_path)) == active_pdf.content(once)


def test_a_photo_that_was_packed_once_more_forgets_camera_and_place_too(tmp_path):
    pdf = pikepdf.new()
    pdf.add_blank_page()
    packed = Stream(pdf, zlib.compress(files.photo()))
    packed["/Type"], packed["/Subtype"] = Name.XObject, Name.Image
    packed["/Filter"] = Array([Name.FlateDecode, Name.DCTDecode])
    pdf.pages[0].obj["/Resources"] = Dictionary(XObject=Dictionary(Im0=pdf.make_indirect(packed)))
    target = io.BytesIO()
    pdf.save(target)
    with pikepdf.open(io.BytesIO(cleaned(target.getvalue(), tmp_path))) as clean:
        photo = clean.pages[0].obj["/Resources"]["/XObject"]["/Im0"].read_raw_bytes()
    assert photo.startswith(b"\xff\xd8") and b"Exif" not in photo and b"CANARY" not in photo


def test_a_document_locked_against_changes_is_opened_and_cleaned(tmp_path):
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(files.pdf())) as pdf:
        pdf.save(target, encryption=pikepdf.Encryption(user="", owner="secret"))
    with pikepdf.open(io.BytesIO(cleaned(target.getvalue(), tmp_path))) as clean:
        assert not clean.is_encrypted and len(clean.pages) == 1
