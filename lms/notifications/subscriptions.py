"""Which events somebody is told about, in their own language. Rows are written in the publisher's transaction."""

from contextlib import contextmanager

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from lms import clock
from lms.enrolment.actions import Enrolled, SupervisorAssigned
from lms.enrolment.models import Enrolment, Supervision
from lms.events import records
from lms.notifications.actions import notify


@contextmanager
def language_of(user):
    with translation.override(user.language):
        yield


@records(Enrolled)
def tell_of_enrolment(event):
    enrolment = Enrolment.objects.select_related("learner", "intake__track", "intake__cohort").get(
        pk=event.enrolment_id
    )
    with language_of(enrolment.learner):
        notify(
            enrolment.learner,
            "enrolled",
            matter=enrolment.pk,
            subject=_("You are enrolled: %(track)s") % {"track": enrolment.intake.track},
            body=_("Your courses are open. What comes next stands on your home page."),
            url=reverse("learn:home"),
            now=clock.now(),
        )


@records(SupervisorAssigned)
def tell_of_supervision(event):
    supervision = Supervision.objects.select_related("supervisor", "enrolment__learner").get(pk=event.supervision_id)
    learner, supervisor = supervision.enrolment.learner, supervision.supervisor
    with language_of(learner):
        notify(
            learner,
            "supervisor",
            matter=supervision.pk,
            subject=_("%(name)s is your supervisor") % {"name": supervisor},
            body=_("Your case records go to %(name)s, and to nobody else without your knowing.") % {"name": supervisor},
            now=clock.now(),
        )
    with language_of(supervisor):
        notify(
            supervisor,
            "supervisor",
            matter=supervision.pk,
            subject=_("You supervise %(name)s") % {"name": learner},
            body=_("Their case records and service hours come to your desk."),
            url=reverse("desk:home"),
            now=clock.now(),
        )
