from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CasecountConfig(AppConfig):
    name = "lms_casecount"
    verbose_name = _("Counted cases")
