"""Tags of the learner's pages: ``{% load learn %}``. None of them asks the database anything."""

from functools import cache, lru_cache

from django import template
from django.urls import reverse
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, gettext_lazy, ngettext, pgettext
from django.utils.translation import gettext as _

from lms.enrolment.models import Enrolment
from lms.progress.outline import DONE, LOCKED, NOW, OPEN
from lms.templatetags.lx import duration, icon, recent

register = template.Library()

STATES = {
    DONE: ("tick tick--done", "check", gettext_lazy("Done")),
    NOW: ("tick tick--now", "check", gettext_lazy("In progress")),
    OPEN: ("tick", "check", gettext_lazy("Not done yet")),
    LOCKED: ("tick tick--locked", "lock", gettext_lazy("Not open yet")),
}


@register.simple_tag
def outline_rows(rows, here=""):
    """The rows of a module as list items; ``here`` is the path of the node that is open.

    There are many, so what is the same for everybody is kept, and the rest is joined by hand.
    """
    language = get_language()
    ticks = _ticks(language)
    return mark_safe("\n".join(f"<li>{_row(row, ticks[row.state], here, language)}</li>" for row in rows))


@cache
def _ticks(language):
    return {state: icon(name, label=label, css=f"icon {css}") for state, (css, name, label) in STATES.items()}


def _row(row, tick, here, language):
    node = row.node
    note = format_html("<small>{}</small>", row.note) if row.note else ""
    inner = f"{tick}{_label(node.title, node.minutes, language)}{note}"
    if row.state == LOCKED:
        return f'<span class="is-locked">{inner}</span>'
    current = ' aria-current="page"' if node.path == here else ""
    return f'<a href="{escape(node.url)}"{current}>{inner}</a>'


@lru_cache(maxsize=20_000)
def _label(title, minutes, language):
    minutes = _("%(minutes)s min") % {"minutes": minutes}
    return format_html('<span>{}</span><span class="outline__time">{}</span>', title, minutes)


LEARNER = """<tr role="row">
  <th role="rowheader" scope="row"><a href="{}">{}</a></th>
  <td role="cell" data-label="{}"><span>{}</span></td>
  <td role="cell" data-label="{}"><span class="state state--{}">{}</span></td>
  <td role="cell" data-label="{}"><span>{}</span></td>
  <td role="cell" data-label="{}"><span class="tag{}">{}</span></td>{}
</tr>"""
WORK = """
  <td role="cell" data-label="{}"><span>{}</span></td>
  <td role="cell" data-label="{}"><span>{}</span></td>
  <td role="cell" data-label="{}"><span>{}</span></td>"""
TAGS = {Enrolment.State.GRADUATED: " tag--star", Enrolment.State.ACTIVE: " tag--note"}


@register.simple_tag
def learner_rows(rows, track, required, last, state):
    """Rows of the list of learners, drawn at once; the other arguments name the columns on a phone."""
    places = {row.enrolment.intake_id: _place(row.enrolment.intake) for row in rows}
    states = {key: (TAGS.get(key, ""), str(label)) for key, label in Enrolment.State.choices}
    share, never = _("%(done)s of %(required)s"), pgettext("last visit", "never")
    address, has_work = reverse("desk_learn:learner", args=[0]), any(row.work for row in rows)
    drawn = (
        (
            address.replace("/0/", f"/{row.enrolment.pk}/"),
            row.enrolment.learner,
            *(track, places[row.enrolment.intake_id]),
            *(required, row.mark, share % {"done": row.done, "required": row.required}),
            *(last, recent(row.last_at) or never),
            *(state, *states[row.enrolment.state]),
            _work_cells(row) if has_work else "",
        )
        for row in rows
    )
    return format_html_join("\n", LEARNER, drawn)


def _place(intake):
    return f"{intake.track}, {intake.cohort}"


WORK_COLUMNS = (gettext_lazy("Cases"), gettext_lazy("Waits for me"), gettext_lazy("Service that counts"))


@register.simple_tag
def work_columns():
    """The names of the columns that only supervisors see."""
    return WORK_COLUMNS


def _work_cells(row):
    """Cases by code with the state of each record; what waits, with the way there; the service that counts."""
    cases, waiting, service = (str(column) for column in WORK_COLUMNS)
    if row.work is None:
        return format_html(WORK, cases, "–", waiting, "–", service, "–")
    codes = format_html_join(
        mark_safe("<br>"),
        '<a class="nobr" href="{}">{}</a> <span class="muted">{}</span>',
        ((reverse("casework:case", args=[case.code]), case.code, _record_state(case)) for case in row.work.cases),
    )
    total = duration(row.work.service.total)
    return format_html(WORK, cases, codes or _("none"), waiting, _waiting(row), service, total)


def _record_state(case):
    if case.closed_at:
        return _("case closed")
    return case.submission.get_state_display() if case.submission else _("no record yet")


def _waiting(row):
    """Records to mark and hours to confirm, each a link; a dash when nothing waits."""
    lines = []
    if records := row.work.records:
        words = ngettext("%(n)s record to mark", "%(n)s records to mark", records) % {"n": records}
        lines.append((reverse("desk_assessments:queue"), words))
    if minutes := row.work.service.waiting:
        words = _("%(time)s to confirm") % {"time": duration(minutes)}
        lines.append((f"{reverse('desk_casework:hours')}?learner={row.enrolment.pk}", words))
    if not lines:
        return "–"
    name = row.enrolment.learner
    link = '<a href="{}">{}<span class="visually-hidden"> {}</span></a>'
    return format_html_join(mark_safe("<br>"), link, ((*line, name) for line in lines))
