"""Files that pages show are open to whoever may open one of these pages."""

from wagtail.models import Page, ReferenceIndex

from content.access import may_open
from content.models import Activity, ActivityPage


class ShownInPages:
    key = "pages"

    def may_open(self, item, user, now):
        """True when a live public page or a lesson open to this user shows it; None when no page does."""
        pages = Page.objects.filter(pk__in=_ids(item)).specific()
        answers = [page.live and _open(page, user, now) for page in pages]
        return any(answers) if answers else None


def _ids(item):
    """Ids of the pages that show an item."""
    references = ReferenceIndex.get_references_to(item).filter(base_content_type__app_label="wagtailcore")
    return {int(pk) for pk in references.values_list("object_id", flat=True)}


def _open(page, user, now):
    if not isinstance(page, ActivityPage):
        return not page.get_view_restrictions().exists()
    activity = Activity.objects.filter(uuid=page.translation_key).first()
    return bool(activity and may_open(activity, user, now))
