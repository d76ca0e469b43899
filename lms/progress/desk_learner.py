"""One learner at the desk: what counts and why; and what only the office does: let go, take back, correct the name."""

from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lms import clock
from lms.admissions import actions as seats
from lms.casework.forms import attempt
from lms.enrolment import actions
from lms.enrolment.models import Enrolment
from lms.programmes.scopes import has_role, intakes_for
from lms.progress.desk_forms import NameForm, ReasonForm
from lms.progress.dossier import dossier

WITH_INTAKE = ("learner", "intake__track", "intake__cohort")


@login_required
@require_safe
def learner(request, pk):
    """One enrolment: per activity what counts, and why. The office also reads who left, came back, and why."""
    now = clock.now()
    seen = Enrolment.objects.visible_to(request.user, now).exclude(learner=request.user)
    enrolment = get_object_or_404(seen.select_related(*WITH_INTAKE), pk=pk)
    office = has_role(request.user, actions.OFFICE, now, intake=enrolment.intake)
    context = {
        "enrolment": enrolment,
        "groups": dossier(enrolment),
        "office": office,
        "changes": enrolment.changes.select_related("by") if office else (),
    }
    return render(request, "desk/learners/learner.html", context)


# --- the office -----------------------------------------------------------------------------------------------------
def _of_office(request, pk):
    """An enrolment of an intake that this person runs, never their own; or 404."""
    mine = intakes_for(request.user, actions.OFFICE, request.arrived_at).values("pk")
    rows = Enrolment.objects.filter(intake__in=mine).exclude(learner=request.user)
    rows = rows.select_related(*WITH_INTAKE).prefetch_related("decisions__credentials")
    return get_object_or_404(rows, pk=pk)


@login_required
def withdraw(request, pk):
    """Record that a learner leaves: once more what it means, with the reason."""
    enrolment = _of_office(request, pk)
    form = ReasonForm(request.POST or None)
    act = partial(actions.withdraw, enrolment)
    done = _("%(name)s has left; the seat is free.") % {"name": enrolment.learner}
    return _act(request, enrolment, form, act, done, "desk/learners/withdraw.html")


@login_required
def readmit(request, pk):
    """Take back a learner who left, while a seat is left."""
    enrolment = _of_office(request, pk)
    form = ReasonForm(request.POST or None)
    act = partial(seats.readmit, enrolment)
    done = _("%(name)s is learning here again.") % {"name": enrolment.learner}
    return _act(request, enrolment, form, act, done, "desk/learners/readmit.html")


@login_required
def correct_name(request, pk):
    """Correct how a name is written; certificates that were issued are shown with the name they keep."""
    enrolment = _of_office(request, pk)
    form = NameForm(request.POST or None, initial={"name": enrolment.learner.name})
    act = partial(actions.correct_name, enrolment)
    return _act(request, enrolment, form, act, _("The name is corrected."), "desk/learners/name.html")


def _act(request, enrolment, form, act, done, template):
    """Show the form; when it is sent and the action does not refuse, back to the learner's page."""
    if form.is_valid() and attempt(form, act, **form.cleaned_data, by=request.user, now=request.arrived_at):
        messages.success(request, done)
        return redirect("desk_learn:learner", enrolment.pk)
    status = 422 if request.method == "POST" else 200
    return render(request, template, {"enrolment": enrolment, "form": form}, status=status)
