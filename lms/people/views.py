"""Where to go after signing in; and a person's own page."""

from allauth.account.views import LogoutView
from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from lms.people.forms import ProfileForm


@login_required
def arrive(request):
    """Staff to their desk, everybody else to what they were learning."""
    return redirect("desk:home" if request.user.is_staff_member else "learn:home")


class SignOut(LogoutView):
    """Signing out takes along what the browser kept: the next person may use the same phone."""

    def post(self, *args, **kwargs):
        response = super().post(*args, **kwargs)
        response["Clear-Site-Data"] = '"cache", "storage"'
        return response


@login_required
def me(request):
    """Name, contact, language, security, and what this site knows of me."""
    return render(request, "people/me.html", {"place": "me", "second_factor": is_mfa_enabled(request.user)})


@login_required
def edit(request):
    form = ProfileForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("people:me")
    return render(request, "people/edit.html", {"form": form, "place": "me"})
