"""Forms of the desk: the supervisor's and the staff's."""

from django import forms
from django.contrib.auth import get_user_model
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lms.casework.forms import NO_NAMES, DayInput
from lms.enrolment.models import Enrolment


class DutyForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason and legal basis"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Why this guardian must not be asked, which law obliges you, whom you informed. No names."),
    )


class ReasonForm(forms.Form):
    """Beside it stands a button that needs no reason, so the browser must not ask for one."""

    use_required_attribute = False

    reason = forms.CharField(label=_("Reason"), max_length=200, help_text=NO_NAMES)


class HoldForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=300, help_text=NO_NAMES)
    until = forms.DateField(label=_("Keep until"), widget=DayInput)


class EraseForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=300, help_text=NO_NAMES)
    code = forms.CharField(label=_("Type the case code"), max_length=20, help_text=_("Erasing cannot be undone."))

    def __init__(self, *args, expected, **kwargs):
        super().__init__(*args, **kwargs)
        self.expected = expected

    def clean_code(self):
        if self.cleaned_data["code"].strip().upper() != self.expected:
            raise forms.ValidationError(_("This is not the code of the case."))
        return self.expected


class AllocateForm(forms.Form):
    instructor = forms.ModelChoiceField(
        get_user_model().objects.none(), label=_("Instructor"), help_text=_("People granted instruction here.")
    )
    until = forms.DateField(label=_("Last day"), widget=DayInput, required=False)

    def __init__(self, *args, instructors, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["instructor"].queryset = instructors


class AssignForm(forms.Form):
    """Whom to assign as supervisor, to which learners."""

    supervisor = forms.CharField(
        label=_("Supervisor"),
        max_length=150,
        help_text=_("Name or user name."),
        widget=forms.TextInput(attrs={"list": "people", "autocomplete": "off"}),
    )
    enrolments = forms.ModelMultipleChoiceField(
        Enrolment.objects.none(), label=_("Learners"), error_messages={"required": _("Choose at least one learner.")}
    )

    def __init__(self, *args, enrolments, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["enrolments"].queryset = enrolments

    def clean_supervisor(self):
        """The one active person of this name or user name."""
        wanted = self.cleaned_data["supervisor"].strip()
        people = get_user_model().objects.filter(Q(username=wanted) | Q(name=wanted), is_active=True)[:2]
        if not people:
            raise forms.ValidationError(_("Nobody here has this name."))
        if len(people) > 1:
            raise forms.ValidationError(_("Several people have this name; type the user name."))
        return people[0]
