"""Certificates on the desk: the batch of an intake with its progress, and ending one."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from lms import clock
from lms.credentials import actions, numbers
from lms.credentials.forms import ReplaceForm, RevokeForm
from lms.credentials.models import Credential
from lms.credentials.serving import zip_response
from lms.enrolment.models import STAFF_ROLES
from lms.programmes.scopes import has_role, intakes_for
from lms.verdicts import Refused

PAGE = 50


def _visible(request):
    """Credentials of the intakes that this person keeps; one's own are not a reason to be at the desk."""
    intakes = intakes_for(request.user, STAFF_ROLES, clock.now()).values("pk")
    return Credential.objects.filter(decision__enrolment__intake__in=intakes).select_related("holder", "replaced_by")


@login_required
def credentials(request):
    """All of them, newest first; looked up by number or name."""
    if not has_role(request.user, STAFF_ROLES, clock.now()):
        raise Http404
    asked, rows = request.GET.get("q", "").strip(), _visible(request).order_by("-pk")
    if asked:
        rows = rows.filter(Q(number__startswith=numbers.tidied(asked)) | Q(holder__name__icontains=asked))
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    return render(request, "desk/credentials/list.html", {"page": page, "asked": asked})


@login_required
def intake(request, pk):
    """The batch of an intake: how many are printed. The page asks again by itself until all are."""
    found = _intake(request, pk)
    rows = _visible(request).filter(decision__enrolment__intake=found)
    figures = rows.aggregate(all=Count("pk"), done=Count("pk", filter=~Q(pdf="")))
    context = {"intake": found, "credentials": rows, **figures, "printing": figures["done"] < figures["all"]}
    return render(request, "desk/credentials/intake.html", context)


def _intake(request, pk):
    rows = intakes_for(request.user, STAFF_ROLES, clock.now()).select_related("track", "cohort")
    return get_object_or_404(rows, pk=pk)


@login_required
def download(request, pk):
    """The printed and valid ones of an intake in one file."""
    found = _intake(request, pk)
    rows = _visible(request).filter(decision__enrolment__intake=found, state=Credential.State.VALID).exclude(pdf="")
    return zip_response(rows, str(found))


@login_required
def credential(request, uuid):
    """One certificate as the desk sees it, with revoking and replacing."""
    return _page(request, _one(request, uuid))


def _one(request, uuid):
    rows = _visible(request).select_related("ended_by", "replaces", "decision__enrolment__intake__cohort__programme")
    return get_object_or_404(rows, uuid=uuid)


def _page(request, found, revoking=None, replacing=None, refusal=""):
    intake = found.decision.enrolment.intake
    context = {
        "credential": found,
        "intake": intake,
        "keeps": has_role(request.user, actions.KEEPERS, clock.now(), intake=intake),
        "revoking": revoking or RevokeForm(prefix="revoke"),
        "replacing": replacing or ReplaceForm(prefix="replace", initial={"name": found.holder.name}),
        "refusal": refusal,
    }
    return render(request, "desk/credentials/credential.html", context, status=422 if request.method == "POST" else 200)


@login_required
def revoke(request, uuid):
    found, form = _one(request, uuid), RevokeForm(request.POST or None, prefix="revoke")
    if not form.is_valid():
        return _page(request, found, revoking=form)
    try:
        actions.revoke(found, **form.cleaned_data, by=request.user, now=request.arrived_at)
    except Refused as refused:
        return _page(request, found, revoking=form, refusal=refused.reason)
    messages.success(request, _("The certificate is revoked. The verification page says so from now on."))
    return redirect("desk_credentials:credential", found.uuid)


@login_required
def replace(request, uuid):
    found, form = _one(request, uuid), ReplaceForm(request.POST or None, prefix="replace")
    if not form.is_valid():
        return _page(request, found, replacing=form)
    try:
        new = actions.replace(found, **form.cleaned_data, by=request.user, now=request.arrived_at)
    except Refused as refused:
        return _page(request, found, replacing=form, refusal=refused.reason)
    messages.success(request, _("Replaced by %(number)s.") % {"number": new.number})
    return redirect("desk_credentials:credential", new.uuid)
