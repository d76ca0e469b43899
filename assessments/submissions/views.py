"""The learner writes: the assignment, a submission and its sections. Sending is in ``sending``."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from assessments.grading.actions import criteria_of
from assessments.overrides import allowance
from assessments.submissions import actions, assignments, pages, rules, submission_forms
from assessments.submissions.changing import may_change
from assessments.submissions.fields import name_of, problems_of, read_section, too_long
from assessments.submissions.models import Submission
from assessments.submissions.pages import FILE_PURPOSE
from assessments.submissions.texts import files_by_field
from content.access import may_open
from content.models import Activity
from lms.verdicts import Refused, unavailable
from media import actions as media_actions


# --- assignment -----------------------------------------------------------------------------------------------------
@login_required
@require_GET
@never_cache
def assignment(request, uuid):
    """What is asked, by when and how it is judged; what one has handed in; the way to begin, or the reason why not."""
    found = _assignment(uuid)
    mine = list(Submission.objects.filter(activity=found.activity, author=request.user).order_by("pk"))
    access = may_open(found.activity, request.user, request.arrived_at)
    if not access and not mine:
        return render(request, "assessments/submission/locked.html", {"assignment": found, "reason": access.reason})
    return render(request, "assessments/submission/assignment.html", _assignment_page(found, mine, access, request))


def _assignment(uuid):
    found = assignments.find(get_object_or_404(Activity, uuid=uuid))
    if found is None:
        raise Http404
    return found


def _assignment_page(found, mine, access, request):
    form, now = found.form, request.arrived_at
    may_begin = (
        unavailable(found.rules.form) if form is None else access and form.may_start(found.activity, request.user, now)
    )
    later = allowance(found.activity, request.user).due_at
    return {
        "assignment": found,
        "submissions": [(one, form.caption(one) if form else "") for one in mine],
        "may_begin": may_begin,
        "is_open": found.rules.repeatable or not mine,
        "start_url": form.start_url(found.activity, request.user) if form and access else "",
        "due_at": max(filter(None, (found.rules.due_at, later)), default=None) if found.rules.due_at else None,
        "rubric": found.rules.rubric,
        "criteria": criteria_of(found.rules.rubric),
    }


@login_required
@require_POST
def begin(request, uuid):
    """Begin the submission, or go on with it: twice is once."""
    found = _assignment(uuid)
    try:
        submission = actions.start(found.activity, request.user, now=request.arrived_at)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(found.url)
    return redirect("assessments:submission", submission.uuid)


# --- task list ------------------------------------------------------------------------------------------------------
def mine(request, uuid):
    """The author's own submission, or 404."""
    rows = Submission.objects.filter(author=request.user).select_related("activity")
    found = get_object_or_404(rows, uuid=uuid)
    found.author = request.user
    return found


@login_required
@require_GET
@never_cache
def submission(request, uuid):
    """Where a submission stands: what is left to fill in, its versions with their receipts, the grades told so far."""
    one = mine(request, uuid)
    context = frame(one)
    if one.is_closed:
        return render(request, "assessments/submission/closed.html", context)
    if one.is_editable and context["form"]:
        context |= _task_list(one, context) | {"may_change": may_change(one, request.arrived_at)}
    return render(request, "assessments/submission/submission.html", context)


def frame(one):
    """What every page of a submission needs: its form, title, versions and released grades."""
    form = submission_forms.get(one.form)
    assignment = assignments.find(one.activity)
    grades = pages.told(one)
    return {
        "submission": one,
        "form": form,
        "assignment": assignment,
        "title": assignment.title if assignment else one.activity.title,
        "caption": form.caption(one) if form else "",
        "versions": list(one.versions.all()),
        "grades": grades,
        "remarks": grades[0].remarks if grades and one.state == Submission.State.RETURNED else {},
    }


def _task_list(one, context):
    tasks = pages.tasks(context["form"], one, files_by_field(one), context["remarks"])
    due_at = context["assignment"].rules.due_at if context["assignment"] and not context["versions"] else None
    return {
        "tasks": tasks,
        "done": sum(task.state == "done" for task in tasks),
        "due_at": due_at and max(due_at, allowance(one.activity, one.author).due_at or due_at),
    }


# --- section --------------------------------------------------------------------------------------------------------
@login_required
@require_http_methods(["GET", "POST"])
@never_cache
def section(request, uuid, key):
    """One part of the form. Saves as one types (JSON) or by its buttons; shows a newer value from elsewhere beside."""
    one = mine(request, uuid)
    verdict = rules.may_edit(one.state, one.closed_at)
    if not verdict:
        return _too_late(request, one, verdict.reason)
    form = actions.form_of(one.form)
    sections = form.sections()
    found = next((section for section in sections if section.key == key), None)
    if found is None:
        raise Http404
    if request.method == "GET":
        problems = _problems(found, one) if "check" in request.GET else ()
        verdict = may_change(one, request.arrived_at)
        return _section_page(request, one, sections, found, problems=problems, refusal=verdict.reason)
    values = read_section(found, request.POST, one.draft.get(key, {}))
    if request.accepts("text/html"):
        return _save_by_button(request, one, sections, found, values)
    return _save_by_script(request, one, found, values)


