"""Reports of courses in the admin."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.reports import PageReportView

from content.models import LessonPage
from lms import clock

EDITING = ["add", "change", "publish"]


class LawReview(PageReportView):
    """Lessons that cite law, the ones to check first at the top; only those that the person may edit."""

    page_title = _("Law to check")
    header_icon = "calendar"
    results_template_name = "content/law_review_results.html"
    index_url_name = "law_review"
    index_results_url_name = "law_review_results"
    any_permission_required = EDITING
    export_headings = {"law_checked_on": _("law checked on"), "review_by": _("check again by")}
    list_export = ["title", "law_checked_on", "review_by", "url"]

    def get_queryset(self):
        editable = self.permission_policy.instances_user_has_any_permission_for(self.request.user, EDITING)
        lessons = LessonPage.objects.filter(pk__in=editable.values("pk")).exclude(review_by=None)
        return lessons.select_related("locale").order_by("review_by", "path")

    def get_context_data(self, *args, **kwargs):
        return {**super().get_context_data(*args, **kwargs), "today": clock.today()}
