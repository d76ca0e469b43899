"""Pages of courses as Wagtail sees them: previews of drafts, serving that asks, the law that has to be checked."""

from datetime import timedelta

import pytest
from django.template import Context, Template
from wagtail.models import Locale

from content import tree
from content.models import LessonPage
from lms import clock
from tests import factories
from tests.content.conftest import CHECK


@pytest.fixture
def editor(ana, client):
    ana.is_superuser = ana.is_staff = True
    ana.save()
    client.force_login(ana)
    return ana


def test_a_draft_is_previewed_with_its_blocks(module, rf, editor):
    draft = LessonPage(title="草稿", slug="d", objective="学完能做到", body=[("check", CHECK)], live=False)
    module.add_child(instance=draft)

    response = draft.make_preview_request()

    html = response.render().content.decode() if hasattr(response, "render") else response.content.decode()
    assert response.status_code == 200
    assert "草稿" in html and "先做什么？" in html and "学完能做到" in html


def test_courses_and_modules_are_previewed(module, editor):
    for page in (module, module.get_parent().specific):
        response = page.make_preview_request()
        assert page.title in response.render().content.decode()


def test_wagtails_own_serving_asks_the_access_rule_too(client, module):
    """A lesson that exists in English only stands in no tree; Wagtail would find it by its address."""
    lesson = factories.lesson(module, "课时", slug="l1")
    english = lesson.copy_for_translation(Locale.objects.get(language_code="en"), copy_parents=True)
    factories.publish(english)
    LessonPage.objects.get(pk=lesson.pk).delete()

    assert client.get("/courses/protection/m1/l1/", headers={"accept-language": "en"}).status_code == 404


def test_a_module_leads_to_its_course(client, module):
    response = client.get("/courses/protection/m1/")

    assert response.status_code == 302
    assert response.url.startswith("/courses/protection/")


@pytest.mark.parametrize(("days", "warned"), [(10, False), (-1, True)])
def test_a_law_lesson_says_when_it_was_checked_and_warns_when_that_is_old(module, days, warned):
    today = clock.today()
    dates = {"law_checked_on": today - timedelta(days=300), "review_by": today + timedelta(days=days)}
    lesson = factories.lesson(module, "课时", **dates)
    node = tree.course_tree("protection").node(lesson.translation_key)

    html = Template("{% load content %}{% law_review node %}").render(Context({"node": node}))

    assert ("callout--warn" in html) is warned
    assert str(dates["law_checked_on"].day) in html


def test_a_lesson_without_law_says_nothing_about_it(module):
    lesson = factories.lesson(module, "课时")

    assert not Template("{% load content %}{% law_review node %}").render(Context({"node": lesson})).strip()
