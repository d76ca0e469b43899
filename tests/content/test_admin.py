"""What instructors meet in the admin: forms, copies, the editor, the report of law to check."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation
from wagtail.models import GroupPagePermission

from content import setup
from content.forms import CopyAsNew
from content.lesson_blocks import lesson_blocks
from content.models import LessonPage
from lms import clock
from tests import factories


@pytest.fixture
def instructor(module, ana, client, settings):
    """安娜, who may edit this course and nothing else."""
    settings.SECOND_FACTOR_REQUIRED = False
    group = Group.objects.create(name="course")
    for codename in ("add_page", "change_page"):
        permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=codename)
        GroupPagePermission.objects.create(group=group, page=module.get_parent(), permission=permission)
    ana.groups.add(group, Group.objects.get(name=setup.INSTRUCTORS))
    ana.is_staff = True
    ana.save()
    client.force_login(ana)
    return ana


@pytest.fixture
def other_module(courses):
    return factories.module(factories.course("别的课程", modules=0, slug="other"))


def test_a_lesson_may_open_after_the_other_activities_of_its_course(module, other_module):
    first, second = factories.lesson(module, "一", slug="a"), factories.lesson(module, "二", slug="b")
    factories.lesson(other_module, "别的")

    form = LessonPage.get_edit_handler().get_form_class()(instance=second, parent_page=module)

    assert [value for value, _label in form.fields["after"].choices] == ["", str(first.translation_key)]


def test_the_editor_opens_with_every_block(client, instructor, module, django_assert_max_num_queries):
    lesson = factories.lesson(module, body=[("rich_text", "<p>一</p>")])

    response = client.get(reverse("wagtailadmin_pages:edit", args=[lesson.pk]))

    assert response.status_code == 200
    assert "rich_text" in response.content.decode()
    assert client.get(reverse("wagtailadmin_pages:add", args=["content", "lessonpage", module.pk])).status_code == 200


def test_an_instructor_edits_only_the_course_they_were_given(client, instructor, other_module):
    assert client.get(reverse("wagtailadmin_pages:edit", args=[other_module.pk])).status_code in (302, 403)


def test_the_address_of_a_page_is_made_from_its_title(client, instructor, module):
    course = module.get_parent()
    fields = {"title": "第二单元", "slug": "", "intro": "", "comments-TOTAL_FORMS": 0, "comments-INITIAL_FORMS": 0}
    for _time in range(2):
        client.post(reverse("wagtailadmin_pages:add", args=["content", "modulepage", course.pk]), fields)
    assert [page.slug for page in course.get_children().filter(title="第二单元")] == ["第二单元", "第二单元-2"]


def test_an_alias_is_refused_beside_its_field(module, ana):
    ana.is_superuser = True
    lesson = factories.lesson(module, "课时")
    data = {"new_title": "抄", "new_slug": "x", "new_parent_page": module.pk, "alias": "on"}

    form = CopyAsNew(data, user=ana, page=lesson)

    with translation.override("en"):
        assert not form.is_valid()
        assert "cannot be aliases" in form.errors["alias"][0]


def test_copied_lessons_open_after_each_other_as_the_originals_do(client, module, ana, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    ana.is_superuser = ana.is_staff = True
    ana.save()
    client.force_login(ana)
    first = factories.lesson(module, "一", slug="a")
    factories.lesson(module, "二", slug="b", after=first.translation_key)

    course = module.get_parent()
    data = {"new_title": "抄", "new_slug": "copy", "new_parent_page": course.get_parent().pk, "copy_subpages": "on"}
    response = client.post(reverse("wagtailadmin_pages:copy", args=[course.pk]), data)

    assert response.status_code == 302
    copied = {page.slug: page for page in LessonPage.objects.filter(url_path__contains="/copy/")}
    assert copied["b"].after == copied["a"].translation_key != first.translation_key
    assert copied["b"].get_latest_revision_as_object().after == copied["a"].translation_key


def test_the_report_lists_the_law_that_its_reader_may_check_oldest_first(client, instructor, module, other_module):
    today = clock.today()
    factories.lesson(module, "以后再核", slug="a", review_by=today + timedelta(days=30))
    factories.lesson(module, "早该核了", slug="b", review_by=today - timedelta(days=1))
    factories.lesson(module, "没有法条", slug="c")
    factories.lesson(other_module, "别人的", review_by=today)

    html = client.get(reverse("law_review")).content.decode()

    assert html.index("早该核了") < html.index("以后再核")
    assert "没有法条" not in html and "别人的" not in html
    assert client.get(reverse("law_review"), {"export": "xlsx"}).status_code == 200
    assert client.get(reverse("law_review_results")).status_code == 200


def test_the_report_is_for_those_who_edit(client, ben, settings, courses):
    settings.SECOND_FACTOR_REQUIRED = False
    ben.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(ben)

    assert client.get(reverse("law_review")).status_code in (302, 403)


def test_a_drawing_with_a_script_is_refused_where_it_was_chosen(client, ana, courses, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    ana.is_superuser = ana.is_staff = True
    ana.save()
    client.force_login(ana)
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script/></svg>'
    data = {"title": "画", "file": SimpleUploadedFile("a.svg", drawing, "image/svg+xml"), "tags": ""}

    response = client.post(reverse("wagtailimages:add"), {**data, "collection": "1"})

    assert "“script”" in response.content.decode()


@pytest.mark.parametrize("key", lesson_blocks.keys())
def test_the_editor_previews_every_block_in_our_style(client, instructor, key):
    block = LessonPage._meta.get_field("body").stream_block.child_blocks[key]
    assert block.is_previewable

    response = client.get(reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix})

    assert response.status_code == 200
    assert "lx/learn.css" in response.content.decode()