def _too_late(request, one, reason):
    if request.method == "POST" and not request.accepts("text/html"):
        return JsonResponse({"refused": str(reason)}, status=409)
    messages.error(request, str(reason))
    return redirect("assessments:submission", one.uuid)


def _base_revision(request):
    value = request.POST.get("base_revision", "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else -1


def _save_by_script(request, one, found, values):
    for problem in too_long(found, values):
        return JsonResponse({"refused": f"{problem.label}: {problem.message}"}, status=409)
    try:
        saved = actions.save_section(one, found.key, values, _base_revision(request), now=request.arrived_at)
    except actions.Stale as stale:
        return JsonResponse({"stale": True, "revision": stale.revision, "refused": str(stale)}, status=409)
    except Refused as refusal:
        return JsonResponse({"refused": str(refusal)}, status=409)
    return JsonResponse({"revision": saved.revision, "saved": _hour(saved.saved_at)})


def _hour(moment):
    return date_format(timezone.localtime(moment), "H:i")


def _save_by_button(request, one, sections, found, values):
    now, user = request.arrived_at, request.user
    overlong = too_long(found, values)
    if overlong:
        one.draft[found.key] = values
        return _section_page(request, one, sections, found, problems=overlong, unsaved=True, status=422)
    try:
        actions.save_section(one, found.key, values, _base_revision(request), now=now)
    except actions.Stale as stale:
        one.draft[found.key], one.revisions[found.key] = values, stale.revision
        return _section_page(request, one, sections, found, stored=stale.values, status=409)
    except Refused as refusal:
        one.draft[found.key] = values
        return _section_page(request, one, sections, found, refusal=refusal, status=409)
    file_errors = _files_by_form(request, one, found, user, now)
    one.refresh_from_db()
    problems = _problems(found, one) if request.POST.get("go") == "next" else ()
    if file_errors or problems:
        return _section_page(request, one, sections, found, problems=problems, file_errors=file_errors)
    return redirect(_where_next(request, one, sections, found))


def _files_by_form(request, one, found, user, now):
    """Files that came with the form, and the one to take back: {field: sentences} of what was refused."""
    errors = {}
    for field in found.fields:
        if field.kind == "files":
            subject = pages.subject_of(one, field.key)
            sent = request.FILES.getlist(f"f-{field.key}")
            errors[field.key] = media_actions.receive_all(sent, FILE_PURPOSE, subject, user, now)
    try:
        media_actions.take_back_named(request.POST.get("remove_file"), user, now)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return {key: found for key, found in errors.items() if found}


def _problems(found, one):
    counts = {key: len(files) for key, files in files_by_field(one).items()}
    return problems_of(found, one.draft.get(found.key, {}), counts)


def _where_next(request, one, sections, found):
    go = request.POST.get("go")
    if go == "leave":
        return reverse("assessments:submission", args=[one.uuid])
    here = reverse("assessments:section", args=[one.uuid, found.key])
    if go != "next":
        return here + _anchor(request.POST, found)
    keys = [section.key for section in sections]
    after = keys[keys.index(found.key) + 1 :]
    if after:
        return reverse("assessments:section", args=[one.uuid, after[0]])
    return reverse("assessments:check", args=[one.uuid])


def _anchor(data, found):
    """Back to the table where a row was added or removed."""
    touched = data.get("add_row") or data.get("remove_row", "").rpartition("-")[0]
    return f"#{name_of(touched)}" if touched in {field.key for field in found.fields} else ""


def _section_page(request, one, sections, found, *, status=200, **told):
    """``told``, all optional: ``problems`` of the values, ``unsaved`` when they kept these values from being saved;
    ``file_errors``; ``stored``: what another window saved; ``refusal``: why nothing more is saved. Whatever is told,
    what was written stands on the page, to be mended, read and copied.
    """
    context = frame(one)
    files = files_by_field(one)
    values = one.draft.get(found.key, {})
    problems, stored = told.get("problems", ()), told.get("stored")
    shown = pages.controls(found, one, values, files, problems=problems, refused=told.get("file_errors"), stored=stored)
    context |= {
        "section": found,
        "place": [section.key for section in sections].index(found.key) + 1,
        "count": len(sections),
        "controls": shown,
        "revision": one.revision_of(found.key),
        "problems": problems,
        "unsaved": told.get("unsaved", False),
        "file_errors": told.get("file_errors") or {},
        "file_purpose": FILE_PURPOSE,
        "is_stale": stored is not None,
        "refusal": told.get("refusal", ""),
        "remark": context["remarks"].get(found.key, ""),
    }
    return render(request, "assessments/submission/section.html", context, status=status)
