"""Log actions of credentials."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks


@hooks.register("register_log_actions")
def register_log_actions(actions):
    actions.register_action("credentials.revoke", _("Revoke certificate"), _("Certificate revoked"))
    actions.register_action("credentials.replace", _("Replace certificate"), _("Certificate replaced"))
