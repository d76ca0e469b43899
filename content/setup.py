"""What the site needs before anybody has written anything: languages, the list of courses, groups and the review.

Called after every migration, when the last app has its tables and permissions; changes nothing that is there.
"""

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupPagePermission,
    Locale,
    Page,
    Site,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from content import marks
from content.language import DEFAULT
from content.models import CoursesPage

INSTRUCTORS = "Instructors"
REVIEWERS = "Reviewing instructors"
NEEDED = {"content_coursespage", "wagtailcore_workflowpage", "wagtailcore_referenceindex", "auth_group"}


def after_migration(using=DEFAULT_DB_ALIAS, **kwargs):
    """Prepare a database whose tables are all there, once they are."""
    with connections[using].cursor() as cursor:
        tables = connections[using].introspection.table_names(cursor)
    if using == DEFAULT_DB_ALIAS and set(tables) >= NEEDED:
        call_command("createcachetable", verbosity=0)  # Wagtail keeps the addresses of sites there
        marks.change(marks.COURSES, marks.BODIES)
        ensure_workflow(ensure_tree())


@transaction.atomic
def ensure_tree():
    """Languages, collections, the site, and a list of courses in each language. Returns the default language's."""
    locales = [Locale.objects.get_or_create(language_code=code)[0] for code, _name in settings.LANGUAGES]
    Collection.objects.exists() or Collection.add_root(name="Root")
    root = Page.objects.filter(depth=1).first() or Page.add_root(title="Root", slug="root", locale=locales[0])
    _remove_welcome(root)
    courses = _list_of_courses(root, locales)
    site = {"hostname": "localhost", "root_page": courses, "site_name": settings.WAGTAIL_SITE_NAME}
    Site.objects.get_or_create(is_default_site=True, defaults=site)
    return courses


def _list_of_courses(root, locales):
    """The lists in every language, made where missing; the first is returned."""
    first = CoursesPage.objects.filter(locale__language_code=DEFAULT).first()
    for locale in locales:
        if CoursesPage.objects.filter(locale=locale).exists():
            continue
        with override(locale.language_code):
            page = CoursesPage(title=_("Courses"), slug=f"courses-{locale.language_code}", locale=locale)
        if first:
            page.translation_key = first.translation_key
        root.refresh_from_db()
        root.add_child(instance=page).save_revision().publish()
        first = first or page
    return first


def _remove_welcome(root):
    """Wagtail's migrations leave a page that greets developers."""
    page_type = ContentType.objects.get_for_model(Page)
    welcome = root.get_children().filter(slug="home", content_type=page_type).first()
    if welcome and not welcome.numchild:
        Site.objects.filter(root_page=welcome).delete()
        welcome.delete()


@transaction.atomic
def ensure_workflow(courses):
    """The review of what instructors submit: a reviewing instructor approves, which publishes it.

    Wagtail keeps one name for readers of every language, so it is said in both.
    """
    reviewers = _group(REVIEWERS)
    _group(INSTRUCTORS)
    for page in CoursesPage.objects.filter(translation_key=courses.translation_key):
        _allow(reviewers, page, "change_page", "publish_page")
    if WorkflowPage.objects.filter(page=courses).exists():
        return
    task, made = GroupApprovalTask.objects.get_or_create(name="讲师审核 Review by an instructor")
    if made:
        task.groups.add(reviewers)
    workflow, made = Workflow.objects.get_or_create(name="课时审核 Review of lessons")
    if made:
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    for page in CoursesPage.objects.filter(translation_key=courses.translation_key):
        WorkflowPage.objects.get_or_create(page=page, defaults={"workflow": workflow})


def _group(name):
    """A group whose members reach the admin; what else they may do there follows their grants."""
    group, _made = Group.objects.get_or_create(name=name)
    admin, _made = ContentType.objects.get_or_create(app_label="wagtailadmin", model="admin")
    access, _made = Permission.objects.get_or_create(
        content_type=admin, codename="access_admin", defaults={"name": "Can access Wagtail admin"}
    )
    group.permissions.add(access)
    return group


def _allow(group, page, *codenames):
    for permission in Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=codenames):
        GroupPagePermission.objects.get_or_create(group=group, page=page, permission=permission)
