"""The holder's certificates, and the public page that says whether one is real."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.safestring import mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from lms import clock
from lms.credentials.forms import VerifyForm, folded
from lms.credentials.limits import within_limits
from lms.credentials.models import Credential
from lms.credentials.pdf import qr_svg
from lms.credentials.serving import pdf_response
from lms.credentials.wording import date_zh
from lms.verdicts import Refused


@login_required
def mine(request):
    """My certificate; a list when there are several."""
    found = list(Credential.objects.filter(holder=request.user).order_by("-pk"))
    valid = [one for one in found if one.is_valid]
    if len(valid) == 1:
        return redirect("credentials:credential", valid[0].uuid)
    return render(request, "credentials/mine.html", {"credentials": found, "place": "me"})


@login_required
def credential(request, uuid):
    """One certificate: how it looks, PDF, print, link and QR."""
    found = get_object_or_404(_of_reader(request).select_related("replaces", "replaced_by"), uuid=uuid)
    return render(request, "credentials/credential.html", {"credential": found, **preview(found), "place": "me"})


def _of_reader(request):
    return Credential.objects.visible_to(request.user, clock.now())


def preview(found):
    """What the page draws: the sentence around the name, and the QR."""
    before, name, after = found.values["statement_zh"].partition(found.values["name"])
    return {
        "values": found.values,
        "before": before,
        "name": name,
        "after": after,
        "issued_zh": date_zh(found.values["issued_on"]),
        # Drawn by our own code from our own address: nothing in it comes from a person.
        "qr": mark_safe(qr_svg(found.values["verify_url"])),
    }


@login_required
@require_GET
def pdf(request, uuid):
    """The PDF, as a download or, with ``?inline=1``, in the browser; a page that says why when it cannot be had."""
    found = get_object_or_404(_of_reader(request), uuid=uuid)
    try:
        return pdf_response(found, inline=request.GET.get("inline") == "1")
    except Refused as refusal:
        context = {"credential": found, "reason": refusal.reason, "place": "me"}
        return render(request, "credentials/lost.html", context, status=503)


# --- verification: without an account -------------------------------------------------------------------------------
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request):
    """Number and name must both be right; an unknown number and a wrong name get the same answer."""
    form = VerifyForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return _answer(request, {"form": form}, status)
    if not within_limits(request, form.cleaned_data["number"]):
        return _too_many(request)
    found = _public().filter(number=form.cleaned_data["number"]).first()
    if found and folded(found.values["name"]) != form.cleaned_data["name"]:
        found = None
    return _answer(request, {"form": form, "asked": True, "credential": found})


@never_cache
@require_GET
def verify_code(request, code):
    """What the link and the QR open: the code alone is proof enough of having seen the certificate."""
    if not within_limits(request):
        return _too_many(request)
    found = _public().filter(code=code).first()
    context = {"form": VerifyForm(), "asked": True, "credential": found}
    return _answer(request, context, 200 if found else 404)


def _public():
    return Credential.objects.select_related("replaced_by")


def _answer(request, context, status=200):
    response = render(request, "credentials/verify.html", {"at": clock.now(), **context}, status=status)
    return _private(response)


def _too_many(request):
    return _private(render(request, "429.html", status=429))


def _private(response):
    """Not to be found by search engines, and the code in the address not passed on to other sites.

    To our own it is: without any referrer browsers send ``Origin: null``, and the form would be refused as forged.
    """
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "same-origin"
    return response
