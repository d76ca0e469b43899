"""Sign-in, sign-up and profile: mobile numbers in the way people write them."""

import re

from allauth.account.forms import LoginForm as AllauthLoginForm
from allauth.account.forms import SignupForm as AllauthSignupForm
from django import forms
from django.utils.translation import gettext_lazy as _
from phonenumbers import NumberParseException, PhoneNumberFormat, format_number, is_valid_number, parse

from lms.people.models import User

LIKE_A_NUMBER = re.compile(r"[+＋]?[\d()（）.\-\s]+")


def normal_phone(text):
    """``138 0013 8000`` or ``+852-…`` as E.164; None when it is no phone number, or has letters in it."""
    if not LIKE_A_NUMBER.fullmatch(text):
        return None
    try:
        number = parse(text, "CN")
    except NumberParseException:
        return None
    return format_number(number, PhoneNumberFormat.E164) if is_valid_number(number) else None


class LoginForm(AllauthLoginForm):
    """By user name, e-mail or mobile number. A user name may itself look like a number: both are tried."""

    def clean_login(self):
        self.typed = super().clean_login()
        return normal_phone(self.typed) or self.typed

    def user_credentials(self):
        return super().user_credentials() | {"username": self.typed}


class SignupForm(AllauthSignupForm):
    """E-mail, password and the name. The number is added later, on one's own page."""

    name = forms.CharField(
        label=_("Name"),
        min_length=2,
        max_length=50,
        help_text=_("As it should stand on a certificate."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    field_order = ["name", "email", "password1", "password2"]

    def signup(self, request, user):
        user.name = self.cleaned_data["name"].strip()
        user.language = request.LANGUAGE_CODE
        user.save(update_fields=["name", "language"])


class ProfileForm(forms.ModelForm):
    """What a person may change alone: number and language. The name on a certificate is changed by staff."""

    class Meta:
        model = User
        fields = ["phone", "language"]
        error_messages = {"phone": {"unique": _("This number cannot be used. Ask the programme office.")}}
        help_texts = {"phone": _("You can sign in with it.")}
        widgets = {"phone": forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"})}

    def clean_phone(self):
        text = self.cleaned_data["phone"]
        if not text:
            return None
        phone = normal_phone(text)
        if phone is None:
            raise forms.ValidationError(_("Write a mobile number such as 138 0013 8000."))
        return phone
