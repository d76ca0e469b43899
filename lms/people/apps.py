from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from wagtail.users.apps import WagtailUsersAppConfig


class PeopleConfig(AppConfig):
    name = "lms.people"
    label = "people"
    verbose_name = _("People")
    default = True


class AccountsInAdmin(WagtailUsersAppConfig):
    """Wagtail's own app of users, with our forms. Named in INSTALLED_APPS in its place."""

    user_viewset = "lms.people.user_admin.UserViewSet"
