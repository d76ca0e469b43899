"""A block whose plugin is gone is kept through reading, editing and saving, and comes back with it."""

import json

import pytest
from django.db import connection
from wagtail import blocks

from content import rendering
from content.lesson_blocks import lesson_blocks
from content.models import LessonPage
from tests import factories

STORED = {
    "type": "casecount_timeline",
    "value": {"title": "经过", "steps": [1, 2]},
    "id": "11111111-1111-4111-8111-111111111111",
}
TEXT = {"type": "rich_text", "value": "<p>正文</p>", "id": "22222222-2222-4222-8222-222222222222"}


class Timeline(blocks.StructBlock):
    key = "casecount_timeline"
    title = blocks.CharBlock()
    steps = blocks.ListBlock(blocks.IntegerBlock())


def fresh_blocks():
    LessonPage._meta.get_field("body").__dict__.pop("stream_block", None)


@pytest.fixture
def lesson(module):
    """A lesson written while the plugin was installed, read after it has gone."""
    return LessonPage.objects.get(pk=factories.lesson(module, body=[]).pk)


@pytest.fixture
def with_plugin():
    lesson_blocks.register(Timeline)
    fresh_blocks()
    yield
    lesson_blocks.unregister(Timeline.key)
    fresh_blocks()


def store(lesson):
    stored = json.dumps([STORED, TEXT])
    with connection.cursor() as cursor:
        cursor.execute("update content_lessonpage set body = %s where page_ptr_id = %s", [stored, lesson.pk])
    return LessonPage.objects.get(pk=lesson.pk)


def raw(lesson):
    """The stored blocks, read past the field."""
    with connection.cursor() as cursor:
        cursor.execute("select body from content_lessonpage where page_ptr_id = %s", [lesson.pk])
        value = cursor.fetchone()[0]
    return json.loads(value) if isinstance(value, str) else value


def test_saving_and_publishing_keep_it_as_it_was(lesson):
    page = store(lesson)
    assert [child.block_type for child in page.body] == ["unavailable", "rich_text"]

    page.title = "新的题目"
    factories.publish(page)

    assert raw(page) == [STORED, TEXT]
    assert json.loads(page.latest_revision.content["body"]) == [STORED, TEXT]


def test_a_published_draft_with_it_keeps_it(lesson):
    page = store(lesson)
    page.save_revision()
    page = page.get_latest_revision_as_object()
    page.body.append(("heading", {"text": "小结", "level": "2"}))

    factories.publish(page)

    assert raw(page)[:2] == [STORED, TEXT]
    assert raw(page)[2]["type"] == "heading"


def test_the_editor_shows_it_and_sends_it_back(lesson):
    page = store(lesson)
    stream = LessonPage._meta.get_field("body").stream_block
    state = stream.get_form_state(page.body)

    form = {"body-count": "2"}
    for place, child in enumerate(state):
        form |= {f"body-{place}-{name}": value for name, value in (("type", child["type"]), ("id", child["id"]))}
        form |= {f"body-{place}-order": str(place), f"body-{place}-deleted": "", f"body-{place}-value": child["value"]}
    form["body-1-value"] = json.dumps({"blocks": [{"text": "正文", "type": "unstyled", "key": "a"}], "entityMap": {}})
    sent = stream.value_from_datadict(form, {}, "body")

    assert state[0]["type"] == "unavailable"
    assert stream.get_prep_value(sent)[0] == STORED
    assert stream.get_prep_value(stream.clean(sent))[0] == STORED


def test_readers_see_a_calm_notice(lesson):
    html = rendering.render(store(lesson)).html

    assert "cannot be shown at the moment" in html or "暂时" in html
    assert "正文" in html and "casecount" not in html


def test_it_is_itself_again_when_the_plugin_returns(lesson, with_plugin):
    page = store(lesson)

    assert page.body[0].block_type == "casecount_timeline"
    assert page.body[0].value["title"] == "经过"


def test_a_block_stored_as_unavailable_by_mistake_is_itself_again_too(lesson, with_plugin):
    stream = LessonPage._meta.get_field("body").stream_block
    wrapped = {"type": "unavailable", "id": STORED["id"], "value": {"type": STORED["type"], "value": STORED["value"]}}

    assert stream.to_python([wrapped])[0].block_type == "casecount_timeline"
