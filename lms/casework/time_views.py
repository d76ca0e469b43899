"""A learner's service time: the list with its sum, entering, correcting, taking back."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lms import clock
from lms.casework import rules, time_actions
from lms.casework.forms import ServiceTimeForm, attempt
from lms.casework.models import ServiceTime
from lms.casework.views import enrolments_of, no_more, standing, sums
from lms.enrolment.models import Enrolment
from lms.verdicts import Refused

PAGE = 30


@login_required
def hours(request):
    """All of one's service time, newest first. POST enters one more."""
    enrolments = enrolments_of(request.user)
    form = None
    if enrolments:
        form = ServiceTimeForm(request.POST or None, enrolments=enrolments, initial={"date": clock.today()})
    if request.method == "POST":
        return _enter(request, form)
    return _hours_page(request, form)


def _enter(request, form):
    if form is None:
        return no_more(request)
    if not form.is_valid() or not attempt(
        form, time_actions.enter_time, form.chosen_enrolment(), now=clock.now(), **form.facts()
    ):
        return _hours_page(request, form)
    messages.success(request, _saved(form))
    case = form.cleaned_data["case"]
    return redirect("casework:case", case.code) if case else redirect("casework:hours")


def _saved(form):
    """A word of thanks, or of care: more than eight hours on one day is pointed out."""
    facts = form.facts()
    day = ServiceTime.objects.filter(enrolment=form.chosen_enrolment(), date=facts["date"], refused_at=None)
    if rules.is_long_day(sum(day.values_list("minutes", flat=True))):
        return _("Kept. That makes more than eight hours on this day; your supervisor will ask about it.")
    return _("Kept. It counts when your supervisor has confirmed it.")


def _hours_page(request, form):
    enrolments = list(Enrolment.objects.filter(learner=request.user).select_related("intake__track"))
    times = ServiceTime.objects.filter(enrolment__in=enrolments).with_day_total()
    times = times.select_related("case", "confirmed_by", "enrolment")
    page = Paginator(times, PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "sums": sums(enrolments), "may_change": standing(enrolments)}
    return render(request, "casework/hours.html", context)


@login_required
def edit(request, pk):
    """Correct what is not confirmed yet."""
    mine = ServiceTime.objects.filter(enrolment__learner=request.user, confirmed_at=None)
    time = get_object_or_404(mine.select_related("enrolment", "case"), pk=pk)
    known = {"kind": time.kind, "date": time.date, "minutes": time.minutes, "case": time.case and time.case.code}
    form = ServiceTimeForm(request.POST or None, enrolments=[time.enrolment], initial=known)
    if form.is_valid() and attempt(form, time_actions.change_time, time, now=clock.now(), **form.facts()):
        messages.success(request, _saved(form))
        return redirect("casework:hours")
    return render(request, "casework/time.html", {"form": form, "time": time})


@login_required
@require_POST
def remove(request, pk):
    """Take back what is not confirmed yet."""
    time = get_object_or_404(ServiceTime.objects.filter(enrolment__learner=request.user), pk=pk)
    try:
        time_actions.remove_time(time)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Removed."))
    return redirect("casework:hours")
