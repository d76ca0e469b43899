"""The supervisor's desk: service time to confirm. Learners with their cases by code stand in the list of learners."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lms import clock
from lms.casework import rules, time_actions
from lms.casework.desk_forms import ReasonForm
from lms.casework.forms import attempt
from lms.casework.models import ServiceTime
from lms.enrolment.models import Enrolment, Supervision
from lms.numbers import whole_number, whole_numbers

PAGE = 50


def supervised_enrolments(user, now):
    """The enrolments this person supervises now; 404 for people who supervise nobody."""
    mine = Supervision.objects.active(now).filter(supervisor=user)
    if not mine.exists():
        raise Http404
    found = Enrolment.objects.filter(pk__in=mine.values("enrolment"))
    return found.select_related("learner", "intake__track", "intake__cohort").order_by("learner__name", "pk")


@login_required
def hours(request):
    """Service time that waits for me: choose many, confirm, or refuse with a reason."""
    now = clock.now()
    enrolments = supervised_enrolments(request.user, now)
    waiting = ServiceTime.objects.supervised_by(request.user, now).waiting()
    form = ReasonForm(request.POST if request.POST.get("do") == "refuse" else None)
    chosen = request.POST.getlist("times")
    picked = list(waiting.filter(pk__in=whole_numbers(chosen))) if request.method == "POST" else []
    if picked and _decide(request, form, picked, now):
        return redirect("desk_casework:hours")
    learner = request.GET.get("learner", "")
    if enrolment := whole_number(learner):
        waiting = waiting.filter(enrolment=enrolment)
    rows = waiting.with_day_total().select_related("enrolment__learner", "case").order_by("date", "pk")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "form": form,
        "chosen": chosen,
        "none_chosen": request.method == "POST" and not picked,
        "enrolments": enrolments,
        "learner": learner,
        "long_day": rules.LONG_DAY,
    }
    return render(request, "desk/casework/hours.html", context)


def _decide(request, form, chosen, now):
    """Confirm or refuse what was chosen; False when the page is to be shown again."""
    if request.POST.get("do") == "confirm":
        count = time_actions.confirm_times(chosen, by=request.user, now=now)
        messages.success(request, ngettext("%(n)s line confirmed.", "%(n)s lines confirmed.", count) % {"n": count})
        return True
    if not form.is_valid():
        return False
    reason = form.cleaned_data["reason"]
    if not attempt(form, time_actions.refuse_times, chosen, by=request.user, reason=reason, now=now):
        return False
    messages.success(request, _("Refused; the learner reads the reason and can correct the line."))
    return True
