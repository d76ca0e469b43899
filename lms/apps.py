"""The project as an app: discovery of contributions, system checks, commands, translations."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class LmsConfig(AppConfig):
    name = "lms"
    label = "lms"
    verbose_name = "Liangxing"

    def ready(self):
        autodiscover_modules("lms_plugin")
