"""Forms of the learners' screens. Rules are asked by the actions; ``attempt`` puts their refusals beside the fields."""

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from lms import clock
from lms.casework.models import Case, Consent, ServiceTime
from lms.verdicts import Refused

NO_NAMES = _("No names, addresses or schools: the code is all that anybody needs.")


def attempt(form, action, *args, **kwargs):
    """Call an action; when it refuses, put the reason beside the field it is about. Returns whether it was done."""
    try:
        action(*args, **kwargs)
    except Refused as refusal:
        field = refusal.facts.get("field")
        form.add_error(field if field in form.fields else None, str(refusal))
        return False
    return True


class ConfirmForm(forms.Form):
    """Nothing but a button; holds the reason when the action refuses."""


class DayInput(forms.DateInput):
    """A day that is not in the future, in the browser's own way of asking."""

    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__({"class": "input--short", **(attrs or {})}, format="%Y-%m-%d")


class PastDayInput(DayInput):
    def build_attrs(self, base_attrs, extra_attrs=None):
        return super().build_attrs({**base_attrs, "max": clock.today().isoformat()}, extra_attrs)


def enrolment_field(enrolments):
    """Which training a case or some minutes belong to; asked only of people in several."""
    return forms.ModelChoiceField(
        enrolments,
        label=_("For which training"),
        empty_label=None,
        widget=forms.RadioSelect,
        initial=enrolments.first(),
    )


class OpenCaseForm(forms.Form):
    age_band = forms.ChoiceField(
        label=_("Age band"),
        choices=Case.AgeBand,
        widget=forms.RadioSelect,
        help_text=_("The band, not the birth date."),
    )
    simulated = forms.TypedChoiceField(
        label=_("Which kind of case"),
        choices=[("", _("A child I work with")), ("1", _("A simulated case, for practice"))],
        coerce=bool,
        empty_value=False,
        required=False,
        widget=forms.RadioSelect,
        initial="",
        help_text=_("A simulated case needs no consent. At most one counts for each training."),
    )

    def __init__(self, *args, enrolments, **kwargs):
        super().__init__(*args, **kwargs)
        if len(enrolments) > 1:
            self.fields["enrolment"] = enrolment_field(enrolments)
        self.enrolments = enrolments

    def chosen_enrolment(self):
        return self.cleaned_data.get("enrolment") or self.enrolments[0]


class AnswersForm(forms.Form):
    """What one giver said to the purposes that are still open: yes, no, or not asked."""

    YES, NO, LATER = "yes", "no", ""

    def __init__(self, *args, purposes, guardian, own_words, sentences, **kwargs):
        super().__init__(*args, **kwargs)
        for purpose in purposes:
            self.fields[purpose] = forms.ChoiceField(
                label=capfirst(purpose.label),
                choices=self._choices(guardian),
                required=False,
                widget=forms.RadioSelect,
                help_text=sentences[purpose],
            )
        if guardian:
            self.fields["relation"] = forms.ChoiceField(
                label=_("Relation to the child"),
                choices=[("", "—"), *Consent.Relation.choices],
                help_text=_("The relation, not the name."),
            )
        else:
            self.fields["words"] = forms.CharField(
                label=_("The child's own words"),
                required=False,
                max_length=500,
                widget=forms.Textarea(attrs={"rows": 2}),
                help_text=self._words_hint(own_words),
            )
        self.fields["given_on"] = forms.DateField(label=_("When"), widget=PastDayInput, initial=clock.today)
        self.purposes = purposes

    def _choices(self, guardian):
        if guardian:
            return [(self.YES, _("Agrees")), (self.NO, _("Does not agree")), (self.LATER, _("Not asked yet"))]
        return [
            (self.YES, _("Is willing")),
            (self.NO, _("Is not willing, says nothing, or turns away")),
            (self.LATER, _("Not asked yet, or today is not the day")),
        ]

    def _words_hint(self, own_words):
        if own_words:
            return _("From 8 on the child agrees in its own words. Write them as they were said, without names.")
        return _("For a child of 8 write its own words; a younger child is told simply. No names.")

    def clean(self):
        if self.is_valid_so_far() and not self.answers():
            raise forms.ValidationError(_("Choose an answer for at least one purpose."))
        return self.cleaned_data

    def is_valid_so_far(self):
        return not any(purpose in self.errors for purpose in self.purposes)

    def answers(self):
        """``[(purpose, agreed)]`` of those that were answered."""
        given = [(purpose, self.cleaned_data.get(purpose)) for purpose in self.purposes]
        return [(purpose, answer == self.YES) for purpose, answer in given if answer]


class NamesForm(forms.Form):
    """Names to look for in a draft; they live in this one request and nowhere else."""

    names = forms.CharField(
        label=_("Names to look for"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
        help_text=_("One on each line: the child, the family, the school, the village. They are not kept."),
    )

    def clean_names(self):
        return [name.strip() for name in self.cleaned_data["names"].splitlines() if len(name.strip()) > 1]


class ServiceTimeForm(forms.Form):
    kind = forms.ChoiceField(label=_("What you did"), choices=ServiceTime.Kind, widget=forms.RadioSelect)
    date = forms.DateField(label=_("On which day"), widget=PastDayInput)
    minutes = forms.IntegerField(
        label=_("How many minutes"),
        min_value=5,
        max_value=1440,
        widget=forms.NumberInput(attrs={"class": "input--short", "inputmode": "numeric"}),
    )
    case = forms.ModelChoiceField(
        Case.objects.none(), label=_("Case"), to_field_name="code", required=False, empty_label=_("no single case")
    )

    def __init__(self, *args, enrolments, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["case"].queryset = Case.objects.open().filter(enrolment__in=enrolments)
        if len(enrolments) > 1:
            self.fields["enrolment"] = enrolment_field(enrolments)
        self.enrolments = enrolments

    def chosen_enrolment(self):
        """That of the case, when there is one: minutes with a case belong to where the case belongs."""
        case = self.cleaned_data["case"]
        return case.enrolment if case else self.cleaned_data.get("enrolment") or self.enrolments[0]

    def facts(self):
        return {key: self.cleaned_data[key] for key in ("kind", "date", "minutes", "case")}
