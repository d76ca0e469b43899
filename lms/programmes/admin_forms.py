"""Forms of the admin: nobody chooses what is not theirs, and no list shows everybody who has an account."""

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.forms.models import ModelChoiceField
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.widgets import AdminDateTimeInput

from content.language import DEFAULT
from content.models import Activity, CoursePage
from lms import clock
from lms.people.forms import normal_phone
from lms.people.models import Organisation, User
from lms.programmes import actions
from lms.programmes.models import Grant, Programme, ProgrammeOrganisation, Track
from lms.programmes.permission_policies import REACH, courses_of, within_reach


class ReachForm(WagtailAdminModelForm):
    """Offers the programmes, tracks, cohorts and intakes that are this person's."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, ModelChoiceField) and field.queryset.model in REACH and self.for_user:
                field.queryset = within_reach(field.queryset.model, self.for_user)


class ProgrammeForm(ReachForm):
    """A programme and the organisations that carry it, by what they are to it. Hosts issue the certificates."""

    class Meta:
        model = Programme
        fields = ["name", "name_en", "slug", "region", "summary", "summary_en", "contact"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        held = list(self.instance.parties.values_list("role", "organisation")) if self.instance.pk else []
        for role in ProgrammeOrganisation.Role:
            self.fields[f"{role}_parties"] = forms.ModelMultipleChoiceField(
                label=role.label,
                queryset=Organisation.objects.all(),
                widget=forms.CheckboxSelectMultiple,
                required=False,
                initial=[organisation for its_role, organisation in held if its_role == role],
            )

    def save(self, commit=True):
        programme = super().save(commit=commit)
        if commit:
            chosen = {role: self.cleaned_data[f"{role}_parties"] for role in ProgrammeOrganisation.Role}
            actions.settle_parties(programme, chosen)
        return programme


class TrackForm(ReachForm):
    """A track, its courses, and which of their activities it requires: offered once the courses are saved."""

    courses = forms.ModelMultipleChoiceField(
        label=_("courses"),
        queryset=CoursePage.objects.filter(locale__language_code=DEFAULT),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    required_activities = forms.ModelMultipleChoiceField(
        label=_("required activities"),
        queryset=Activity.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Of the courses saved above. What an intake has frozen does not change."),
    )

    class Meta:
        model = Track
        fields = ["programme", "code", "slug", "name", "name_en", "summary", "summary_en", "suits", "suits_en"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.for_user:
            offered = courses_of(self.for_user).filter(locale__language_code=DEFAULT)
            self.fields["courses"].queryset = offered
        if self.instance.pk:
            keys = self.instance.courses.values("translation_key")
            self.fields["required_activities"].queryset = Activity.objects.filter(course__in=keys).order_by("pk")
            self.initial["courses"] = list(self.instance.courses.values_list("pk", flat=True))
            self.initial["required_activities"] = list(self.instance.required.values_list("activity", flat=True))

    def save(self, commit=True):
        track = super().save(commit=commit)
        if commit:
            data = self.cleaned_data
            actions.settle_track(track, data["courses"], data["required_activities"], now=clock.now())
        return track


def find_person(text):
    """The one person who signs in by this user name, e-mail address or mobile number; None when there is no such."""
    phone = normal_phone(text)
    known = Q(username=text) | Q(email__iexact=text) | (Q(phone=phone) if phone else Q(pk=None))
    found = list(User.objects.filter(known, is_active=True)[:2])
    return found[0] if len(found) == 1 else None


class GrantForm(ReachForm):
    """Give a role. The person is named, not chosen from everybody."""

    person = forms.CharField(
        label=_("person"), max_length=254, help_text=_("User name, e-mail address or mobile number.")
    )

    class Meta:
        model = Grant
        fields = ["role", "programme", "cohort", "intake", "course", "until"]
        widgets = {"until": AdminDateTimeInput}

    field_order = ["person", "role"]

    def clean_person(self):
        person = find_person(self.cleaned_data["person"].strip())
        if person is None:
            raise ValidationError(_("Nobody can be found by this."))
        return person

    def clean(self):
        data = super().clean()
        if self.errors:
            return data
        self.instance.user, self.instance.granted_by = data["person"], self.for_user
        self.instance.starts_at = clock.now()
        return data

    def _post_clean(self):
        super()._post_clean()
        if not self.errors:
            verdict = actions.may_grant(self.instance, by=self.for_user, now=clock.now())
            if not verdict:
                self.add_error(None, verdict.reason)


class GrantEndForm(WagtailAdminModelForm):
    """Let it end later, earlier or now."""

    end_now = forms.BooleanField(label=_("End it now"), required=False)

    class Meta:
        model = Grant
        fields = ["until"]
        widgets = {"until": AdminDateTimeInput}

    def clean(self):
        given = Grant.objects.get(pk=self.instance.pk)
        verdict = actions.may_end(given, by=self.for_user, now=clock.now())
        if not verdict:
            raise ValidationError(verdict.reason)
        return super().clean()
