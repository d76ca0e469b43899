"""Accounts in Wagtail's admin, for administrators: our User has one name, a mobile number and a language."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.account import AccountView as WagtailAccountView
from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views.users import IndexView
from wagtail.users.views.users import UserViewSet as WagtailUserViewSet

from lms.people.forms import ProfileForm
from lms.people.models import User

FIELDS = ["username", "name", "email", "phone", "language", "is_superuser", "groups"]
GROUPS = _("Groups of roles follow the grants; here only groups of your own making can be given for good.")


class AccountForm:
    """What both forms share. Wagtail's own ask for a first and a last name, which nobody has here."""

    first_name = last_name = None
    name = forms.CharField(label=_("name"), max_length=50, help_text=_("As it should stand on a certificate."))
    clean_phone = ProfileForm.clean_phone

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["groups"].help_text = GROUPS


class AccountCreationForm(AccountForm, UserCreationForm):
    class Meta(UserCreationForm.Meta):
        fields = FIELDS


class AccountEditForm(AccountForm, UserEditForm):
    class Meta(UserEditForm.Meta):
        fields = [*FIELDS, "is_active"]


class AccountList(IndexView):
    wagtail_policy = True

    @property
    def search_fields(self):
        return ["username", "name", "email", "phone"]


class AccountView(WagtailAccountView):
    """One's own settings in the admin, without Wagtail's first and last name: the name stands on our own page."""

    wagtail_policy = True

    def get_panels(self):
        return [panel for panel in super().get_panels() if panel.name != "name_email"]


class UserViewSet(WagtailUserViewSet):
    model = User
    index_view_class = AccountList

    def get_form_class(self, for_update=False):
        return AccountEditForm if for_update else AccountCreationForm
