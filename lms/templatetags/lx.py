"""Tags and filters for our templates: ``{% load lx %}``. None of them asks the database anything.

Pictures and figures::

    {% icon "check" %}                      an icon beside a word (hidden from screen readers)
    {% icon "check" label=_("met") %}       an icon that stands alone
    {% ring 53 %}  {% ring 53 label=… %}    share done, as a ring with a sentence
    {% lantern "lit" %}                     the drawing of an empty or error page: lit, fallen, unlit
    {% zone %}                              “Beijing time”

Dates and quantities (``lms.clock.now()`` decides what is past)::

    {{ dt|deadline }}    28 Nov 18:00 (Beijing time), 4 days left
    {{ dt|moment }}      28 Nov 18:00            {{ dt|moment_zone }}  the same with the time zone
    {{ date|day }}       28 Nov, with the year when it is not this one; takes a date or a datetime
    {{ dt|hour }}        18:00
    {{ dt|recent }}      10:32, Yesterday, 21 Nov (for lists)
    {{ dt|time_left }}   4 days left             {{ dt|is_past }}      True or False
    {{ bytes|filesize }} 1.2 MB
    {{ minutes|hours }}  1.5 hours               {{ minutes|duration }}  1 h 30 min
    {{ user_agent|device }}  Android · WeChat

Forms (they work without JavaScript; label, hint, error and ARIA are tied together)::

    {% error_summary form %}                first thing in <main>; takes several forms and formsets
    {% field form.name %}                   any bound field: text, textarea, select, radios, checkboxes, file
    {% field form.code class="input--code" inputmode="numeric" autocomplete="one-time-code" %}
    {% field form.name label=_("…") hint=_("…") optional=False %}
    {% fields form %}                       every field in its order; placeholder=False leaves placeholders out
"""

import datetime
from functools import cache

from django import forms, template
from django.templatetags.static import static
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from lms import clock

register = template.Library()

SILENT = mark_safe('aria-hidden="true"')
ZONES = {
    "Asia/Shanghai": gettext_lazy("Beijing time"),
    "Asia/Urumqi": gettext_lazy("Urumqi time"),
}


# --- pictures and figures -------------------------------------------------------------------------------------------
@register.simple_tag
def icon(name, label="", css=""):
    """An icon of the sprite ``lx/icons.svg``; ``css`` adds a class such as ``icon--l`` or ``tick tick--done``."""
    css = css if "tick" in css.split() else f"icon {css}".strip()
    naming = format_html('role="img" aria-label="{}"', label) if label else SILENT
    return format_html('<svg class="{}" {}><use href="{}#{}"/></svg>', css, naming, sprite(), name)


@cache
def sprite():
    """The address of the file that holds every icon."""
    return static("lx/icons.svg")


@register.inclusion_tag("components/ring.html")
def ring(percent, label=""):
    """A share from 0 to 100 as a ring. ``label`` replaces the sentence that is read aloud."""
    percent = max(0, min(100, int(percent or 0)))
    return {"percent": percent, "label": label or _("%(percent)s%% complete") % {"percent": percent}}


@register.inclusion_tag("components/lantern.html")
def lantern(state="lit"):
    """The star lantern of an empty or error page: ``lit`` (nothing wrong), ``fallen`` (error), ``unlit`` (offline)."""
    return {"state": state}


# --- dates ----------------------------------------------------------------------------------------------------------
@register.simple_tag
def zone():
    """The name of the reader's time zone."""
    name = timezone.get_current_timezone_name()
    key = getattr(timezone.get_current_timezone(), "key", name)
    return ZONES.get(key, name)


def _local(value):
    """A datetime in the reader's zone; a plain date as it is."""
    if isinstance(value, datetime.datetime) and timezone.is_aware(value):
        return timezone.localtime(value)
    return value


@register.filter
def day(value):
    """28 Nov, or 28 Nov 2025 when that is not the current year."""
    if not value:
        return ""
    value = _local(value)
    # Translators: a date format of Django's, for Chinese n 月 j 日 (with spaces)
    pattern = _("j M") if value.year == clock.today().year else _("j M Y")
    return date_format(value, pattern)


@register.filter
def hour(value):
    """18:00 in the reader's time zone."""
    return date_format(_local(value), "H:i") if value else ""


@register.filter
def moment(value):
    """28 Nov 18:00."""
    return f"{day(value)} {hour(value)}" if value else ""


@register.filter
def moment_zone(value):
    """28 Nov 18:00 (Beijing time)."""
    if not value:
        return ""
    return _("%(moment)s (%(zone)s)") % {"moment": moment(value), "zone": zone()}


@register.filter
def deadline(value):
    """28 Nov 18:00 (Beijing time), 4 days left."""
    if not value:
        return ""
    return _("%(deadline)s, %(left)s") % {"deadline": moment_zone(value), "left": time_left(value)}


@register.filter
def is_past(value):
    """Whether a moment lies behind the programme's clock."""
    return bool(value) and value <= clock.now()


