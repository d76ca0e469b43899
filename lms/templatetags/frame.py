"""What every page has around it, drawn as seldom as can be: ``{% load frame %}``.

Parts that are the same for everybody are drawn once in a process for each language, and see nothing of the page::

    {% kept %}<a href="{% url "learn:home" %}">{% translate "Learn" %}</a>{% endkept %}

A part that depends on few values names them: it is drawn once for each, and sees these and nothing else::

    {% kept current unread %}…{% endkept %}

The four places: ``{% here as current %}`` says in which of them the page stands,
``{% places current unread as main %}`` lists them.
"""

from collections import OrderedDict
from dataclasses import dataclass

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy

register = template.Library()

MOST = 200  # drawings of one part that are kept, so that no value however rare fills the memory


# --- drawn once -----------------------------------------------------------------------------------------------------
@register.tag
def kept(parser, token):
    """Draw what stands inside once for each language and for each of the named values; see the module."""
    names = token.split_contents()[1:]
    nodes = parser.parse(["endkept"])
    parser.delete_first_token()
    return Kept(nodes, names)


class Kept(template.Node):
    def __init__(self, nodelist, names):
        self.nodelist, self.names = nodelist, names
        self.drawn = OrderedDict()

    def render(self, context):
        values = {name: _plain(context.get(name)) for name in self.names}
        key = get_language(), *values.values()
        drawing = None if settings.DEBUG else self.drawn.get(key)
        if drawing is None:
            drawing = self.drawn[key] = self._draw(context.template, values)
            if len(self.drawn) > MOST:
                self.drawn.popitem(last=False)
        return drawing

    def _draw(self, page, values):
        own = template.Context(values)
        with own.bind_template(page):
            return self.nodelist.render(own)


def _plain(value):
    """A text as it is; a number itself where a lazy object stands for it, so that it can be a key."""
    return value if value is None or isinstance(value, str | bool) else value + 0


# --- the four places ------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Place:
    """One of the four places of a signed-in person; ``count``: what waits there."""

    key: str
    label: str
    icon: str
    url: str
    is_current: bool
    count: int


PLACES = (
    ("learn", gettext_lazy("Learn"), "book-open", "learn:home"),
    ("tasks", gettext_lazy("Tasks"), "list-checks", "learn:tasks"),
    ("inbox", gettext_lazy("Inbox"), "mail", "inbox:list"),
    ("me", gettext_lazy("Me"), "user-round", "people:me"),
)
NAMESPACE_PLACES = {"learn": "learn", "inbox": "inbox", "people": "me", "casework": "tasks", "assessments": "tasks"}


@register.simple_tag(takes_context=True)
def here(context):
    """The key of the place where the page stands: ``place`` in its context, otherwise by its address; or empty."""
    match = getattr(context.get("request"), "resolver_match", None)
    if "place" in context or match is None:
        return context.get("place", "")
    if match.view_name == "learn:tasks":
        return "tasks"
    return NAMESPACE_PLACES.get(match.namespace.split(":")[0], "")


@register.simple_tag
def places(current, unread):
    """The four places; ``unread``: the number beside the inbox."""
    counts = {"inbox": unread}
    return [
        Place(key, label, icon, reverse(view), key == current, counts.get(key, 0)) for key, label, icon, view in PLACES
    ]
