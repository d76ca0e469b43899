"""The list of courses, search and tags: what a reader may see, in their language."""

import pytest
from django.urls import reverse
from django.utils import translation
from wagtail.models import Locale, PageViewRestriction

from content import finding
from content.access import access_rules
from content.models import LessonPage
from lms.verdicts import Verdict
from tests import factories

pytestmark = pytest.mark.usefixtures("search_index", "searchable")
TEXT = ("rich_text", "<p>遇到暴雨先撤到高处。</p>")


@pytest.fixture
def ana_learns():
    """A rule that opens every activity to ana."""

    class Rule:
        key = "test"

        def may_open(self, activity, user, now):
            return Verdict(user.username == "ana", "only ana")

    access_rules.register(Rule())
    yield
    access_rules.unregister("test")


@pytest.fixture
def lesson(module, ana_learns):
    page = factories.lesson(module, "四项原则与儿童保护", slug="l1", objective="说出四项原则", body=[TEXT])
    page.tags.add("法律", "儿童权利")
    return factories.publish(page)


def english(lesson, title):
    page = lesson.copy_for_translation(Locale.objects.get(language_code="en"), copy_parents=True)
    page.title = title
    page.tags.add("law")
    return factories.publish(page)


def titles(found):
    return [row.node.title for row in found]


@pytest.mark.parametrize("words", ["儿童", "儿童保护", "护", "四项原则", "说出四项"])
def test_a_chinese_word_inside_a_title_or_an_objective_is_found_by_everybody(lesson, ben, now, words):
    assert "四项原则与儿童保护" in titles(finding.search(words, ben, now))


def test_a_course_is_found_too(lesson, ben, now):
    assert titles(finding.search("儿童保护", ben, now)) == ["儿童保护", "四项原则与儿童保护"]


def test_the_words_of_a_lesson_are_found_by_whom_it_is_open_to(lesson, ana, ben, now):
    assert titles(finding.search("暴雨", ana, now)) == ["四项原则与儿童保护"]
    assert finding.search("暴雨", ben, now) == []


def test_drafts_and_unpublished_lessons_are_not_found(lesson, ana, now):
    lesson.title = "暴雨"
    lesson.save_revision()
    assert titles(finding.search("四项", ana, now)) == ["四项原则与儿童保护"]

    lesson.unpublish()
    assert finding.search("四项", ana, now) == []


def test_a_course_that_is_not_listed_is_found_only_by_its_learners(lesson, module, ana, ben, now):
    course = module.get_parent().specific
    course.listed = False
    factories.publish(course)

    assert titles(finding.search("四项", ana, now)) == ["四项原则与儿童保护"]
    assert finding.search("四项", ben, now) == []
    assert titles(finding.tagged("法律", ana, now)) == ["四项原则与儿童保护"]
    assert finding.tagged("法律", ben, now) == []


def test_a_restricted_course_is_neither_listed_nor_found(client, lesson, module, ben, now):
    PageViewRestriction.objects.create(page=module.get_parent(), restriction_type="login")

    assert finding.search("四项", ben, now) == []
    assert "儿童保护" not in client.get("/courses/").content.decode()


def test_results_are_in_the_readers_language_and_come_once(lesson, ana, now):
    english(lesson, "Four principles of protection")

    with translation.override("en"):
        assert titles(finding.search("principles", ana, now)) == ["Four principles of protection"]
        assert titles(finding.search("四项原则", ana, now)) == ["Four principles of protection"]
    with translation.override("zh-hans"):
        assert titles(finding.search("principles", ana, now)) == ["四项原则与儿童保护"]


def test_a_tag_of_either_language_leads_to_the_lesson(lesson, ana, now):
    english(lesson, "Four principles")

    assert titles(finding.tagged("法律", ana, now)) == titles(finding.tagged("law", ana, now)) == ["Four principles"]


@pytest.mark.parametrize("query", ["", "  ", "？", "'\"", "a" * 300, "NOT", "\x00", "(", "%"])
def test_strange_queries_answer_calmly(client, lesson, query):
    assert client.get(reverse("courses:search"), {"q": query}).status_code == 200


def test_search_answers_strangers_with_titles_and_says_when_nothing_was_found(client, lesson):
    found = client.get(reverse("courses:search"), {"q": "儿童"}).content.decode()
    nothing = client.get(reverse("courses:search"), {"q": "暴雨"}).content.decode()

    assert "四项原则与儿童保护" in found and 'href="/courses/protection/m1/l1/"' in found
    assert "四项原则" not in nothing and 'class="empty' in nothing


def test_search_costs_the_same_with_one_and_with_three_results(client, module, django_assert_num_queries):
    for count in (1, 3):
        while LessonPage.objects.filter(title__contains="儿童").count() < count:
            factories.lesson(module, f"儿童 {LessonPage.objects.count()}")
        client.get(reverse("courses:search"), {"q": "x"})
        with django_assert_num_queries(1):
            client.get(reverse("courses:search"), {"q": "儿童"})


def test_a_tag_has_a_page_and_a_tag_of_nothing_has_none(client, lesson):
    assert "四项原则与儿童保护" in client.get("/courses/tags/法律/").content.decode()
    assert client.get("/courses/tags/nothing/").status_code == 404
    lesson.unpublish()
    assert client.get("/courses/tags/法律/").status_code == 404


def test_the_list_shows_listed_courses_with_what_they_hold(client, lesson, module, photo):
    course = module.get_parent().specific
    course.cover, course.summary = photo, "五节课"
    course.tags.add("儿童保护")
    factories.publish(course)
    factories.course("内部课程", slug="internal", listed=False)

    page = client.get("/courses/").content.decode()

    assert "儿童保护" in page and "五节课" in page and "srcset" in page and 'href="/courses/tags/' in page
    assert "内部课程" not in page


def test_the_list_costs_the_same_with_one_and_with_three_courses(client, photo, django_assert_num_queries):
    for count in (1, 3):
        while len(LessonPage.objects.all()) < count:
            factories.course(f"课程 {count}", cover=photo)
        client.get("/courses/")
        with django_assert_num_queries(7):
            client.get("/courses/")


def test_an_empty_list_says_so(client, courses):
    assert 'class="empty' in client.get("/courses/").content.decode()
