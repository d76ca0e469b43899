"""Deciding about several choices at once: choose, read every letter before it goes, send."""

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from lms.admissions import actions, form, letters
from lms.admissions.desk_lists import staff_intake
from lms.admissions.models import Choice, LetterTemplate
from lms.numbers import whole_number, whole_numbers
from lms.verdicts import Refused

Kind = LetterTemplate.Kind


@dataclass(frozen=True)
class Verb:
    """A decision: what it is called, the letter it writes, and whether staff add a text to it."""

    key: str
    label: str
    kind: str
    text_label: str = ""


VERBS = {
    verb.key: verb
    for verb in (
        Verb("offer", gettext_lazy("Offer a seat"), Kind.OFFER),
        Verb("waitlist", gettext_lazy("Put on the waiting list"), Kind.WAITLIST),
        Verb("decline", gettext_lazy("Decline"), Kind.DECLINE, gettext_lazy("The reason, as it stands in the letter")),
        Verb("ask", gettext_lazy("Ask for more"), Kind.ASK, gettext_lazy("What exactly is missing, one a line")),
    )
}


@login_required
@require_POST
def decide(request, pk):
    """First the letters as they would go out; with ``send``, the decisions themselves, each by itself."""
    intake = staff_intake(request, pk)
    verb = VERBS.get(request.POST.get("verb"))
    if verb is None:
        raise Http404
    choices = _chosen(request, intake)
    if not choices:
        messages.error(request, _("Choose at least one application."))
        return redirect("desk_admissions:intake", intake.pk)
    text = request.POST.get("text", "").strip()
    if "send" in request.POST:
        return _send(request, intake, verb, choices, text)
    return _preview(request, intake, verb, choices, text)


def _chosen(request, intake):
    """The choices that were ticked, or the first so many of the ranking that are undecided; best first."""
    undecided = intake.choices.filter(state__in=Choice.DECIDABLE).exclude(application__applicant=request.user)
    related = undecided.select_related(
        "application__applicant", "application__programme", "intake__cohort", "intake__track"
    )
    first = whole_number(request.POST.get("first"))
    if first and "by_rank" in request.POST:
        return list(related.exclude(score=None).ranked()[:first])
    return list(related.filter(pk__in=whole_numbers(request.POST.getlist("choice"))).ranked())


def _preview(request, intake, verb, choices, text, refusals=()):
    now = request.arrived_at
    place = intake.choices.waitlisted().count()
    texts = letters.texts_of(intake.cohort.programme_id, verb.kind)
    drafts = [(choice, _draft(verb, choice, text, now, place + n, texts)) for n, choice in enumerate(choices, start=1)]
    context = {
        "intake": intake,
        "verb": verb,
        "drafts": drafts,
        "text": text,
        "refusals": refusals,
        "sections": form.sections(intake.cohort.programme.region) if verb.key == "ask" else (),
        "picked": request.POST.getlist("section") or ["evidence"],
    }
    return render(request, "desk/admissions/decide.html", context, status=409 if refusals else 200)


def _draft(verb, choice, text, now, position, texts):
    details = {
        "offer": {"deadline": actions.offer_ends(choice.intake, now)},
        "waitlist": {"position": position},
        "decline": {"reason": text or "…"},
        "ask": {"items": text or "…", "deadline": actions.ask_ends(now)},
    }
    return letters.compose(verb.kind, choice, now=now, texts=texts, **details[verb.key])


def _send(request, intake, verb, choices, text):
    done, refusals, left = 0, [], []
    for choice in choices:
        try:
            _act(request, verb, choice, text)
            done += 1
        except Refused as refusal:
            refusals.append((choice.application.applicant, str(refusal)))
            left.append(choice)
    if done:
        messages.success(request, ngettext("%(n)s letter sent.", "%(n)s letters sent.", done) % {"n": done})
    if left:
        return _preview(request, intake, verb, left, text, refusals)
    return redirect("desk_admissions:intake", intake.pk)


def _act(request, verb, choice, text):
    given = {"by": request.user, "now": request.arrived_at}
    if verb.key == "offer":
        actions.offer(choice, **given)
    elif verb.key == "waitlist":
        actions.waitlist(choice, **given)
    elif verb.key == "decline":
        actions.decline(choice, reason=text, **given)
    else:
        actions.ask(choice, items=text, sections=request.POST.getlist("section") or None, **given)
