"""The pages at /courses/<path>: a view of ours before Wagtail's, since a lesson is opened more often than anything.

path → kept course tree → view restrictions and other hooks, where there are any → who may read → kept body → page.
What is not a live page of a course goes on to Wagtail. A signed-in learner's lesson costs at most 7 queries: session,
user, enrolment with visit, ticks, answers, unread messages, and the UPSERT of the visit.
"""

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from wagtail import hooks
from wagtail.models import Page
from wagtail.views import serve as wagtail_serve
from wagtail.wagtail_hooks import check_request_method, check_view_restrictions

from content import rendering
from content.tree import find
from lms import clock
from lms.progress import actions, checks, rules
from lms.progress.access import lock, may_read, standings
from lms.progress.offline import reader_mark, reader_until
from lms.progress.outline import Reader, nearby, outline, signed_out, ticks
from lms.progress.required import required_ids

PLACE = "learn"  # the place of the four that courses belong to


@require_safe
@cache_control(private=True, no_cache=True)
def serve(request, path):
    """What stands in a course that is live; everything else as Wagtail serves it."""
    found = find(path)
    if not found:
        return wagtail_serve(request, path)
    view = VIEWS.get(found[1].kind, _other)
    return _through_hooks(request, found[1], lambda: view(request, *found))


def _through_hooks(request, node, answer):
    """Ask the hooks of Wagtail that have something to say here; the page is fetched only for them."""
    idle = {check_request_method} if node.restrictions else {check_request_method, check_view_restrictions}
    on_serve = [hook for hook in hooks.get_hooks("on_serve_page") if hook not in idle]
    before = [hook for hook in hooks.get_hooks("before_serve_page") if hook not in idle]
    if not on_serve and not before:
        return answer()
    page = Page.objects.get(pk=node.version().page).specific
    for hook in before:
        if isinstance(response := hook(page, request, [], {}), HttpResponse):
            return response
    chain = lambda *_args: answer()  # noqa: E731  the shape that hooks wrap
    for hook in reversed(on_serve):
        chain = hook(chain)
    return chain(page, request, [], {})


def course(request, tree, _node):
    """The outline: for learners with ticks and what is missing, for visitors to look at."""
    now, user = clock.now(), request.user
    found = standings(user, tree) if user.is_authenticated else []
    verdict = may_read(tree, user, now, found) if user.is_authenticated else signed_out()
    if not verdict and not tree.listed:
        raise Http404
    own = _own(verdict, found)
    reader = Reader(now, closed=verdict, is_staff=not own)
    if own:
        reader = Reader(now, ticks(user, tree), required_ids(own))
    plan = outline(tree, reader)
    context = {
        "tree": tree,
        "outline": plan,
        "verdict": verdict,
        "own": own,
        "next": own and plan.next_open(),
        "place": PLACE,
    }
    return _kept_offline(request, render(request, "learn/course.html", context), verdict)


def module(request, tree, node):
    """A module has no page of its own; it is a part of the course's."""
    number = next(n for n, part in enumerate(tree.modules, 1) if part.node == node)
    return redirect(f"{tree.course.url}#module-{number}")


def lesson(request, tree, node):
    """A lesson for one reader; or why it is not open to them."""
    user, now = request.user, clock.now()
    if not user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    found = standings(user, tree, node)
    verdict = may_read(tree, user, now, found)
    if not verdict:
        return _locked(request, tree, node, verdict)
    own = _own(verdict, found)
    completed = ticks(user, tree) if own else {}
    if own and not (in_time := lock(tree, node, completed, now)):
        return _locked(request, tree, node, in_time, own)
    parts = nearby(tree, node, Reader(now, completed, current=node, is_staff=not own))
    return _kept_offline(request, _lesson_page(request, tree, node, parts, own, now), own)


def _lesson_page(request, tree, node, parts, own, now):
    body = rendering.body(node)
    answers = checks.answers(request.user, node) if own and body.checks else {}
    if own:
        actions.visit(request.user, node.activity, last_at=own.visited_at, now=now)
    previous, following = tree.neighbours(node)
    place, row = next((place, row) for place, row in enumerate(parts[0].rows, 1) if row.node is node)
    context = {
        "place": PLACE,
        "tree": tree,
        "node": node,
        "part": parts[0],
        "side": render_to_string("learn/outline_side.html", {"tree": tree, "node": node, "parts": parts}),
        "place_in_part": place,
        "body_language": body.language,
        "body": rendering.fill(body.html, checks.slots(request, body, answers)),
        "previous": previous,
        "following": following,
        "own": own,
        "done": row.done,
        "may_finish": rules.may_finish(body.required, answers),
        "position": (own and own.position) or 0,
    }
    return render(request, "learn/lesson.html", context)


def _other(request, _tree, node):
    """Another kind of activity, by its page: in the reader's language, else as it was written."""
    return Page.objects.get(pk=node.version().page).specific.serve(request)


def _own(verdict, found):
    """The standing under which a learner reads; None for visitors and staff."""
    return next((row for row in found if verdict and row.enrolment == verdict.facts.get("enrolment")), None)


def _locked(request, tree, node, verdict, own=None):
    context = {"tree": tree, "node": node, "verdict": verdict, "own": own, "place": PLACE}
    return render(request, "learn/locked.html", context, status=403)


def _kept_offline(request, response, own):
    """Mark a page that a learner's own device may keep for reading without a network."""
    if own:
        response["X-Reader"] = f"{reader_mark(request.user)} {reader_until(request.session)}"
    return response


VIEWS = {"course": course, "module": module, "lesson": lesson}
