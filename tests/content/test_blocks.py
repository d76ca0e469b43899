"""Every lesson block: read from a lesson file, previewed for editors, readable without JavaScript."""

import re
import tomllib
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.template.loader import render_to_string

from content import rendering
from content.importing import stream_from
from content.lesson_blocks import lesson_blocks
from content.models import LessonPage
from media.models import Captions, Document, Image, Media
from tests import factories
from tests.content.conftest import CHECK

FILES = sorted(Path(settings.BASE_DIR, "lms/demo/courses").glob("*/[0-9]*.toml"))
HTML = '<p>看<script>alert("x")</script><b onclick="x()">先</b></p>'


@pytest.fixture
def voice(courses):
    media = Media.objects.create(
        title="呼吸",
        type="audio",
        file=ContentFile(b"RIFF", "breathing.wav"),
        duration=120,
        transcript="0:05 吸气\n呼气",
    )
    Captions.objects.create(media=media, language="zh-hans", file=ContentFile(b"WEBVTT\n", "b.vtt"))
    return media


@pytest.fixture
def handout(courses):
    return Document.objects.create(title="走访表", file=ContentFile(b"%PDF-1.4", "form.pdf"))


def drawn(module, *parts, **files):
    page = LessonPage(title="课时", slug="drawn", body=stream_from(list(parts), **files))
    module.add_child(instance=page)
    return rendering.render(LessonPage.objects.get(pk=page.pk)).html


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_every_lesson_file_makes_a_valid_body(path, photo, voice):
    data = tomllib.loads(path.read_text("utf-8"))
    files = {part["file"]: photo if part["type"] == "image" else voice for part in data["body"] if "file" in part}
    block = LessonPage._meta.get_field("body").stream_block

    value = block.clean(block.to_python(stream_from(data["body"], images=files, media=files)))

    assert [child.block_type for child in value] == [part["type"] for part in data["body"]]


@pytest.mark.parametrize("key", lesson_blocks.keys())
def test_every_block_has_a_preview_a_description_and_a_template_of_its_own(key, photo):
    block = LessonPage._meta.get_field("body").stream_block.child_blocks[key]

    value = block.get_preview_value()
    assert block.get_description()
    assert block.meta.label
    assert block.bind(value).render().strip()


def test_a_block_says_what_it_is_and_comes_through_the_allow_list(module):
    html = drawn(
        module,
        {"type": "callout", "kind": "caution", "title": "小心", "html": HTML},
        {"type": "vignette", "title": "一个例子", "html": HTML, "question": "你会问什么？"},
        {"type": "accordion", "items": [{"title": "参考", "html": HTML}]},
        {"type": "rich_text", "html": HTML},
    )

    assert html.count("<p>看<b>先</b></p>") == 4
    assert "callout--warn" in html and "你会问什么？" in html
    assert "script" not in html and "onclick" not in html


def test_folded_parts_open_without_javascript(module):
    html = drawn(module, {"type": "accordion", "items": [{"title": "参考", "html": "<p>写法</p>"}]})

    assert "<details" in html and "参考</summary>" in html


def test_a_table_names_the_column_of_every_cell(module):
    html = drawn(
        module, {"type": "table", "caption": "写法", "columns": ["不要", "要"], "rows": [["懒", "10 点还在睡"]]}
    )

    assert '<td role="cell" data-label="要">10 点还在睡</td>' in html
    assert "<caption>写法</caption>" in html


def test_law_shows_since_when_it_is_in_force_and_when_it_was_compared(module, settings):
    law = {"type": "law", "law": "未成年人保护法", "article": "第四条", "text": "最有利于未成年人。"}
    html = drawn(module, {**law, "in_force_since": "2021-06-01", "checked_on": "2026-11-01", "note": "先想孩子。"})

    assert "未成年人保护法" in html and "第四条" in html and "先想孩子。" in html and "2021" in html


def test_a_recording_comes_with_captions_and_its_words(module, voice):
    html = drawn(module, {"type": "audio", "file": "breathing.wav", "title": "呼吸"}, media={"breathing.wav": voice})

    assert (
        "<audio controls" in html and 'kind="captions"' in html and 'srclang="zh-Hans"' in html and " default>" in html
    )
    assert "<time>0:05</time><span>吸气</span>" in html


def test_a_document_is_named_with_its_type(module, handout):
    html = drawn(module, {"type": "document", "file": "form.pdf"}, documents={"form.pdf": handout})

    assert "走访表" in html and "PDF" in html


def test_a_drawing_is_shown_as_it_is(module):
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" width="320" height="160" viewBox="0 0 320 160"></svg>'
    image = Image.objects.create(title="画", file=ContentFile(svg, "d.svg"), width=320, height=160)
    html = drawn(module, {"type": "image", "file": "d.svg", "alt": "两个人"}, images={"d.svg": image})

    assert 'src="/media/' in html and 'alt="两个人"' in html and "srcset" not in html
    assert image.renditions.count() == 0


def test_a_check_tells_the_browser_nothing_about_the_right_answer(module):
    html = drawn(module, {"type": "check", **CHECK})

    assert all(option["text"] in html for option in CHECK["options"])
    assert "correct" not in html.lower() and all(option["feedback"] not in html for option in CHECK["options"])
    assert 'data-slot="check:c1"' in html and 'data-slot="csrf"' in html


@pytest.mark.parametrize("response", ["1", ["1"], [1]])
def test_the_right_answer_is_told_so(module, response):
    body = rendering.render(factories.lesson(module, body=[("check", CHECK)]))

    answer = body.check("c1").answer(response)
    assert (answer.correct, answer.feedbacks) == (True, [("先看孩子是否安全", True, "对，安全在前。")])


def test_a_wrong_an_empty_and_a_made_up_answer(module):
    check = rendering.render(factories.lesson(module, body=[("check", CHECK)])).check("c1")

    assert check.answer("0").correct is False
    assert check.answer([]) is None and check.answer("9") is None and check.answer("x") is None
    assert check.answer(["²", "9" * 5000]) is None


def test_several_right_answers_must_all_be_chosen(module):
    several = {**CHECK, "multiple": True, "options": [{**option, "correct": True} for option in CHECK["options"]]}
    check = rendering.render(factories.lesson(module, body=[("check", several)])).check("c1")

    assert check.answer(["0", "1"]).correct is True
    assert check.answer(["1"]).correct is False


def test_an_author_must_mark_the_right_answer_and_use_a_key_once():
    block = LessonPage._meta.get_field("body").stream_block
    nothing_right = {**CHECK, "options": [{**option, "correct": False} for option in CHECK["options"]]}

    with pytest.raises(ValidationError):
        block.clean(block.to_python([{"type": "check", "value": nothing_right}]))
    with pytest.raises(ValidationError) as refused:
        block.clean(block.to_python([{"type": "check", "value": CHECK}] * 2))
    assert "c1" in str(refused.value.as_json_data())


def test_blocks_need_no_request(module):
    """Templates of blocks may not speak of the request or the user: the HTML is everybody's."""
    for path in Path(settings.BASE_DIR, "templates/blocks").glob("*.html"):
        text = path.read_text("utf-8")
        assert not re.search(r"\{[{%][^}]*\b(request|user|perms|csrf_token)\b", text), path


def test_all_rich_text_of_wagtail_comes_through_the_allow_list():
    assert render_to_string("wagtailcore/shared/richtext.html", {"html": HTML}).strip() == "<p>看<b>先</b></p>"
