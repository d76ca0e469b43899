"""Looking a certificate up; ending one."""

import unicodedata

from django import forms
from django.utils.translation import gettext_lazy as _

from lms.credentials import numbers


class VerifyForm(forms.Form):
    number = forms.CharField(
        label=_("Certificate number"),
        max_length=60,
        help_text=_("As printed on the certificate, for example LX-NS-2025-K-0007-C. Capitals do not matter."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )
    name = forms.CharField(
        label=_("Name of the holder"),
        max_length=60,
        help_text=_("In full, as printed on the certificate."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def clean_number(self):
        number = numbers.tidied(self.cleaned_data["number"])
        if not numbers.is_well_formed(number):
            raise forms.ValidationError(_("There is a typing error in this number. Please compare it once more."))
        return number

    def clean_name(self):
        return folded(self.cleaned_data["name"])


def folded(name):
    """A name for comparing: width, case, spaces and the kind of middle dot do not matter."""
    text = unicodedata.normalize("NFKC", name).casefold()
    return "".join(text.split()).translate(str.maketrans("•・‧∙", "····"))


class RevokeForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        help_text=_("The holder reads it; the verification page does not show it."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ReplaceForm(RevokeForm):
    name = forms.CharField(label=_("Name as it should be printed"), max_length=50)
    field_order = ["name", "reason"]
