"""Tags of the learner's pages: ``{% load learn %}``. None of them asks the database anything."""

from functools import cache, lru_cache

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from lms.progress.outline import DONE, LOCKED, NOW, OPEN
from lms.templatetags.lx import icon

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
