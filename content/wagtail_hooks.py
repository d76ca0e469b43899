"""Staff's side of courses: lessons whose law is due for a check, and what follows a copy."""

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.models import Page
from wagtail.permissions import policy_registry

from content.actions import follow_copy
from content.reports import EDITING, LawReview


@hooks.register("after_copy_page")
def reopen_copies(request, page, new_page):
    """Copies open after each other, as the originals do."""
    follow_copy(page, new_page)


@hooks.register("register_admin_urls")
def report_addresses():
    return [
        path("reports/law-review/", LawReview.as_view(), name="law_review"),
        path("reports/law-review/results/", LawReview.as_view(results_only=True), name="law_review_results"),
    ]


class LawReviewItem(MenuItem):
    def is_shown(self, request):
        return policy_registry.get_by_type(Page).user_has_any_permission(request.user, EDITING)


@hooks.register("register_reports_menu_item")
def report_in_menu():
    return LawReviewItem(_("Law to check"), reverse("law_review"), name="law-review", icon_name="calendar", order=200)
