"""An intake freezes its policy and required activities on its cohort's start, so that editing a course or a policy
never moves anybody's goalposts; and what is frozen cannot be taken away before its learners are excused from it or
something else counts in its place."""

import uuid

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Page

from assessments.models import Override
from content.tree import course_tree
from lms.enrolment.models import Enrolment
from lms.events import publish
from lms.graduation import rules
from lms.graduation.events import SubstituteNamed
from lms.graduation.models import PolicyLine
from lms.programmes.models import Grant, Intake, IntakeActivity, Substitute, TrackActivity
from lms.programmes.scopes import has_role


def freeze_due(now):
    """Freeze every intake whose cohort has started; returns how many. For the worker."""
    due = Intake.objects.filter(frozen_at=None, cohort__starts_on__lte=timezone.localdate(now))
    return sum(freeze(intake, now=now) for intake in due.filter(track__policy__lines__isnull=False).distinct())


@transaction.atomic
def freeze(intake, *, now):
    """Copy the track's policy and required activities to the intake. Returns whether it was done now.

    A track without a policy is left alone: freezing nothing would lock nothing in.
    """
    intake = Intake.objects.select_for_update().get(pk=intake.pk)
    lines = list(PolicyLine.objects.filter(policy__track=intake.track_id).order_by("sort_order", "pk"))
    if intake.frozen_at or not lines:
        return False
    intake.frozen_at, intake.frozen_policy = now, [{"key": one.key, "settings": one.settings} for one in lines]
    intake.save(update_fields=["frozen_at", "frozen_policy"])
    required = TrackActivity.objects.filter(track=intake.track_id).select_related("activity").order_by("pk")
    IntakeActivity.objects.bulk_create(_frozen(intake, row.activity) for row in required)
    log(intake, "graduation.freeze")
    return True


def _frozen(intake, activity):
    return IntakeActivity(
        intake=intake, activity=activity, title=activity.title, kind=activity.kind, minutes=activity.minutes
    )


@transaction.atomic
def excuse(activity, intake, *, reason, by, now):
    """Excuse every learner of the intake from one activity, as one batch. Returns its id; repeating adds nobody."""
    is_staff = has_role(by, [Grant.Role.STAFF, Grant.Role.DIRECTOR], now, intake=intake)
    required = intake.required.filter(activity=activity).exists()
    rules.may_excuse(is_staff=is_staff, is_required=required, reason=reason).require()
    batch = uuid.uuid4()
    learners = _still_bound().filter(intake=intake, intake__required__activity=activity)
    learners = learners.exclude(_excused_from(activity.pk)).values_list("learner", flat=True)
    Override.objects.bulk_create(
        Override(activity=activity, learner_id=pk, excused=True, reason=reason, given_by=by, given_at=now, batch=batch)
        for pk in learners
    )
    log(intake, "graduation.excuse", user=by, data={"activity": activity.title, "reason": reason, "batch": str(batch)})
    return batch


@transaction.atomic
def substitute(frozen, activity, *, reason, by, now):
    """Let another activity of the same kind count in place of a frozen one, for every learner of the intake."""
    frozen = IntakeActivity.objects.select_for_update(of=("self",)).select_related("intake__cohort").get(pk=frozen.pk)
    rules.may_substitute(
        is_staff=has_role(by, [Grant.Role.STAFF, Grant.Role.DIRECTOR], now, intake=frozen.intake),
        is_candidate=activity.pk in {node.activity for node in candidates(frozen)},
        reason=reason,
    ).require()
    named = Substitute.objects.create(frozen=frozen, activity=activity, reason=reason, named_by=by, named_at=now)
    log(frozen.intake, "graduation.substitute", user=by, data=_named(named))
    publish(SubstituteNamed(named.pk))
    return named


def _named(substitute):
    return {"activity": substitute.frozen.title, "substitute": substitute.activity.title, "reason": substitute.reason}


def candidates(frozen):
    """Published activities of the track's courses that could count in place of a frozen one, as nodes of their trees:
    of its kind, and neither required themselves nor standing in for anything. Two queries."""
    intake = frozen.intake
    taken = set(intake.required.values_list("activity", flat=True))
    taken |= set(Substitute.objects.filter(frozen__intake=intake).values_list("activity", flat=True))
    trees = (course_tree(pk) for pk in intake.track.course_rows.values_list("course", flat=True))
    nodes = (node for tree in trees if tree for node in tree.rows)
    return [node for node in nodes if node.kind == frozen.kind and node.activity not in taken]


def intakes_that_need(pages):
    """Intakes whose learners must still complete an activity of these pages or of what stands under them: a frozen one
    for which nothing else counts, or the newest that counts in place of one."""
    keys = [key for page in pages for key in _activity_keys(page)]
    if not keys:
        return []
    later = Substitute.objects.filter(frozen=OuterRef("frozen"), pk__gt=OuterRef("pk"))
    newest = Substitute.objects.filter(~Exists(later), activity__uuid__in=keys)
    asked_for = Q(activity__uuid__in=keys, substitutes=None) | Q(pk__in=newest.values("frozen"))
    bound = _still_bound().filter(intake=OuterRef("intake")).exclude(_excused_from(OuterRef(OuterRef("activity"))))
    needed = IntakeActivity.objects.filter(asked_for).filter(Exists(bound)).values("intake")
    return list(Intake.objects.filter(pk__in=needed).select_related("track", "cohort"))


def _activity_keys(page):
    """Translation keys of a page and its descendants; a translation may go, its activity stays with the source."""
    tree = Page.objects.descendant_of(page, inclusive=True).filter(locale__language_code=settings.LANGUAGE_CODE)
    return tree.values_list("translation_key", flat=True)


def _still_bound():
    return Enrolment.objects.filter(state=Enrolment.State.ACTIVE)


def _excused_from(activity):
    return Exists(Override.objects.filter(activity=activity, learner=OuterRef("learner"), excused=True))


def excusable(intake):
    """The frozen activities of an intake, with what counts in their place, each with whether all its learners have been
    excused (``is_excused``)."""
    bound = _still_bound().filter(intake=intake).exclude(_excused_from(OuterRef(OuterRef("activity"))))
    rows = intake.required.annotate(is_excused=~Exists(bound)).order_by("pk")
    return rows.prefetch_related("substitutes__activity", "substitutes__named_by")
