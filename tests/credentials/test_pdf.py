"""PDF rendering: reproducible bytes, printable names, small files."""

import io
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone

import pytest
import typst
from pypdf import PdfReader

from lms.credentials import pdf

ISSUED = datetime(2026, 3, 20, 9, 0, tzinfo=timezone(timedelta(hours=8)))
RARE = "喆堃珺玥旻祎垚昇䶮"


def values(**changes) -> dict:
    url = "https://liangxing.example/v/LX-NS-2025-K-0007-C"
    return {
        "title_zh": "结业证书",
        "title_en": "Certificate of Completion",
        "name": "翼晓棠",
        "programme_zh": "广州市南沙区“亮星计划”基层儿童实务人才培养",
        "programme_en": "the Liangxing Programme, Nansha District, Guangzhou",
        "track_zh": "儿童保护个案服务者",
        "track_en": "Child Protection Caseworker",
        "start": "2025-03-24",
        "end": "2026-03-20",
        "course_hours": 96,
        "service_hours": 64.5,
        "statement_zh": "",
        "statement_en": "",
        "number": "LX-NS-2025-K-0007-C",
        "issued_on": "2026-03-20",
        "issuers": [{"zh": "亮星计划培养委员会", "en": "Liangxing Programme Board"}],
        "verify_url": url,
        "qr": pdf.qr_svg(url),
        "sample": False,
    } | changes


def render(**changes) -> bytes:
    return pdf.render(pdf.CERTIFICATE, values(**changes), timestamp=ISSUED)


def text_of(document: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(document)).pages)


def test_same_bytes_twice():
    assert render() == render()


def test_same_bytes_from_two_threads():
    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(lambda _: [render() for _ in range(5)], range(2))
    assert set(first) == set(second) == {render()}


def test_another_document_in_between_leaves_no_trace():
    before = render()
    render(name="房日兔", sample=True)
    assert render() == before


def test_moment_is_written_into_the_document():
    metadata = PdfReader(io.BytesIO(render())).metadata
    assert metadata.creation_date == ISSUED


def test_moment_without_time_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        pdf.render(pdf.CERTIFICATE, values(), timestamp=datetime(2026, 3, 20))


@pytest.mark.parametrize("name", ["翼晓棠", RARE, "阿卜杜热西提·图尔荪", "Anna-Marie O’Neill"])
def test_name_can_be_read_out_of_the_page(name):
    assert name in text_of(render(name=name)).replace("\n", "")


def test_facts_stand_on_the_page():
    text = text_of(render()).replace("\n", "")
    for fact in (
        "儿童保护个案服务者",
        "96",
        "64.5",
        "LX-NS-2025-K-0007-C",
        "二〇二六年三月二十日",
        "不是国家职业资格证书",
    ):
        assert fact in text


def test_own_statement_takes_the_place_of_the_default():
    text = text_of(render(statement_zh="兹证明翼晓棠准予结业。", statement_en="Well done.")).replace("\n", "")
    assert "Well done." in text
    assert "经综合评定合格" not in text


def test_markup_in_a_name_is_text():
    name = "#panic(1) *a* $x$"
    assert name in text_of(render(name=name)).replace("\n", " ")


def test_sample_is_marked():
    marked, plain = text_of(render(sample=True)), text_of(render())
    assert "SAMPLE" in marked.replace(" ", "") and "示例，无效" in marked
    assert "SAMPLE" not in plain.replace(" ", "") and "示例" not in plain


def test_always_one_page():
    long = {
        "name": "阿卜杜热西提·图尔荪江·买买提依明",
        "statement_zh": "兹证明阿卜杜热西提·图尔荪江·买买提依明" + "参加基层儿童实务人才培养，完成全部课程，" * 14,
        "statement_en": "This is to certify that every requirement has been met in full. " * 12,
        "issuers": [{"zh": "广州市南沙区社会工作与儿童保护服务中心", "en": "Nansha Centre for Social Work"}] * 4,
    }
    assert len(PdfReader(io.BytesIO(render(**long))).pages) == 1


def test_tagged_titled_and_in_chinese():
    reader = PdfReader(io.BytesIO(render()))
    assert reader.metadata.title == "结业证书 翼晓棠 LX-NS-2025-K-0007-C"
    assert reader.trailer["/Root"]["/Lang"].startswith("zh")
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]


@pytest.mark.parametrize("sample", [False, True])
def test_file_is_small(sample):
    assert len(render(name=RARE, sample=sample)) < 60_000


def test_missing_field_is_an_error():
    incomplete = values()
    del incomplete["name"]
    with pytest.raises(typst.TypstError):
        pdf.render(pdf.CERTIFICATE, incomplete, timestamp=ISSUED)


def test_missing_characters():
    assert pdf.missing_characters(RARE + "阿卜杜·Zoë 𬱖㛃") == ""
    assert pdf.missing_characters("星🌟翼🌟\n") == "🌟\n"


def test_qr_code_is_plain_svg():
    svg = pdf.qr_svg("https://liangxing.example/v/1")
    assert svg.startswith("<svg xmlns=") and "viewBox" in svg
    assert "style" not in svg and "width" not in svg
    assert svg == pdf.qr_svg("https://liangxing.example/v/1")


def test_renderer_names_the_version():
    assert pdf.RENDERER.split() == ["typst", typst.__version__]
