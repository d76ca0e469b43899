"""The tree of a course as readers see it: one kept value per course, built anew after anything in it was published.

A tree knows titles, addresses, order, minutes and languages; it knows no learner. What is personal is laid over it by
the layers above. Asking for a tree costs no query while nothing has changed::

    courses()                        every live course, in order
    course_tree("protection")        by slug, page id or translation key; None when there is none
    find("protection/m1/l1")         (tree, node) of an address below /courses/, or None
    title_of(activity)               of an Activity row, in the reader's language
"""

import zlib
from dataclasses import dataclass, fields
from datetime import date, datetime
from functools import cached_property
from uuid import UUID

from django.core.cache import caches
from django.urls import reverse

from content import marks, outline_rows
from content.language import reading_language


@dataclass(frozen=True)
class Version:
    """A node in one language: its page, words and tags (slug, name), the published revision and when it was made."""

    language: str
    page: int
    title: str
    objective: str
    tags: tuple
    revision: int | None
    stamp: int


@dataclass(frozen=True)
class Node:
    """A course, a module or an activity.

    ``key``: the translation key, which is the activity's uuid. ``activity``: the pk of its Activity row. ``path``: the
    address below /courses/, without slashes at its ends. ``opens_at``: its own opening or its module's, the later one.
    ``until``: when a quiz closes or an assignment is due, for everybody alike.
    ``after``: the key of the activity to complete before. ``law_checked_on``, ``review_by``: of lessons that cite law.
    ``restrictions``: pks of Wagtail's view restrictions on it or above it. ``title``, ``objective``, ``tags`` and
    ``language`` are those of the reader's language when there is one.
    """

    key: UUID
    kind: str
    path: str
    activity: int | None
    minutes: int
    opens_at: datetime | None
    until: datetime | None
    after: UUID | None
    law_checked_on: date | None
    review_by: date | None
    restrictions: tuple
    versions: tuple

    @property
    def page(self):
        return self.versions[0].page

    @cached_property
    def url(self):
        return reverse("wagtail_serve", args=[f"{self.path}/"])

    def version(self, language=None):
        """The words in this language (the reader's, when none is named), else those of the default language."""
        language = language or reading_language()
        return next((version for version in self.versions if version.language == language), self.versions[0])

    @property
    def title(self):
        return self.version().title

    @property
    def objective(self):
        return self.version().objective

    @property
    def tags(self):
        return self.version().tags

    @property
    def language(self):
        return self.version().language

    @property
    def is_untranslated(self):
        """Whether this reader gets the default language for want of their own."""
        return self.version().language != reading_language()


@dataclass(frozen=True)
class Module:
    node: Node
    rows: tuple

    @property
    def title(self):
        return self.node.title

    @property
    def minutes(self):
        return sum(row.minutes for row in self.rows)


@dataclass(frozen=True)
class Tree:
    """A course with its modules. ``listed``: shown in the public list. ``cover``: pk of its picture.

    ``rows``: every activity in order.
    """

    course: Node
    modules: tuple
    listed: bool
    cover: int | None

    @cached_property
    def rows(self):
        return [row for module in self.modules for row in module.rows]

    @cached_property
    def _by_path(self):
        return {node.path: node for node in [self.course, *(module.node for module in self.modules), *self.rows]}

    @cached_property
    def _by_key(self):
        return {str(row.key): row for row in self.rows}

    @cached_property
    def _by_activity(self):
        return {row.activity: row for row in self.rows}

    @cached_property
    def _numbers(self):
        return {row.key: number for number, module in enumerate(self.modules, 1) for row in module.rows}

    @cached_property
    def _places(self):
        return {row.key: place for place, row in enumerate(self.rows)}

    @property
    def is_public(self):
        """Whether everybody may see the titles in it."""
        return self.listed and not self.course.restrictions

    @property
    def minutes(self):
        return sum(module.minutes for module in self.modules)

    @property
    def keys(self):
        return [row.key for row in self.rows]

    def node(self, key):
        """The activity with this key (UUID or text), or None."""
        return self._by_key.get(str(key))

    def of_activity(self, activity_id):
        return self._by_activity.get(activity_id)

    def number_of(self, node):
        """The number, from 1, of the module in which an activity stands; None when it stands in none."""
        return self._numbers.get(node.key)

    def at(self, path):
        """The node with this address: the course itself, a module, or an activity; None when there is none."""
        return self._by_path.get(path)

    def neighbours(self, node):
        """What stands before and after an activity; None at the ends."""
        rows = self.rows
        place = self._places[node.key]
        return (rows[place - 1] if place else None), (rows[place + 1] if place + 1 < len(rows) else None)


