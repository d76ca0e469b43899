"""Who opened my records: what ``media.Opening`` kept, turned around to the person whose records they were."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Q
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from assessments.models import SubmissionVersion
from lms.admissions.models import Application
from lms.casework.models import Case
from media.models import Opening, PrivateFile

PAGE = 50
CAPACITIES = {
    "supervisor": gettext_lazy("supervisor"),
    "instructor": gettext_lazy("instructor"),
    "scorer": gettext_lazy("scorer of applications"),
    "staff": gettext_lazy("programme staff"),
    "director": gettext_lazy("director"),
}


@dataclass(frozen=True)
class Row:
    opening: Opening
    what: str
    capacity: str


def records_of(user):
    """What is this person's, by kind of opening and reference: what to call it. Four queries."""
    applications = Application.objects.filter(applicant=user).values_list("number", flat=True)
    cases = Case.objects.filter(enrolment__learner=user).values_list("code", flat=True)
    versions = SubmissionVersion.objects.filter(submission__author=user).select_related("submission__activity")
    files = PrivateFile.objects.filter(owner=user)
    return {
        **{("application", number): _("Application %(number)s") % {"number": number} for number in applications},
        **{("case", code): _("Case %(code)s") % {"code": code} for code in cases},
        **{
            ("submission", one.receipt): f"{one.submission.activity.title} · {one.submission.number}"
            for one in versions
        },
        **{("file", str(one.uuid)): one.name or _("a file that was erased") for one in files},
    }


def openings_of(user, records):
    """When others opened these records, the latest first."""
    mine = Q(pk__in=[])
    for kind in {kind for kind, _reference in records}:
        mine |= Q(kind=kind, reference__in=[reference for its_kind, reference in records if its_kind == kind])
    return Opening.objects.filter(mine).exclude(user=user).select_related("user")


@login_required
@require_GET
def mine(request):
    """Who opened my application, cases, submissions and files, when and as what."""
    records = records_of(request.user)
    page = Paginator(openings_of(request.user, records), PAGE).get_page(request.GET.get("page"))
    rows = [Row(one, records[one.kind, one.reference], CAPACITIES.get(one.capacity, one.capacity)) for one in page]
    return render(request, "people/openings.html", {"page": page, "rows": rows, "place": "me"})
