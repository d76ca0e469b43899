"""The body of a lesson: the same for everybody, rendered once per revision."""

import threading
import time

import pytest
from django.core.cache import caches
from django.utils import translation
from wagtail import blocks
from wagtail.models import Locale

from content import rendering, tree
from content.lesson_blocks import lesson_blocks
from content.models import LessonPage
from tests import factories
from tests.content.conftest import CHECK

TEXT = ("rich_text", "<p>先看再写。</p>")


class Counting(blocks.CharBlock):
    """A block that counts how often it was rendered."""

    key = "counting"
    rendered = 0

    def render_basic(self, value, context=None):
        type(self).rendered += 1
        return value


@pytest.fixture
def counting():
    """The block of a plugin, installed for one test."""
    Counting.rendered = 0
    lesson_blocks.register(Counting)
    field = LessonPage._meta.get_field("body")
    field.__dict__.pop("stream_block", None)
    yield Counting
    lesson_blocks.unregister("counting")
    field.__dict__.pop("stream_block", None)


def node_of(page):
    return tree.course_tree("protection").node(page.translation_key)


def test_a_body_is_rendered_once_per_revision(counting, module):
    page = factories.lesson(module, body=[("counting", "一")])
    rendering.body(node_of(page))
    rendering.body(node_of(page))
    assert counting.rendered == 1

    page.body = [("counting", "二")]
    factories.publish(page)
    assert "二" in rendering.body_html(node_of(page))
    assert counting.rendered == 2


def test_publishing_one_lesson_leaves_the_bodies_of_others(counting, module):
    first = factories.lesson(module, body=[("counting", "一")], slug="a")
    rendering.body(node_of(first))

    second = factories.lesson(module, body=[TEXT], slug="b")
    rendering.body(node_of(second))
    rendering.body(node_of(first))

    assert counting.rendered == 1


def test_publishing_warms_the_body(counting, module, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        page = factories.lesson(module, body=[("counting", "一")])
    assert counting.rendered == 1

    rendering.body(node_of(page))
    assert counting.rendered == 1


def test_a_saved_image_a_moved_page_and_another_plugin_set_clear_what_was_kept(counting, module, photo):
    page = factories.lesson(module, body=[("counting", "一")], slug="a")
    other = factories.lesson(module, slug="b")
    rendering.body(node_of(page))

    photo.save()
    rendering.body(node_of(page))
    assert counting.rendered == 2
    other.move(page, "left")
    rendering.body(node_of(page))
    assert counting.rendered == 3
    lesson_blocks.register(type("Other", (blocks.CharBlock,), {"key": "other_plugin"}))
    rendering.body(node_of(page))
    lesson_blocks.unregister("other_plugin")
    assert counting.rendered == 4


def test_a_warm_body_costs_no_query(module, django_assert_num_queries):
    node = node_of(factories.lesson(module, body=[TEXT, ("check", CHECK)]))
    rendering.body(node)

    with django_assert_num_queries(0):
        assert "先看再写。" in rendering.body_html(node)
        assert rendering.body(node).required == ["c1"]


def test_many_workers_render_once():
    """Ten threads ask at the same time for what takes a while to make."""
    made, got = [], []

    def make():
        made.append(1)
        time.sleep(0.2)
        return "html"

    threads = [threading.Thread(target=lambda: got.append(rendering.once("body:test", make))) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (len(made), got) == (1, ["html"] * 10)


def test_a_worker_that_died_while_rendering_holds_nobody_up_for_long(monkeypatch):
    monkeypatch.setattr(rendering, "LOCK_SECONDS", 0.2)
    caches["default"].add("lock:body:test", 1, 0.2)

    assert rendering.once("body:test", lambda: "html") == "html"


def test_the_english_body_speaks_english_throughout(module):
    page = factories.lesson(module, body=[("check", CHECK)])
    english = page.copy_for_translation(Locale.objects.get(language_code="en"), copy_parents=True)
    english.body = [("check", {**CHECK, "question": "What comes first?"})]
    factories.publish(english)
    node = node_of(page)

    with translation.override("zh-hans"):
        assert rendering.body(node).language == "zh-hans"
    with translation.override("en"):
        body = rendering.body(node)
    assert body.language == "en"
    assert "What comes first?" in body.html
    assert "Check my answer" in body.html


def test_slots_are_filled_for_one_reader():
    html = '<p>a</p><div data-slot="check:c1" role="status"></div><div data-slot="csrf"></div>'

    assert rendering.fill(html, {"check:c1": "<p>对</p>"}) == (
        '<p>a</p><div data-slot="check:c1" role="status"><p>对</p></div><div data-slot="csrf"></div>'
    )


def test_pictures_of_one_and_of_three_cost_the_same(module, photo, django_assert_num_queries):
    picture = ("image", {"image": photo, "caption": "走访"})
    photo.contextual_alt_text, photo.decorative = "门口", False
    few = factories.lesson(module, body=[picture], slug="few")
    many = factories.lesson(module, body=[picture] * 3, slug="many")
    rendering.render(few)

    for page in (few, many):
        page = LessonPage.objects.select_related("locale").get(pk=page.pk)
        with django_assert_num_queries(2):
            html = rendering.render(page).html
        assert 'alt="门口"' in html
        assert "400w" in html and 'width="1200" height="675"' in html and 'loading="lazy"' in html
