"""A learner's cases: the list, opening one, its page, and the way to its record."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from assessments import identifiers
from assessments.submissions.assignments import AssignmentPage
from assessments.submissions.texts import files_by_field, places_and_texts
from content.access import may_open
from content.models import Activity
from lms import clock
from lms.casework import actions
from lms.casework.counting import counted
from lms.casework.forms import NO_NAMES, NamesForm, OpenCaseForm, ServiceTimeForm, attempt
from lms.casework.models import Case, Consent
from lms.casework.submission_form import CaseRecordForm, cases_for, may_start_record_of
from lms.enrolment.models import Enrolment
from lms.enrolment.rules import may_change
from lms.verdicts import YES, Refused
from media.actions import log_opening


def case_of(request, code):
    """The case of this code, when this person may see it; otherwise 404."""
    found = Case.objects.visible_to(request.user, clock.now())
    return get_object_or_404(found.select_related("enrolment__learner", "submission"), code=code)


def own_case_of(request, code):
    """The case of this code, when it is one's own."""
    mine = Case.objects.filter(enrolment__learner=request.user)
    return get_object_or_404(mine.select_related("submission", "enrolment"), code=code)


def enrolments_of(user):
    """Where a person is learning now."""
    return Enrolment.objects.active().filter(learner=user).select_related("intake__track", "intake__cohort")


def standing(enrolments):
    """Whether a person may still add to their case work: where they learn now; else why not, as of the newest place."""
    verdicts = [may_change(one.state) for one in enrolments]
    return next(filter(None, verdicts), verdicts[-1] if verdicts else YES)


def seen_as(request, case):
    """What a page of a case says about who looks: the learner works on it, the supervisor reads. Logs the latter."""
    is_own = case.enrolment.learner_id == request.user.pk
    if not is_own:
        log_opening(request.user, "case", case.code, "supervisor", clock.now())
    frame = "base.html" if is_own else "desk/base.html"
    return {"case": case, "is_own": is_own, "frame": frame, "may_change": may_change(case.enrolment.state)}


@login_required
def case_list(request):
    """One's own cases, each with what it needs next, and the sum of one's service."""
    enrolments = list(Enrolment.objects.filter(learner=request.user).select_related("intake__track"))
    cases = Case.objects.filter(enrolment__in=enrolments).select_related("submission", "enrolment").with_minutes()
    rows = [(case, may_start_record_of(case)) for case in cases.prefetch_related("consents")]
    return render(
        request,
        "casework/list.html",
        {
            "rows": rows,
            "sums": sums(enrolments),
            "may_open": any(one.state == Enrolment.State.ACTIVE for one in enrolments),
            "may_change": standing(enrolments),
        },
    )


def sums(enrolments):
    """(enrolment, Counted) of those with service time: direct, indirect and what of it counts, waiting."""
    found = counted(enrolments)
    return [(one, found[one.pk]) for one in enrolments if found[one.pk]]


@login_required
def open_case(request):
    enrolments = enrolments_of(request.user)
    if not enrolments:
        return no_more(request)
    form = OpenCaseForm(request.POST or None, enrolments=enrolments)
    if request.method == "POST" and form.is_valid():
        facts = {"age_band": form.cleaned_data["age_band"], "simulated": form.cleaned_data["simulated"]}
        if attempt(form, actions.open_case, form.chosen_enrolment(), now=clock.now(), **facts):
            case = Case.objects.filter(enrolment__learner=request.user).latest("pk")
            messages.success(request, _("The case %(code)s is open.") % {"code": case.code})
            return redirect("casework:case" if case.simulated else "casework:consents", case.code)
    return render(request, "casework/open.html", {"form": form, "no_names": NO_NAMES})


def no_more(request):
    """For people who are learning nowhere: those who did are told why, others find nothing here."""
    verdict = standing(Enrolment.objects.filter(learner=request.user))
    if verdict:
        raise Http404
    messages.info(request, verdict.reason)
    return redirect("casework:list")


@login_required
def case_page(request, code):
    """Service with this child, what the consents allow, and the state of its record. No text is shown here."""
    case = case_of(request, code)
    times = list(case.service_times.with_day_total().select_related("confirmed_by"))
    enrolments = enrolments_of(request.user)
    context = seen_as(request, case) | {
        "times": [(one, week_of(case, one.date)) for one in times],
        "minutes": sum(one.minutes for one in times if one.refused_at is None),
        "may_start": may_start_record_of(case),
        "assignments": record_activities(case),
    }
    if context["is_own"] and not case.closed_at and context["may_change"]:
        context["form"] = ServiceTimeForm(enrolments=enrolments, initial={"case": case.code, "date": clock.today()})
    return render(request, "casework/case.html", context)


def week_of(case, date):
    """Week n of a case, by which contacts are told instead of their dates."""
    return max(1, (date - case.opened_at.date()).days // 7 + 1)


def record_activities(case):
    """The assignments in which this case could get its record; none when it has one."""
    if case.submission_id or case.closed_at or not may_change(case.enrolment.state):
        return []
    pages = AssignmentPage.objects.live().filter(form=CaseRecordForm.key).values("translation_key")
    courses = case.enrolment.intake.track.courses.values("translation_key")
    return list(Activity.objects.filter(kind="assignment", course__in=courses, uuid__in=pages).order_by("pk"))


@login_required
def choose(request, activity):
    """Which case is the record for this assignment to be about? Each with start, continue, or the reason why not."""
    activity = get_object_or_404(Activity, uuid=activity, kind="assignment")
    if not may_open(activity, request.user, clock.now()):
        return redirect("assessments:assignment", activity.uuid)
    consents = Prefetch("consents", Consent.objects.order_by("pk"))
    cases = cases_for(activity, request.user).prefetch_related(None).prefetch_related(consents)
    rows = [(case, may_start_record_of(case)) for case in cases]
    return render(request, "casework/choose.html", {"activity": activity, "rows": rows})


@login_required
@never_cache
def names(request, code):
    """Look for names in the draft before it is sent. What is typed here is used for this answer and forgotten."""
    case = own_case_of(request, code)
    submission = case.submission
    if submission is None or submission.is_closed or not submission.is_editable:
        raise Http404
    form, found = NamesForm(request.POST or None), None
    if form.is_valid():
        texts = places_and_texts(CaseRecordForm(), submission.draft, files_by_field(submission))
        found = [one for one in identifiers.find(texts, form.cleaned_data["names"]) if one.kind == "known"]
    return render(request, "casework/names.html", {"case": case, "form": form, "found": found, "is_own": True})


@login_required
@require_POST
def start_record(request, code, activity):
    """Begin the record of a case, or go on with the one it has."""
    case = own_case_of(request, code)
    activity = get_object_or_404(Activity, uuid=activity, kind="assignment")
    try:
        submission = actions.start_record(case, activity, now=clock.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("casework:choose", activity.uuid)
    return redirect("assessments:submission", submission.uuid)
