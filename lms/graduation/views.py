"""The page that learner, supervisor and staff see alike: every line, met or not, and why."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from lms import clock
from lms.enrolment.models import Enrolment
from lms.graduation.dossier import dossiers, may_be_opened

WITH_INTAKE = ("learner", "intake__track__programme", "intake__cohort__programme")


@login_required
def mine(request):
    """My graduation page; a list when I am enrolled more than once."""
    found = list(Enrolment.objects.filter(learner=request.user).select_related(*WITH_INTAKE))
    if len(found) == 1:
        return redirect("graduation:enrolment", found[0].pk)
    return render(request, "graduation/mine.html", {"dossiers": dossiers(found), "place": "me"})


@login_required
def enrolment(request, pk):
    """The lines of one enrolment, with the figure against the target, the evidence and what to do."""
    now = clock.now()
    found = get_object_or_404(Enrolment.objects.visible_to(request.user, now).select_related(*WITH_INTAKE), pk=pk)
    [dossier] = dossiers([found])
    context = {
        "dossier": dossier,
        "enrolment": found,
        "intake": found.intake,
        "is_mine": found.learner_id == request.user.pk,
        "act": found.learner_id == request.user.pk and found.state == Enrolment.State.ACTIVE,
        "openable": may_be_opened(dossier.rows, request.user, now),
        "days_left": max(0, (found.intake.cohort.ends_on - timezone.localdate(now)).days),
    }
    return render(request, "graduation/enrolment.html", context)
