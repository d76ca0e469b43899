"""The rows of which a course tree is made: read in a constant number of queries, however many lessons there are."""

from dataclasses import dataclass

from wagtail.models import Page, PageViewRestriction

from content.language import DEFAULT
from content.models import (
    Activity,
    CoursePage,
    CoursesPage,
    CourseTag,
    LessonPage,
    LessonTag,
    ModulePage,
    activity_models,
)

COLUMNS = (
    "pk",
    "path",
    "depth",
    "title",
    "slug",
    "url_path",
    "translation_key",
    "locale__language_code",
    "live_revision",
    "live_revision__created_at",
)


def catalogue():
    """Live courses of the default language in order: slug → (page id, translation key)."""
    rows = CoursePage.objects.live().filter(locale__language_code=DEFAULT).order_by("path")
    return {slug: (pk, key) for slug, pk, key in rows.values_list("slug", "pk", "translation_key")}


def read(slug):
    """The rows of one live course, or None."""
    course = CoursePage.objects.live().filter(locale__language_code=DEFAULT, slug=slug).first()
    return Rows.of(course) if course else None


@dataclass
class Rows:
    """``pages``: live pages of the course by pk, in order. ``translated``: live translations by translation key."""

    course: dict
    pages: dict
    translated: dict
    kinds: dict
    details: dict
    activity_rows: dict
    restricted: list
    root: str
    listed: bool
    cover: int | None
    tags: dict

    @classmethod
    def of(cls, course):
        pages = {row["pk"]: row for row in _live_pages().filter(path__startswith=course.path).values(*COLUMNS)}
        keys = [row["translation_key"] for row in pages.values()]
        translated = _translations(keys)
        ids = [*pages, *(row["pk"] for rows in translated.values() for row in rows)]
        kinds, details = _details(ids)
        return cls(
            course=pages[course.pk],
            pages=pages,
            translated=translated,
            kinds=kinds,
            details=details,
            activity_rows=dict(Activity.objects.filter(uuid__in=keys).values_list("uuid", "pk")),
            restricted=list(PageViewRestriction.objects.values_list("pk", "page__path")),
            root=_root_path(),
            listed=course.listed,
            cover=course.cover_id,
            tags=_tags(ids),
        )

    def modules(self):
        return [row for row in self._below(self.course) if self.kinds.get(row["pk"]) == "module"]

    def activities(self, module):
        return [row for row in self._below(module) if self.kinds.get(row["pk"]) not in (None, "module", "course")]

    def _below(self, parent):
        depth, path = parent["depth"] + 1, parent["path"]
        return [row for row in self.pages.values() if row["depth"] == depth and row["path"].startswith(path)]

    def kind(self, row):
        return self.kinds[row["pk"]]

    def path(self, row):
        return row["url_path"].removeprefix(self.root).strip("/")

    def versions(self, row):
        return [row, *self.translated.get(row["translation_key"], ())]

    def restrictions(self, row):
        return tuple(pk for pk, path in self.restricted if row["path"].startswith(path))


def _live_pages():
    return Page.objects.live().filter(locale__language_code=DEFAULT).order_by("path")


def _translations(keys):
    rows = Page.objects.live().filter(translation_key__in=keys, alias_of=None)
    found = {}
    for row in rows.exclude(locale__language_code=DEFAULT).values(*COLUMNS):
        found.setdefault(row["translation_key"], []).append(row)
    return found


def _tags(ids):
    """(slug, name) of the tags of each page."""
    found = {}
    for model in (CourseTag, LessonTag):
        rows = model.objects.filter(content_object__in=ids).order_by("pk")
        for page, slug, name in rows.values_list("content_object", "tag__slug", "tag__name"):
            found.setdefault(page, []).append((slug, name))
    return found


def _details(ids):
    """Kind and own fields of each page, one query per kind of page."""
    kinds, details = {}, {}
    wanted = {model: _common(model) for model in activity_models()}
    wanted[LessonPage] += ("law_checked_on", "review_by")
    wanted |= {CoursePage: ("summary",), ModulePage: ("opens_at", "intro")}
    for model, names in wanted.items():
        kind = {CoursePage: "course", ModulePage: "module"}.get(model) or model.activity_kind
        for row in model.objects.filter(pk__in=ids).values("pk", *names):
            row["until"] = row.get(getattr(model, "until_field", None))
            kinds[row["pk"]], details[row["pk"]] = kind, row
    return kinds, details


def _common(model):
    return ("minutes", "objective", "opens_at", "after", *filter(None, [model.until_field]))


def _root_path():
    root = CoursesPage.objects.filter(locale__language_code=DEFAULT).values_list("url_path", flat=True).first()
    return root or "/"
