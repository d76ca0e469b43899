"""What a learner sends from a lesson: answers, the place reached, and 学完了."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from content import rendering
from content.access import may_open
from content.models import Activity
from content.tree import tree_of_activity
from lms import clock
from lms.progress import actions, checks, rules
from lms.verdicts import Refused


@login_required
@require_POST
def check(request, uuid, key):
    """Keep an answer and tell what it is told: a fragment for the page's script, else the lesson again at the item."""
    activity, _tree, node = _lesson(uuid)
    body = rendering.body(node)
    item = body.check(key)
    if item is None:
        raise Http404
    answer = item.answer(request.POST.getlist("answer"))
    if answer is None:
        return _answered(request, node, key, _("Choose an answer first."))
    try:
        actions.answer_check(activity, request.user, key, answer.chosen, answer.correct, now=clock.now())
    except Refused as refused:
        return _answered(request, node, key, refused)
    if not _wants_fragment(request):
        return redirect(f"{node.url}#check-{key}")
    missing = rules.may_finish(body.required, checks.answers(request.user, node))
    return render(request, "learn/answered.html", {"answer": answer, "missing": missing})


def _answered(request, node, key, problem):
    if _wants_fragment(request):
        return render(request, "learn/answered.html", {"problem": problem}, status=409)
    messages.error(request, problem)
    return redirect(f"{node.url}#check-{key}")


def _wants_fragment(request):
    return request.headers.get("X-Requested-With") == "fetch"


@login_required
@require_POST
def finish(request, uuid):
    """学完了: record it once, and go on to what comes next; or back to the lesson with what is missing."""
    activity, tree, node = _lesson(uuid)
    try:
        actions.finish_lesson(activity, request.user, required=rendering.body(node).required, now=clock.now())
    except Refused as refused:
        messages.error(request, refused)
        return redirect(f"{node.url}#finish")
    messages.success(request, _("“%(title)s” is recorded as completed.") % {"title": node.title})
    following = tree.neighbours(node)[1]
    return redirect(following.url if following else tree.course.url)


@login_required
@require_POST
def position(request, uuid):
    """Remember how far a lesson was read; a beacon sends it when the page is left."""
    activity, _tree, node = _lesson(uuid)
    try:
        share = float(request.POST.get("position", ""))
    except ValueError:
        return HttpResponseBadRequest()
    now = clock.now()
    if share != share or "enrolment" not in may_open(activity, request.user, now).facts:
        return HttpResponseBadRequest()
    actions.remember_position(request.user, node.activity, share, now=now)
    return HttpResponse(status=204)


def _lesson(uuid):
    """(activity, tree, node) of a published lesson, or 404."""
    activity = get_object_or_404(Activity, uuid=uuid, kind="lesson")
    tree = tree_of_activity(activity)
    node = tree and tree.of_activity(activity.pk)
    if node is None:
        raise Http404
    return activity, tree, node


@require_GET
@never_cache
def service_worker(request):
    """The script that keeps lessons readable without a network. It watches the whole site to clear at sign-out."""
    context = {"release": settings.RELEASE, "static_url": settings.STATIC_URL, "media_url": settings.MEDIA_URL}
    response = render(request, "learn/sw.js", context, content_type="text/javascript")
    response["Service-Worker-Allowed"] = "/"
    return response
