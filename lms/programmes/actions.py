"""Grant a role somewhere, and take it back. Wagtail's groups follow, so that its own permissions decide in the admin."""

from dataclasses import dataclass

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission

from lms.events import publish
from lms.programmes.models import Grant
from lms.verdicts import Refused

INSTRUCTORS = "Instructors"
REVIEWERS = "Reviewing instructors"
STAFF = "Programme staff"
DIRECTORS = "Directors"


@dataclass(frozen=True)
class GrantsChanged:
    """A person's grants are not what they were; whoever else opens the desk to people looks again."""

    user_id: int


@transaction.atomic
def grant(user, role, *, by, now, until=None, **scope):
    """Give a person a role for one ``programme``, ``cohort``, ``intake`` or ``course``, from now on.

    Raises Refused when somebody grants to themselves, ValidationError when the scope is not exactly one.
    """
    if user == by:
        raise Refused(_("Nobody grants a role to themselves; ask another director."))
    given = Grant(user=user, role=role, granted_by=by, starts_at=now, until=until, **scope)
    given.full_clean()
    given.save()
    follow_grants(user, now=now)
    log(given, "programmes.grant", user=by)
    publish(GrantsChanged(user.pk))
    return given


@transaction.atomic
def revoke(given, *, by, now):
    """End a grant now; what it opened is closed with the next request."""
    given.revoked_at, given.revoked_by = now, by
    given.save(update_fields=["revoked_at", "revoked_by"])
    follow_grants(given.user, now=now)
    log(given, "programmes.revoke", user=by)
    publish(GrantsChanged(given.user_id))


@transaction.atomic
def end_or_extend(given, *, by, now):
    """Follow a change of a grant's end date."""
    follow_grants(given.user, now=now)
    log(given, "programmes.revoke" if given.until and given.until <= now else "programmes.grant", user=by)
    publish(GrantsChanged(given.user_id))


def follow_grants(user, *, now):
    """Make the person's groups and the way to the desk what their active grants say. Repeatable."""
    active = list(Grant.objects.active(now).of(user).select_related("course"))
    wanted = {group for given in active for group in _groups(given)}
    ours = Group.objects.filter(
        Q(name__in=[INSTRUCTORS, REVIEWERS, STAFF, DIRECTORS]) | Q(page_permissions__page__coursepage__isnull=False)
    )
    user.groups.remove(*ours.exclude(pk__in=[group.pk for group in wanted]))
    user.groups.add(*wanted)
    user.is_staff = bool(active)
    user.save(update_fields=["is_staff"])


def end_expired_grants(now):
    """Take groups from people whose grants ran out since; returns how many people. For the worker."""
    lapsed = Grant.objects.filter(until__lte=now, revoked_at=None, user__is_staff=True).select_related("user")
    people = {given.user for given in lapsed if not Grant.objects.active(now).of(given.user).exists()}
    for user in people:
        _close(user, now)
    return len(people)


@transaction.atomic
def _close(user, now):
    follow_grants(user, now=now)
    publish(GrantsChanged(user.pk))


def _groups(given):
    if given.role == Grant.Role.INSTRUCTOR:
        yield _group(INSTRUCTORS)
        courses = [given.course] if given.course else given.programme.courses() if given.programme else []
        for course in courses:
            yield course_group(course)
    elif given.role == Grant.Role.REVIEWER:
        yield _group(REVIEWERS)
    elif given.role == Grant.Role.STAFF:
        yield staff_group()
    elif given.role == Grant.Role.DIRECTOR:
        yield staff_group()
        yield director_group()


def _group(name):
    group, created = Group.objects.get_or_create(name=name)
    if created:
        _let_into_admin(group)
    return group


def _let_into_admin(group):
    group.permissions.add(Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin"))


def course_group(course):
    """The group that may edit one course and nothing else; made when first needed."""
    group, created = Group.objects.get_or_create(name=f"Course {course.pk}: {course.title}"[:150])
    if created:
        _let_into_admin(group)
        _allow_pages(group, course, "add_page", "change_page")
        root = Collection.get_first_root_node()
        for codename in ("add_image", "choose_image", "add_document", "choose_document", "add_media"):
            for permission in Permission.objects.filter(codename=codename, content_type__app_label="media"):
                GroupCollectionPermission.objects.get_or_create(group=group, collection=root, permission=permission)
    return group


def staff_group():
    """Programme staff: they set up programmes, intakes, letters and policies; they read pages, and publish none."""
    group = _group(STAFF)
    models = ["programme", "track", "trackcourse", "trackactivity", "cohort", "intake", "lettertemplate"]
    wanted = Permission.objects.filter(
        Q(codename="view_grant")
        | Q(content_type__app_label__in=["programmes", "admissions"], content_type__model__in=models)
        | Q(content_type__app_label="graduation", content_type__model__in=["policy", "policyline"])
        | Q(content_type__app_label="people", content_type__model__in=["organisation", "membership"])
        | Q(content_type__app_label="assessments", content_type__model="rubric")
    )
    group.permissions.add(*wanted)
    return group


def director_group():
    """Directors: they also grant roles and end grants."""
    group = _group(DIRECTORS)
    group.permissions.add(*Permission.objects.filter(codename__in=["add_grant", "change_grant"]))
    return group


def _allow_pages(group, page, *codenames):
    for permission in Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=codenames):
        GroupPagePermission.objects.get_or_create(group=group, page=page, permission=permission)
