"""Activity rows follow pages."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from wagtail.models import Locale

from content.models import Activity, LessonPage
from tests import factories


@pytest.fixture
def lesson(module):
    return factories.lesson(module, "四项原则", minutes=30)


def test_a_lesson_has_its_activity_from_the_first_draft_on(module):
    draft = module.add_child(instance=LessonPage(title="草稿", slug="draft", minutes=25, live=False))

    activity = Activity.objects.get(uuid=draft.translation_key)
    assert (activity.kind, activity.title, activity.minutes) == ("lesson", "草稿", 25)
    assert activity.course == module.get_parent().translation_key


def test_publishing_new_words_renames_the_activity_and_a_draft_does_not(lesson):
    lesson.title = "新的题目"
    revision = lesson.save_revision()
    assert factories.activity_of(lesson).title == "四项原则"

    revision.publish()
    assert factories.activity_of(lesson).title == "新的题目"


def test_a_translation_is_the_same_activity_and_a_copy_a_new_one(lesson):
    english = lesson.copy_for_translation(Locale.objects.get(language_code="en"), copy_parents=True)
    english.title = "Four principles"
    factories.publish(english)
    copy = lesson.copy(update_attrs={"slug": "copy", "title": "抄本"})

    assert english.translation_key == lesson.translation_key
    assert factories.activity_of(lesson).title == "四项原则"
    assert factories.activity_of(copy).pk != factories.activity_of(lesson).pk
    assert Activity.objects.count() == 2


def test_an_alias_of_a_lesson_is_refused(lesson):
    with translation.override("en"), pytest.raises(ValidationError, match="cannot be aliases"):
        lesson.create_alias(update_slug="alias")


def test_a_moved_lesson_belongs_to_the_course_it_stands_in(lesson):
    other = factories.module(factories.course("另一门课", modules=0, slug="other"))

    lesson.move(other, "last-child")

    assert factories.activity_of(lesson).course == other.get_parent().translation_key
