"""Wagtail's report of all that was logged: an administrator's. Others read in it what happened to pages of theirs.

Of programmes, intakes, policies and letters the report knows only whether somebody may change any; whose they are, it
does not ask. The history of a single one stands beside its form, where that is asked.
"""

from wagtail.admin.views.reports.audit_logging import LogEntriesView


class SiteHistory(LogEntriesView):
    wagtail_policy = True

    def dispatch(self, request, *args, **kwargs):
        if not request.user.is_superuser:
            request.user._allowed_content_type_ids = set()  # where Wagtail keeps which models' entries one may read
        return super().dispatch(request, *args, **kwargs)
