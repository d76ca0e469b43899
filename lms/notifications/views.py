"""A person's inbox; and the staff's list of deliveries that failed."""

from django.contrib import messages as banners
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lms import clock
from lms.notifications import actions
from lms.notifications.models import KEEPERS, Delivery, Message
from lms.programmes.scopes import has_role
from lms.retention import before

PAGE = 20


@login_required
def inbox(request):
    """All messages or the unread ones, newest first."""
    found = Message.objects.for_user(request.user)
    only_unread = request.GET.get("show") == "unread"
    if only_unread:
        found = found.unread()
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return render(request, "inbox/list.html", {"page": page, "only_unread": only_unread, "place": "inbox"})


@login_required
def message(request, pk):
    """One message in full; it counts as read from now on."""
    found = get_object_or_404(Message.objects.for_user(request.user), pk=pk)
    actions.mark_read(Message.objects.filter(pk=found.pk), now=clock.now())
    is_old = found.created_at < before("MESSAGES", clock.now())
    return render(request, "inbox/message.html", {"message": found, "is_old": is_old, "place": "inbox"})


@require_POST
@login_required
def read_all(request):
    actions.mark_read(Message.objects.for_user(request.user), now=clock.now())
    return redirect("inbox:list")


def _deliveries(request):
    """Those that staff may see; 404 for everybody else."""
    now = clock.now()
    if not has_role(request.user, KEEPERS, now):
        raise Http404
    return Delivery.objects.visible_to(request.user, now)


@login_required
def deliveries(request):
    """What could not be delivered, or waits, or was sent; by state."""
    found = _deliveries(request)
    state = request.GET.get("state", Delivery.State.FAILED)
    if state not in Delivery.State.values:
        raise Http404
    rows = found.filter(state=state).select_related("message__recipient").order_by("-pk")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    return render(request, "desk/deliveries.html", {"page": page, "state": state, "states": Delivery.State.choices})


@require_POST
@login_required
def resend(request, pk):
    delivery = get_object_or_404(_deliveries(request), pk=pk)
    if actions.resend(delivery, now=clock.now()):
        banners.success(request, _("It will be sent again within a minute."))
    return redirect("desk_inbox:list")