def courses():
    """The tree of every live course, in the order of the list of courses."""
    return [tree for slug in catalogue() if (tree := course_tree(slug))]


def catalogue():
    """Slugs of live courses in order, each with its page id and translation key."""
    return _kept("catalogue", outline_rows.catalogue)


def course_tree(course):
    """The tree of a course by slug, page id, translation key or page; None when it is not published."""
    slug = _slug(getattr(course, "translation_key", course))
    return _kept(f"tree:{slug}", lambda: _build(slug)) if slug else None


def find(path):
    """(tree, node) for an address below /courses/, or None."""
    path = path.strip("/")
    tree = course_tree(path.split("/")[0])
    node = tree and tree.at(path)
    return (tree, node) if node else None


def tree_of_activity(activity):
    """The tree in which an Activity row stands, or None (its page is a draft, or it never had one)."""
    return course_tree(activity.course) if activity.course else None


def title_of(activity):
    """The title of an Activity row in the reader's language, where its page is published in it."""
    tree = tree_of_activity(activity)
    node = tree and tree.of_activity(activity.pk)
    return node.title if node else activity.title


def _slug(course):
    known = catalogue()
    if course in known:
        return course
    wanted = str(course)
    return next((slug for slug, ids in known.items() if wanted in map(str, ids)), None)


# --- keeping --------------------------------------------------------------------------------------------------------
SHAPE = zlib.crc32(repr([[field.name for field in fields(kind)] for kind in (Version, Node, Module, Tree)]).encode())
_here = {}


def _kept(name, make):
    """The value under this name, made when the courses have changed since: kept in this process and for the others."""
    mark = marks.mark(marks.COURSES)
    value = _here.get(name)
    if value is None or value[0] != mark:
        value = _shared(f"{SHAPE}:{name}", mark, make)
        _here[name] = value
    return value[1]


def _shared(key, mark, make):
    value = caches["content"].get(key)
    if value is None or value[0] != mark:
        value = (mark, make())
        caches["content"].set(key, value, None)
    return value


# --- building -------------------------------------------------------------------------------------------------------
def _build(slug):
    """The tree from the rows of the course's pages."""
    source = outline_rows.read(slug)
    if source is None:
        return None
    modules = tuple(
        Module(_node(source, module), tuple(_node(source, row, under=module) for row in source.activities(module)))
        for module in source.modules()
    )
    return Tree(_node(source, source.course), modules, source.listed, source.cover)


def _node(source, row, under=None):
    detail = source.details.get(row["pk"], {})
    opens = [at for at in (detail.get("opens_at"), under and source.details[under["pk"]].get("opens_at")) if at]
    return Node(
        key=row["translation_key"],
        kind=source.kind(row),
        path=source.path(row),
        activity=source.activity_rows.get(row["translation_key"]),
        minutes=detail.get("minutes") or 0,
        opens_at=max(opens, default=None),
        until=detail.get("until"),
        after=detail.get("after"),
        law_checked_on=detail.get("law_checked_on"),
        review_by=detail.get("review_by"),
        restrictions=source.restrictions(row),
        versions=tuple(_version(source, version) for version in source.versions(row)),
    )


def _version(source, row):
    detail = source.details.get(row["pk"], {})
    return Version(
        language=row["locale__language_code"],
        page=row["pk"],
        title=row["title"],
        objective=detail.get("objective") or detail.get("summary") or detail.get("intro") or "",
        tags=tuple(source.tags.get(row["pk"], ())),
        revision=row["live_revision"],
        stamp=_stamp(row["live_revision__created_at"]),
    )


def _stamp(moment):
    """A revision's time as a number: its id alone could come again with another content, in another database."""
    return int(moment.timestamp() * 1_000_000) if moment else 0
