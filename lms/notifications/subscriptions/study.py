"""Learners and supervisors: who begins, leaves, comes back; who supervises whom; whose name was corrected."""

from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils.translation import gettext as _

from lms import clock
from lms.enrolment.actions import (
    Enrolled,
    NameCorrected,
    Readmitted,
    SupervisionEnded,
    SupervisorAssigned,
    Withdrawn,
)
from lms.enrolment.models import Enrolment, Supervision
from lms.events import records
from lms.notifications.actions import tell
from lms.notifications.notices import Notice, language_of


@records(Enrolled)
def tell_of_enrolment(event):
    enrolment = _enrolment(event)
    learner, track = enrolment.learner, enrolment.intake.track
    with language_of(learner):
        subject = _("You are enrolled: %(track)s") % {"track": track}
        body = _("Your courses are open. What comes next stands on your home page.")
        notice = Notice(learner, "enrolled", enrolment.pk, subject, body, reverse("learn:home"))
    tell(notice, now=enrolment.enrolled_at)


@records(Withdrawn)
def confirm_withdrawal(event):
    enrolment = _enrolment(event)
    change, learner = enrolment.changes.last(), enrolment.learner
    with language_of(learner):
        subject = _("You have left: %(track)s") % {"track": enrolment.intake.track}
        body = _("Nothing you did is taken away. Your learning record stays open to you.")
        if change.by_id != learner.pk:
            body = _("The programme office has recorded it; the reason stands on your home page.") + " " + body
        notice = Notice(learner, "withdrawn", change.pk, subject, body, reverse("learn:home"))
    tell(notice, now=change.at)


@records(Readmitted)
def welcome_back(event):
    enrolment = _enrolment(event)
    change, learner = enrolment.changes.last(), enrolment.learner
    with language_of(learner):
        subject = _("You are learning here again: %(track)s") % {"track": enrolment.intake.track}
        body = _("Your courses are open. What you did before counts as before.")
        notice = Notice(learner, "readmitted", change.pk, subject, body, reverse("learn:home"))
    tell(notice, now=change.at)


@records(NameCorrected)
def tell_of_name(event):
    person, now = get_user_model().objects.get(pk=event.user_id), clock.now()
    with language_of(person):
        subject = _("Your name was corrected: %(name)s") % {"name": person.name}
        body = _(
            "It was written “%(old)s”. A certificate that you have keeps the name it was issued to; "
            "the programme office can replace it."
        ) % {"old": event.old or "–"}
        notice = Notice(person, "name", f"{now:%Y%m%d%H%M%S%f}", subject, body, reverse("people:me"))
    tell(notice, now=now)


@records(SupervisorAssigned)
def introduce_supervisor(event):
    supervision = _supervision(event)
    learner, supervisor = supervision.enrolment.learner, supervision.supervisor
    with language_of(learner):
        to_learner = Notice(
            learner,
            "supervisor",
            supervision.pk,
            _("%(name)s is your supervisor") % {"name": supervisor},
            _("Your case records and service hours go to %(name)s. You see who opened them under “Me”.")
            % {"name": supervisor},
        )
    with language_of(supervisor):
        to_supervisor = Notice(
            supervisor,
            "supervisor",
            supervision.pk,
            _("You supervise %(name)s") % {"name": learner},
            _("Their case records and service hours come to your desk."),
            reverse("desk_learn:learner", args=[supervision.enrolment_id]),
        )
    tell(to_learner, to_supervisor, now=supervision.starts_at)


@records(SupervisionEnded)
def take_leave_of_supervisor(event):
    supervision = _supervision(event)
    learner, supervisor = supervision.enrolment.learner, supervision.supervisor
    with language_of(learner):
        subject = _("%(name)s does not supervise you any more") % {"name": supervisor}
        body = _("They cannot open your cases any more. What they wrote to you stays.")
        to_learner = Notice(learner, "supervision_ended", supervision.pk, subject, body)
    with language_of(supervisor):
        subject = _("You do not supervise %(name)s any more") % {"name": learner}
        to_supervisor = Notice(supervisor, "supervision_ended", supervision.pk, subject)
    tell(to_learner, to_supervisor, now=supervision.until or clock.now())


def _enrolment(event):
    return Enrolment.objects.select_related("learner", "intake__track").get(pk=event.enrolment_id)


def _supervision(event):
    return Supervision.objects.select_related("supervisor", "enrolment__learner").get(pk=event.supervision_id)
