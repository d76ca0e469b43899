"""The learner sends: a last look at everything, handing in, the receipt, and versions as they were handed in."""

import uuid as uuids

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from assessments.submissions import actions, rules
from assessments.submissions.texts import files_by_field, parts
from assessments.submissions.views import frame, mine
from lms.verdicts import Refused


@login_required
@require_http_methods(["GET", "POST"])
@never_cache
def check(request, uuid):
    """Everything on one page, what is missing with links, what might tell who the child is; and the button to send."""
    one = mine(request, uuid)
    if not rules.may_edit(one.state, one.closed_at):
        return _handed_in(one)
    if request.method == "GET":
        return _check_page(request, one)
    if not request.POST.get("honest"):
        return _check_page(request, one, _("Please confirm that what you hand in is true and your own work."))
    try:
        version = actions.submit(
            one,
            key=request.POST.get("key", "")[:40] or uuids.uuid4().hex,
            seen=request.POST.get("seen", ""),
            confirmed=set(request.POST.getlist("confirmed")),
            now=request.arrived_at,
        )
    except Refused as refusal:
        one.refresh_from_db()
        return _check_page(request, one, str(refusal)) if one.is_editable else _handed_in(one)
    return redirect("assessments:receipt", one.uuid, version.number)


def _handed_in(one):
    """Another tab was faster: there is one version, and this is its receipt."""
    last = one.versions.last()
    if last and not one.is_closed:
        return redirect("assessments:receipt", one.uuid, last.number)
    return redirect("assessments:submission", one.uuid)


def _check_page(request, one, error=""):
    context = frame(one)
    form = actions.form_of(one.form)
    checked = actions.check(one, now=request.arrived_at)
    chosen = set(request.POST.getlist("confirmed"))
    context |= {
        "parts": parts(form, one.draft, files_by_field(one)),
        "checked": checked,
        "findings": [(finding, finding.id in chosen) for finding in checked.findings],
        "ready": not checked.problems and checked.deadline and checked.allowed,
        "key": uuids.uuid4().hex,
        "error": error,
        "honest": bool(request.POST.get("honest")),
    }
    return render(request, "assessments/submission/check.html", context, status=422 if error else 200)


@login_required
@require_GET
@never_cache
def receipt(request, uuid, number):
    """What was received, when, under which number; to be printed or kept."""
    one = mine(request, uuid)
    version = get_object_or_404(one.versions, number=number)
    files = [row.file for row in version.files.select_related("file")]
    return render(request, "assessments/submission/receipt.html", {**frame(one), "version": version, "files": files})


@login_required
@require_GET
@never_cache
def version(request, uuid, number):
    """A version as it was handed in, for its author."""
    one = mine(request, uuid)
    if one.is_closed:
        return redirect("assessments:submission", one.uuid)
    found = get_object_or_404(one.versions, number=number)
    context = frame(one)
    if context["form"] is None:
        raise Http404
    context |= {
        "version": found,
        "parts": parts(context["form"], found.content, files_by_field(one, found)),
        "grades": [told for told in context["grades"] if told.grade.version_id == found.pk],
    }
    return render(request, "assessments/submission/version.html", context)
