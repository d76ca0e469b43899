"""The course tree: what it knows, and that it costs nothing while nothing changes."""

from datetime import timedelta

import pytest
from django.utils import translation
from wagtail.models import Locale, PageViewRestriction

from content import tree
from content.models import LessonPage
from tests import factories


@pytest.fixture(params=[1, 3])
def lessons(module, request):
    return [factories.lesson(module, f"课时 {n}", slug=f"l{n}") for n in range(1, request.param + 1)]


def test_a_tree_knows_titles_addresses_order_and_activities(lessons):
    found = tree.course_tree("protection")

    assert [row.title for row in found.rows] == [lesson.title for lesson in lessons]
    assert [row.url for row in found.rows] == [f"/courses/protection/m1/{lesson.slug}/" for lesson in lessons]
    assert [row.activity for row in found.rows] == [factories.activity_of(lesson).pk for lesson in lessons]
    assert found.minutes == 20 * len(lessons)


def test_a_course_is_found_by_slug_page_key_and_page(lessons, module):
    course = module.get_parent().specific
    expected = tree.course_tree("protection")

    assert (
        tree.course_tree(course.pk) == tree.course_tree(course.translation_key) == tree.course_tree(course) == expected
    )
    assert tree.course_tree("nothing") is None


def test_building_costs_the_same_with_one_and_with_three_lessons(lessons, django_assert_num_queries):
    with django_assert_num_queries(14):
        tree.course_tree("protection")


def test_a_warm_tree_costs_no_query(lessons, django_assert_num_queries):
    tree.find("protection/m1/l1")

    with django_assert_num_queries(0):
        found, node = tree.find("/protection/m1/l1/")
        assert node == found.rows[0]
        assert tree.find("protection/m1/nothing") is None
        assert tree.courses() == [found]


def test_a_draft_leaves_the_tree_alone_and_publishing_renews_it(lessons):
    before = tree.course_tree("protection")
    lessons[0].title = "新的题目"
    revision = lessons[0].save_revision()
    assert tree.course_tree("protection") is before

    revision.publish()
    assert tree.course_tree("protection").rows[0].title == "新的题目"


def test_withdrawn_deleted_moved_and_renamed_rows_show_at_once(module):
    first, second, third = (factories.lesson(module, f"课时 {n}", slug=f"l{n}") for n in (1, 2, 3))

    first.unpublish()
    assert [row.title for row in tree.course_tree("protection").rows] == ["课时 2", "课时 3"]
    third.move(second, "left")
    assert [row.title for row in tree.course_tree("protection").rows] == ["课时 3", "课时 2"]
    LessonPage.objects.get(pk=third.pk).delete()
    assert [row.title for row in tree.course_tree("protection").rows] == ["课时 2"]
    second.refresh_from_db()
    second.slug = "renamed"
    factories.publish(second)
    assert tree.find("protection/m1/l2") is None
    assert tree.find("protection/m1/renamed")[1].title == "课时 2"


def test_nothing_under_an_unpublished_module_is_in_the_tree(lessons, module):
    module.unpublish()

    assert tree.course_tree("protection").rows == []


def test_each_row_has_the_readers_language_or_the_default_one(module):
    first, second = factories.lesson(module, "课时一", slug="l1"), factories.lesson(module, "课时二", slug="l2")
    english = first.copy_for_translation(Locale.objects.get(language_code="en"), copy_parents=True)
    english.title = "Lesson one"
    factories.publish(english)

    with translation.override("en"):
        rows = tree.course_tree("protection").rows
        assert [(row.title, row.is_untranslated) for row in rows] == [("Lesson one", False), (second.title, True)]
    with translation.override("zh-hans"):
        assert [row.title for row in tree.course_tree("protection").rows] == ["课时一", "课时二"]


def test_an_activity_is_called_what_its_page_is_called_in_the_readers_language(module, django_assert_num_queries):
    lesson = factories.lesson(module, "第一课", slug="l1")
    activity = factories.activity_of(lesson)
    english = lesson.copy_for_translation(Locale.objects.get(language_code="en"), copy_parents=True)
    english.title = "Lesson one"
    factories.publish(english)
    tree.course_tree("protection")

    with django_assert_num_queries(0):
        with translation.override("en"):
            assert tree.title_of(activity) == "Lesson one"
        with translation.override("zh-hans"):
            assert tree.title_of(activity) == "第一课"


def test_the_english_page_has_the_address_of_the_chinese_one(module):
    lesson = factories.lesson(module, "课时一", slug="l1")
    english = lesson.copy_for_translation(Locale.objects.get(language_code="en"), copy_parents=True)
    english.slug = "lesson-one"
    factories.publish(english)

    assert english.url == lesson.url == "/courses/protection/m1/l1/"


def test_a_lesson_opens_with_its_module_at_the_earliest(module, now):
    module.opens_at = now + timedelta(days=3)
    factories.publish(module)
    factories.lesson(module, "课时一", opens_at=now + timedelta(days=1))

    assert tree.course_tree("protection").rows[0].opens_at == module.opens_at


def test_view_restrictions_of_the_course_hold_for_its_lessons(lessons, module):
    assert tree.course_tree("protection").rows[0].restrictions == ()

    restriction = PageViewRestriction.objects.create(page=module.get_parent(), restriction_type="login")

    assert tree.course_tree("protection").rows[0].restrictions == (restriction.pk,)


def test_neighbours(module):
    for n in (1, 2, 3):
        factories.lesson(module, f"课时 {n}", slug=f"l{n}")
    found = tree.course_tree("protection")
    first, second, third = found.rows

    assert found.neighbours(first) == (None, second)
    assert found.neighbours(second) == (first, third)
    assert found.neighbours(third) == (second, None)
