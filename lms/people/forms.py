"""Sign-in and sign-up: mobile numbers in the way people write them."""

from allauth.account.forms import LoginForm as AllauthLoginForm
from allauth.account.forms import SignupForm as AllauthSignupForm
from django import forms
from django.utils.translation import gettext_lazy as _
from phonenumbers import NumberParseException, PhoneNumberFormat, format_number, is_valid_number, parse


def normal_phone(text):
    """``13800138000`` or ``+852 …`` as E.164; None when it is no phone number."""
    try:
        number = parse(text, "CN")
    except NumberParseException:
        return None
    return format_number(number, PhoneNumberFormat.E164) if is_valid_number(number) else None


class LoginForm(AllauthLoginForm):
    def clean_login(self):
        login = self.cleaned_data["login"].strip()
        if "@" not in login:
            login = normal_phone(login) or login
        self.cleaned_data["login"] = login
        return super().clean_login()


class SignupForm(AllauthSignupForm):
    name = forms.CharField(label=_("Name"), max_length=50, min_length=2)