@register.filter
def time_left(value):
    """What is left until a moment: days from the second day on, then hours, then minutes; or that it has passed."""
    if not value:
        return ""
    left = value - clock.now()
    if left <= datetime.timedelta(0):
        return _("already closed")
    minutes = left // datetime.timedelta(minutes=1) + 1
    if minutes < 60:
        return ngettext("%(n)s minute left", "%(n)s minutes left", minutes) % {"n": minutes}
    if left < datetime.timedelta(hours=48):
        n = left // datetime.timedelta(hours=1)
        return ngettext("%(n)s hour left", "%(n)s hours left", n) % {"n": n}
    n = (_local(value).date() - clock.today()).days
    return ngettext("%(n)s day left", "%(n)s days left", n) % {"n": n}


@register.filter
def recent(value):
    """10:32 today, “Yesterday”, otherwise the day: for the right edge of a list."""
    if not value:
        return ""
    ago = (clock.today() - _local(value).date()).days
    return {0: hour(value), 1: _("Yesterday")}.get(ago) or day(value)


# --- quantities -----------------------------------------------------------------------------------------------------
@register.filter
def filesize(value):
    """A number of bytes as people say it: 0.6 MB, 34 KB."""
    size = int(value or 0)
    for unit, step in (("GB", 1 << 30), ("MB", 1 << 20)):
        if size >= step / 2:
            return f"{number_format(size / step, decimal_pos=1)} {unit}"
    return f"{max(1, round(size / 1024)) if size else 0} KB"


@register.filter
def hours(value):
    """Minutes as hours, in halves and tenths only where needed: 90 → 1.5 hours."""
    figure = round((value or 0) / 60, 1)
    figure = int(figure) if figure == int(figure) else figure
    return ngettext("%(n)s hour", "%(n)s hours", 1 if figure == 1 else 2) % {"n": number_format(figure)}


@register.filter
def duration(value):
    """Minutes as hours and minutes: 95 → 1 h 35 min."""
    whole, rest = divmod(int(value or 0), 60)
    if not whole:
        return _("%(minutes)s min") % {"minutes": rest}
    if not rest:
        return _("%(hours)s h") % {"hours": whole}
    return _("%(hours)s h %(minutes)s min") % {"hours": whole, "minutes": rest}


DEVICES = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)
BROWSERS = (
    ("MicroMessenger", gettext_lazy("WeChat")),
    ("Edg", "Edge"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)


@register.filter
def device(user_agent):
    """What a browser calls itself, as people know it: Android · WeChat."""
    found = [
        next((str(name) for mark, name in marks if mark in (user_agent or "")), "") for marks in (DEVICES, BROWSERS)
    ]
    return " · ".join(filter(None, found)) or _("Unknown device")


# --- forms ----------------------------------------------------------------------------------------------------------
@register.inclusion_tag("components/field.html")
def field(bound, label=None, hint=None, optional=None, **attrs):
    """One bound field with label, hint, errors. Other keywords become attributes of the control (``_`` reads ``-``)."""
    if hint is not None:
        bound.help_text = hint
    label = bound.label if label is None else label
    attrs = {name.replace("_", "-"): value for name, value in attrs.items() if value is not None}
    widget = bound.field.widget
    kind = _kind(widget)
    if kind in ("input", "select", "textarea"):
        attrs["class"] = " ".join(filter(None, ("input", widget.attrs.get("class"), attrs.get("class"))))
    if optional is None:
        optional = not bound.field.required and kind != "checkbox" and _("(optional)") not in str(label)
    return {
        "field": bound,
        "kind": kind,
        "label": label,
        "optional": optional,
        "control": "" if kind == "choices" else bound.as_widget(attrs=attrs),
        "choices": bound.subwidgets if kind == "choices" else (),
    }


def _kind(widget):
    if widget.is_hidden:
        return "hidden"
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "choices"
    if isinstance(widget, forms.CheckboxInput):
        return "checkbox"
    if widget.use_fieldset:
        return "group"
    if isinstance(widget, forms.Select):
        return "select"
    return "textarea" if isinstance(widget, forms.Textarea) else "input"


@register.inclusion_tag("components/fields.html")
def fields(form, placeholder=None):
    """Every field of a form in its order; ``placeholder=False`` leaves out placeholders that repeat the labels."""
    return {"form": form, "placeholder": placeholder}


@register.inclusion_tag("components/error_summary.html")
def error_summary(*forms_shown):
    """What has to be mended, each line a link to its field. Draws nothing when all is well."""
    lines = [line for form in forms_shown if form for line in _problems(form)]
    return {"lines": lines, "count": len(lines)}


def _problems(form):
    if hasattr(form, "forms"):
        own = [("", error) for error in form.non_form_errors()]
        return own + [line for one in form.forms for line in _problems(one)]
    if not form.is_bound:
        return []
    lines = [("", error) for error in form.non_field_errors()]
    return lines + [(bound.auto_id, _named(bound.label, error)) for bound in form for error in bound.errors]


def _named(label, error):
    """An error read away from its field says which field it means."""
    return error if str(label) in error else _("%(label)s: %(error)s") % {"label": label, "error": error}
