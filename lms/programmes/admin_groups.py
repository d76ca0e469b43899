"""What a role opens in Wagtail's admin: groups, with permissions on models and pages, that follow the grants.

Groups only open Wagtail's own screens. What a person may see there is narrowed by the same grants
(``lms.programmes.permission_policies``); our own screens ask the grants and no group.
"""

from django.contrib.auth.models import Group, Permission
from django.db.models import Q
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission

from content.setup import INSTRUCTORS, REVIEWERS
from lms.programmes.models import Grant

STAFF = "Programme staff"
DIRECTORS = "Directors"
COURSE = "Course"

MAY_ADD = ["add_image", "choose_image", "add_document", "choose_document", "add_media"]
STAFF_MODELS = Q(content_type__app_label="programmes", content_type__model__in=["track", "cohort", "intake"]) | Q(
    Q(content_type__app_label="admissions", content_type__model="lettertemplate")
    | Q(content_type__app_label="graduation", content_type__model__in=["policy", "policyline"])
    | Q(content_type__app_label="people", content_type__model="organisation")
    | Q(content_type__app_label="assessments", content_type__model="rubric")
)


def follow_grants(user, now):
    """Put the person into the groups that their active grants ask for and out of the others. Repeatable."""
    active = Grant.objects.active(now).of(user).select_related("course", "programme")
    wanted = {group for given in active for group in _groups(given)}
    user.groups.remove(*ours().exclude(pk__in=[group.pk for group in wanted]))
    user.groups.add(*wanted)


def ours():
    """The groups that follow grants; others are an administrator's own business."""
    named = Q(name__in=[INSTRUCTORS, REVIEWERS, STAFF, DIRECTORS])
    return Group.objects.filter(named | Q(name__regex=rf"^{COURSE} \d+: "))


def _groups(given):
    if given.role == Grant.Role.INSTRUCTOR:
        yield _group(INSTRUCTORS)
        yield from (course_group(course) for course in _courses(given))
    elif given.role == Grant.Role.REVIEWER:
        yield _group(REVIEWERS)
    elif given.role == Grant.Role.STAFF:
        yield staff_group()
    elif given.role == Grant.Role.DIRECTOR:
        yield staff_group()
        yield director_group()


def _courses(given):
    if given.course:
        return [given.course]
    return given.programme.courses() if given.programme else []


def _group(name):
    """The group of this name, whose members reach the admin."""
    group, _made = Group.objects.get_or_create(name=name)
    group.permissions.add(Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin"))
    return group


def course_group(course):
    """The group that may edit one course, in every language it has, and nothing else."""
    course = course.get_translations(inclusive=True).order_by("pk").first()
    prefix = f"{COURSE} {course.pk}: "
    group = Group.objects.filter(name__startswith=prefix).first() or _group(f"{prefix}{course.title}"[:150])
    for page in course.get_translations(inclusive=True):
        _allow_pages(group, page, "add_page", "change_page")
    _allow_collection(group, *MAY_ADD)
    return group


def allow_translation(source, translated):
    """Whoever edits a course edits its new translation too."""
    for group in Group.objects.filter(page_permissions__page=source).filter(pk__in=ours()).distinct():
        _allow_pages(group, translated, "add_page", "change_page")


def staff_group():
    """Programme staff: they set up programmes, intakes, letters, policies and rubrics; they publish no page."""
    group = _group(STAFF)
    group.permissions.add(*Permission.objects.filter(STAFF_MODELS), *_permissions("change_programme", "view_grant"))
    return group


def director_group():
    """Directors: they also grant roles and end grants."""
    group = _group(DIRECTORS)
    group.permissions.add(*_permissions("add_grant", "change_grant"))
    return group


def _permissions(*codenames):
    return Permission.objects.filter(content_type__app_label="programmes", codename__in=codenames)


def _allow_pages(group, page, *codenames):
    for permission in Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=codenames):
        GroupPagePermission.objects.get_or_create(group=group, page=page, permission=permission)


def _allow_collection(group, *codenames):
    root = Collection.get_first_root_node()
    for permission in Permission.objects.filter(content_type__app_label="media", codename__in=codenames):
        GroupCollectionPermission.objects.get_or_create(group=group, collection=root, permission=permission)
