"""The screen on which staff enter records on paper."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.model import ModelViewSet

from lms_casecount.models import PaperRecord


class PaperRecordViewSet(ModelViewSet):
    model = PaperRecord
    icon = "doc-full"
    menu_label = _("Records on paper")
    menu_order = 165
    add_to_admin_menu = True
    list_display = ["code", "enrolment", "accepted_on"]
    form_fields = ["enrolment", "code", "accepted_on"]


@hooks.register("register_admin_viewset")
def register_paper_records():
    return PaperRecordViewSet("casecount_paper_records")
