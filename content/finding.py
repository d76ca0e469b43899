"""Search and tags over what a reader may see.

The titles and objectives of a listed course are public. The words of a lesson are found only by whom it is open to.
"""

import re
from dataclasses import dataclass

from wagtail.models import Page

from content.access import which_open
from content.models import Activity
from content.tree import Node, Tree, courses

MOST = 60
WORDS = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]|[^\W\u3400-\u9fff\uf900-\ufaff]+")


@dataclass(frozen=True)
class Found:
    """A node with the course it stands in."""

    tree: Tree
    node: Node

    @property
    def is_public(self):
        return self.tree.is_public and not self.node.restrictions

    @property
    def is_course(self):
        return self.node == self.tree.course


def search(query, user, now):
    """What matches the words, best first, as this reader may see it."""
    if not words(query):
        return []
    pages = Page.objects.live().search(query)[:MOST]
    nodes = _nodes()
    hits = list(dict.fromkeys(page.translation_key for page in pages if page.translation_key in nodes))
    shown = {key for key in hits if nodes[key].is_public and _says(nodes[key].node, query)}
    shown |= _open_to(user, [nodes[key].node for key in hits if key not in shown], now)
    return [nodes[key] for key in hits if key in shown]


def tagged(slug, user, now):
    """Courses and lessons with this tag, in the order of the courses."""
    nodes = [found for found in _nodes().values() if slug in _slugs(found.node)]
    hidden = _open_to(user, [found.node for found in nodes if not found.is_public], now)
    return [found for found in nodes if found.is_public or found.node.key in hidden]


def words(query):
    """The words of a query: each Han character and each run of other letters, folded."""
    return WORDS.findall(query.casefold())


def _nodes():
    """Every node that has a page of its own, by key."""
    found = {}
    for tree in courses():
        for node in [tree.course, *tree.rows]:
            found[node.key] = Found(tree, node)
    return found


def _says(node, query):
    """Whether title or objective, in one of its languages, have every word."""
    wanted = words(query)
    spoken = [f"{version.title} {version.objective}".casefold() for version in node.versions]
    return any(all(word in text for word in wanted) for text in spoken)


def _slugs(node):
    return {slug for version in node.versions for slug, _name in version.tags}


def _open_to(user, nodes, now):
    """Keys of the activities among these that are open to the user; nothing for strangers."""
    if not user.is_authenticated:
        return set()
    activities = {row.pk: row for row in Activity.objects.filter(pk__in=[node.activity for node in nodes])}
    opened = which_open(activities.values(), user, now)
    return {node.key for node in nodes if node.activity in opened}
