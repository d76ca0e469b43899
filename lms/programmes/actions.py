"""Grant a role somewhere, and end it; what it opens in Wagtail's admin follows. Say what a track consists of."""

from django.db import transaction
from wagtail.log_actions import log

from lms.events import publish
from lms.programmes import admin_groups, rules
from lms.programmes.events import GrantsChanged, RoleEnded, RoleGranted
from lms.programmes.models import Grant, TrackActivity, TrackCourse
from lms.programmes.scopes import directs


@transaction.atomic
def grant(user, role, *, by, now, until=None, **scope):
    """Give a person a role for one ``programme``, ``cohort``, ``intake`` or ``course``, from now on.

    Raises Refused when ``by`` may not give it, ValidationError when the scope is not exactly one.
    """
    given = Grant(user=user, role=role, granted_by=by, starts_at=now, until=until, **scope)
    given.full_clean()
    may_grant(given, by=by, now=now).require()
    given.save()
    _follow(user, now)
    log(given, "programmes.grant", user=by)
    publish(RoleGranted(given.pk))
    return given


def may_grant(given, *, by, now):
    """The verdict about a grant that is not saved yet."""
    return rules.may_grant(
        role=given.role,
        scope=given.scope_kind,
        user=given.user_id,
        by=by.pk,
        is_director=directs(by, given.scope, now),
    )


@transaction.atomic
def set_end(given, *, until, by, now):
    """Let a grant last until then; ``None``: without an end. Whoever gave it may do so, where they are director."""
    given = Grant.objects.select_for_update().get(pk=given.pk)
    may_end(given, by=by, now=now).require()
    given.until = until
    given.full_clean()
    given.save(update_fields=["until"])
    _follow(given.user, now)
    log(given, "programmes.set_end", user=by, data={"until": until and until.isoformat()})
    return given


@transaction.atomic
def revoke(given, *, by, now):
    """End a grant now; what it opened is closed with the next request."""
    given = Grant.objects.select_for_update().get(pk=given.pk)
    may_end(given, by=by, now=now).require()
    given.revoked_at, given.revoked_by = now, by
    given.save(update_fields=["revoked_at", "revoked_by"])
    _follow(given.user, now)
    log(given, "programmes.revoke", user=by)
    publish(RoleEnded(given.pk))
    return given


def may_end(given, *, by, now):
    """The verdict about changing when a grant ends, or ending it now."""
    return rules.may_end(
        user=given.user_id,
        by=by.pk,
        is_director=directs(by, given.scope, now),
        ended=given.revoked_at is not None or (given.until is not None and given.until <= now),
    )


@transaction.atomic
def settle_parties(programme, chosen):
    """Let exactly these organisations carry a programme: ``{role: organisations}``."""
    for role, organisations in chosen.items():
        programme.parties.filter(role=role).exclude(organisation__in=organisations).delete()
        for organisation in organisations:
            programme.parties.get_or_create(role=role, organisation=organisation)


@transaction.atomic
def settle_track(track, courses, required, *, now):
    """Let a track have exactly these courses, in the order given, and require exactly these of their activities.

    Instructors of the whole programme get the new ones to edit.
    """
    track.course_rows.exclude(course__in=courses).delete()
    for order, course in enumerate(courses):
        TrackCourse.objects.update_or_create(track=track, course=course, defaults={"order": order})
    offered = [activity for activity in required if activity.course in {course.translation_key for course in courses}]
    track.required.exclude(activity__in=offered).delete()
    known = set(track.required.values_list("activity", flat=True))
    TrackActivity.objects.bulk_create(
        TrackActivity(track=track, activity=activity) for activity in offered if activity.pk not in known
    )
    teaching = Grant.objects.active(now).filter(programme=track.programme_id, role=Grant.Role.INSTRUCTOR)
    for given in teaching.select_related("user"):
        _follow(given.user, now)


def end_expired_grants(now):
    """Close what grants had opened that ran out since; returns how many. For the worker.

    Rights are asked of the grants at every request; this takes Wagtail's groups and the way to the desk, which follow.
    """
    lapsed = Grant.objects.filter(until__lte=now, revoked_at=None).select_related("user")
    for given in lapsed:
        _close(given, now)
    return len(lapsed)


@transaction.atomic
def _close(given, now):
    given.revoked_at = given.until
    given.save(update_fields=["revoked_at"])
    _follow(given.user, now)


def _follow(user, now):
    admin_groups.follow_grants(user, now)
    publish(GrantsChanged(user.pk))
