"""A learner leaves a training on their own: once more what it means, then it is done."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from lms.casework.forms import attempt
from lms.enrolment import actions, rules
from lms.enrolment.models import Enrolment


class LeaveForm(forms.Form):
    """Nobody has to say why; everybody has to have read what it means."""

    reason = forms.CharField(
        label=gettext_lazy("Why you leave"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("You need not say it. The programme office reads it."),
    )
    understood = forms.BooleanField(label=gettext_lazy("I have read what this means, and I want to leave."))


@login_required
@never_cache
def leave(request, intake):
    mine = Enrolment.objects.filter(learner=request.user).select_related("intake__track", "intake__cohort")
    enrolment = get_object_or_404(mine, intake=intake)
    verdict = rules.may_change(enrolment.state)
    if not verdict:
        messages.info(request, verdict.reason)
        return redirect("learn:home")
    form = LeaveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        facts = {"reason": form.cleaned_data["reason"], "by": request.user, "now": request.arrived_at}
        if attempt(form, actions.withdraw, enrolment, **facts):
            messages.success(request, _("You have left: %(track)s") % {"track": enrolment.intake.track})
            return redirect("learn:home")
    return render(request, "learn/leave.html", {"enrolment": enrolment, "form": form})
