"""The filters above the list of learners, and the forms of the office about one of them."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lms.enrolment.models import Enrolment


class LearnerFilter(forms.Form):
    name = forms.CharField(label=_("Name"), required=False, max_length=50, strip=True)
    intake = forms.TypedChoiceField(label=_("Intake"), required=False, coerce=int, empty_value=None)
    track = forms.TypedChoiceField(label=_("Track"), required=False, coerce=int, empty_value=None)
    state = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("All")), *Enrolment.State.choices])
    mine = forms.BooleanField(label=_("Only learners whom I supervise"), required=False)

    def __init__(self, data, *, intakes):
        super().__init__(data)
        self.fields["name"].widget.input_type = "search"
        self.fields["intake"].choices = [("", _("All")), *((row.pk, str(row)) for row in intakes)]
        tracks = {row.track_id: str(row.track) for row in intakes}
        self.fields["track"].choices = [("", _("All")), *tracks.items()]
        if not (any(row.supervised for row in intakes) and any(row.granted for row in intakes)):
            del self.fields["mine"]  # for who sees all, or only their own, it would change nothing

    @property
    def found(self):
        """The filters that are set and make sense; what is not among the choices is left out."""
        self.is_valid()
        data = self.cleaned_data
        filters = {"intake": data.get("intake"), "intake__track": data.get("track"), "state": data.get("state")}
        return {"name": data.get("name", ""), "mine": data.get("mine", False)} | filters


class ReasonForm(forms.Form):
    """Why, in words that the learner may read."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Kept in the log; the learner reads it too. No word about a child or an illness."),
    )


class NameForm(ReasonForm):
    name = forms.CharField(
        label=_("Name"),
        min_length=2,
        max_length=50,
        help_text=_("As it should stand on a certificate."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    field_order = ["name", "reason"]
