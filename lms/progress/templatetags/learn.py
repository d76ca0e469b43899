"""Tags of the learner's pages: ``{% load learn %}``. None of them asks the database anything."""

from django import template
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.progress.outline import DONE, LOCKED, NOW, OPEN

register = template.Library()

STATES = {
    DONE: ("tick tick--done", "check", gettext_lazy("Done")),
    NOW: ("tick tick--now", "check", gettext_lazy("In progress")),
    OPEN: ("tick", "check", gettext_lazy("Not done yet")),
    LOCKED: ("tick tick--locked", "lock", gettext_lazy("Not open yet")),
}


@register.simple_tag
def outline_rows(rows, here=""):
    """The rows of a module as list items; ``here`` is the path of the node that is open. Drawn at once, being many."""
    sprite = static("lx/icons.svg")
    ticks = {state: _tick(sprite, *parts) for state, parts in STATES.items()}
    return format_html_join("\n", "<li>{}</li>", ((_row(row, ticks[row.state], here),) for row in rows))


def _tick(sprite, css, icon, label):
    return format_html(
        '<svg class="{}" role="img" aria-label="{}"><use href="{}#{}"/></svg>', f"icon {css}", label, sprite, icon
    )


def _row(row, tick, here):
    minutes = _("%(minutes)s min") % {"minutes": row.node.minutes}
    note = format_html("<small>{}</small>", row.note) if row.note else ""
    inner = format_html('{}<span>{}</span><span class="outline__time">{}</span>{}', tick, row.node.title, minutes, note)
    if row.state == LOCKED:
        return format_html('<span class="is-locked">{}</span>', inner)
    current = mark_safe(' aria-current="page"') if row.node.path == here else ""
    return format_html('<a href="{}"{}>{}</a>', row.node.url, current, inner)
