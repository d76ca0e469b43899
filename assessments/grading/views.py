"""The marking desk: what waits, and one submission with its rubric. Who has no active Marker row finds nothing here."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from assessments.grading import actions, pages, work
from assessments.grading.models import Grade
from assessments.grading.work import BLIND
from assessments.submissions import pages as submission_pages
from assessments.submissions import submission_forms
from assessments.submissions.models import Marker
from assessments.submissions.texts import files_by_field, parts
from lms.verdicts import Refused
from media import actions as media_actions

PAGE = 30
STRIP = 12  # of the queue shown above a submission


@login_required
@require_GET
@never_cache
def queue(request):
    """Work that waits for this marker, the longest first; or what was answered. 404 for who was never made a marker."""
    if not Marker.objects.filter(user=request.user).exists():
        raise Http404
    now, show = request.arrived_at, request.GET.get("show")
    rows = work.done_for if show == "done" else work.waiting_for
    found = work.matching(rows(request.user, now), request.GET.get("q", "")[:60])
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [_row(one, now) for one in page],
        "show": "done" if show == "done" else "waiting",
        "q": request.GET.get("q", "")[:60],
        "waiting": work.waiting_for(request.user, now).count(),
    }
    return render(request, "assessments/grading/queue.html", context)


def _row(one, now):
    """A line of the queue: no text, and a name only where the marker may know it."""
    reply_by = work.reply_by(one)
    return {
        "one": one,
        "author": "" if one.capacity == BLIND else str(one.author),
        "reply_by": reply_by,
        "is_late": reply_by <= now,
    }


@login_required
@require_http_methods(["GET", "POST"])
@never_cache
def grade(request, uuid):
    """One submission at the left, its rubric at the right. Saves as one types (JSON) or by its buttons; releases."""
    now = request.arrived_at
    one = get_object_or_404(work.visible_for(request.user, now), uuid=uuid)
    if one.is_closed:
        return render(request, "assessments/grading/closed.html", {"submission": one}, status=200)
    desk = Desk(request, one)
    if request.method == "GET":
        media_actions.log_opening(request.user, "submission", desk.version.receipt, one.capacity, now)
        return desk.page(desk.stored)
    return desk.save()


class Desk:
    """One marker before one submission, for the length of a request."""

    def __init__(self, request, one):
        self.request, self.one, self.now = request, one, request.arrived_at
        self.form = submission_forms.get(one.form)
        self.version = one.versions.last()
        self.rubric = actions.rubric_of(one)
        self.criteria = actions.criteria_of(self.rubric)
        self.grade = Grade.objects.filter(version=self.version, marker=request.user).first()
        self.stored = actions.words_of(self.grade)

    def sections(self):
        return [section.key for section in self.form.sections()] if self.form else []

    def save(self):
        words = pages.read_words(self.request.POST, self.criteria, self.sections())
        by_script = not self.request.accepts("text/html")
        try:
            self._require_read_version()
            saved = actions.save_grade(self.version, self.request.user, words, self._base_revision(), now=self.now)
            outcome = self.request.POST.get("outcome", "")
            if outcome and not by_script:
                return self._release(outcome)
        except actions.StaleGrade as stale:
            if by_script:
                return JsonResponse({"stale": True, "refused": str(stale)}, status=409)
            self.grade = stale.grade
            return self.page(words, stored=actions.words_of(stale.grade), status=409)
        except Refused as refusal:
            if by_script:
                return JsonResponse({"refused": str(refusal)}, status=409)
            self.grade = Grade.objects.filter(version=self.version, marker=self.request.user).first()
            return self.page(words, error=str(refusal), status=422)
        if by_script:
            hour = date_format(timezone.localtime(saved.saved_at), "H:i")
            return JsonResponse({"revision": saved.revision, "saved": hour})
        return redirect("desk_assessments:grade", self.one.uuid)

    def _require_read_version(self):
        """What is written is about the version that was on the page, not about one handed in since."""
        if self.request.POST.get("version", str(self.version.number)) != str(self.version.number):
            raise Refused(_("A new version was handed in meanwhile. What you wrote is kept; please read it first."))

    def _release(self, outcome):
        draft = Grade.objects.get(version=self.version, marker=self.request.user)
        actions.release(draft, outcome, by=self.request.user, now=self.now)
        messages.success(self.request, _("%(number)s: the answer was sent.") % {"number": self.one.number})
        following = work.waiting_for(self.request.user, self.now).first()
        return redirect("desk_assessments:grade", following.uuid) if following else redirect("desk_assessments:queue")

    def _base_revision(self):
        value = self.request.POST.get("base_revision", "")
        return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else -1

    def page(self, words, *, stored=None, error="", status=200):
        waiting = list(work.waiting_for(self.request.user, self.now)[:STRIP])
        files = files_by_field(self.one, self.version)
        context = {
            "submission": self.one,
            "author": "" if self.one.capacity == BLIND else str(self.one.author),
            "caption": self.form.caption(self.one) if self.form else "",
            "version": self.version,
            "form": self.form,
            "parts": parts(self.form, self.version.content, files, words.remarks) if self.form else [],
            "stored": stored,
            "rubric": self.rubric,
            "rows": pages.shown(self.criteria, words, stored),
            "words": words,
            "grade": self.grade,
            "revision": self.grade.revision if self.grade else 0,
            "is_open": self.one.state == self.one.State.SUBMITTED and not (self.grade and self.grade.released_at),
            "told": [told for told in submission_pages.told(self.one) if told.grade.version_id != self.version.pk],
            "queue": [_row(other, self.now) for other in waiting],
            **_neighbours(waiting, self.one),
            **pages.sums(self.criteria, words),
            "error": error,
        }
        return render(self.request, "assessments/grading/grade.html", context, status=status)


def _neighbours(waiting, one):
    """Addresses of the one before and the one after in the queue, for the keys K and J."""
    ids = [other.pk for other in waiting]
    at = ids.index(one.pk) if one.pk in ids else -1
    before = waiting[at - 1] if at > 0 else None
    after = waiting[at + 1] if at + 1 < len(waiting) else None
    found = {"before": before, "after": after}
    return {key: other and reverse("desk_assessments:grade", args=[other.uuid]) for key, other in found.items()}


@login_required
@require_GET
@never_cache
def earlier(request, uuid, number):
    """An earlier version of a submission, for its marker."""
    now = request.arrived_at
    one = get_object_or_404(work.visible_for(request.user, now).filter(closed_at=None), uuid=uuid)
    version = get_object_or_404(one.versions, number=number)
    form = submission_forms.get(one.form)
    if form is None:
        raise Http404
    media_actions.log_opening(request.user, "submission", version.receipt, one.capacity, now)
    context = {
        "submission": one,
        "version": version,
        "parts": parts(form, version.content, files_by_field(one, version)),
    }
    return render(request, "assessments/grading/earlier.html", context)
