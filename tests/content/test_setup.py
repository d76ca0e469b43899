"""What stands after migration, however often it runs."""

import pytest
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.management.sql import emit_post_migrate_signal
from wagtail.blocks import CharBlock
from wagtail.models import Locale, Page, Site, Workflow, WorkflowPage, WorkflowState

from content import setup
from content.lesson_blocks import lesson_blocks
from content.models import CoursesPage, LessonPage


@pytest.fixture
def nothing(db):
    """A database as the migrations of Wagtail leave it."""
    Site.objects.all().delete()
    Page.objects.all().delete()
    root = Page.add_root(title="Root", slug="root", locale=Locale.objects.get_or_create(language_code="zh-hans")[0])
    welcome = Page(title="Welcome", slug="home", content_type=ContentType.objects.get_for_model(Page))
    root.add_child(instance=welcome)
    Site.objects.create(hostname="localhost", root_page=welcome, is_default_site=True)


def test_after_migration_the_site_stands(nothing):
    for _ in range(2):
        setup.after_migration()

    assert set(Locale.objects.values_list("language_code", flat=True)) == {"zh-hans", "en"}
    assert [page.specific_class for page in Page.objects.filter(depth=2)] == [CoursesPage, CoursesPage]
    assert CoursesPage.objects.values("translation_key").distinct().count() == 1
    assert Site.objects.get().root_page.locale.language_code == "zh-hans"
    assert WorkflowPage.objects.count() == 2


def test_migrating_again_changes_nothing_that_staff_changed(courses):
    other = Workflow.objects.create(name="Other")
    WorkflowPage.objects.filter(page=courses).update(workflow=other)

    setup.after_migration()

    assert WorkflowPage.objects.get(page=courses).workflow == other


def test_both_groups_reach_the_admin(courses):
    for name in (setup.INSTRUCTORS, setup.REVIEWERS):
        assert Group.objects.get(name=name).permissions.filter(codename="access_admin").exists()


def test_a_lesson_goes_live_when_a_reviewing_instructor_approves(module, ana, ben):
    ben.groups.add(Group.objects.get(name=setup.REVIEWERS))
    lesson = module.add_child(instance=LessonPage(title="草稿", slug="draft", live=False))
    lesson.save_revision(user=ana)

    state = lesson.get_workflow().start(lesson, ana)
    task = state.current_task_state.task.specific
    assert [name for name, *_ in task.get_actions(lesson, ben)] == ["reject", "approve", "approve"]
    assert task.get_actions(lesson, ana) == []
    task.on_action(state.current_task_state, ben, "approve")

    lesson.refresh_from_db()
    assert lesson.live
    assert WorkflowState.objects.get().status == WorkflowState.STATUS_APPROVED


def test_the_field_of_lesson_bodies_leaves_its_blocks_out_of_migrations():
    field = LessonPage._meta.get_field("body")
    without = field.deconstruct()
    lesson_blocks.register(type("Other", (CharBlock,), {"key": "other_plugin"}))

    with_plugin = field.clone().deconstruct()
    lesson_blocks.unregister("other_plugin")

    assert with_plugin[1:] == without[1:] == ("content.fields.LessonField", [], {"blank": True, "verbose_name": "body"})


def test_migrating_prepares_the_site(nothing):
    emit_post_migrate_signal(verbosity=0, interactive=False, db="default")

    assert CoursesPage.objects.count() == 2
