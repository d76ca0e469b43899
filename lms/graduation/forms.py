"""The staff form of a policy, made of the settings of every criterion; and the small forms of the board."""

from dataclasses import fields

from django import forms
from django.utils.translation import gettext_lazy as _

from lms.graduation.criteria import criteria
from lms.graduation.models import Decision, Policy, PolicyLine
from lms.programmes.admin_forms import ReachForm

FIELD_OF_TYPE = {int: forms.IntegerField, float: forms.FloatField, bool: forms.BooleanField, str: forms.CharField}


def settings_fields(criterion):
    """Form fields by name for the settings of a criterion class: from its ``Form``, else from its dataclass fields."""
    form = getattr(criterion, "Form", None)
    if form:
        return dict(form.base_fields)
    return {one.name: _form_field(one) for one in fields(criterion)}


def _form_field(one):
    options = dict(one.metadata) or {"label": one.name}
    if one.type is bool:
        options["required"] = False
    if one.type not in (int, float):
        options.pop("min_value", None)
    return FIELD_OF_TYPE.get(one.type, forms.CharField)(initial=one.default, **options)


class PolicyForm(ReachForm):
    """One tick per criterion and its settings below. Lines whose plugin is not installed are kept as they are."""

    class Meta:
        model = Policy
        fields = ["track"]
        help_texts = {"track": _("Intakes whose cohort has started keep the policy they froze on that day.")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.stored = {line.key: line for line in self.instance.lines.all()} if self.instance.pk else {}
        for criterion in criteria:
            self._add(criterion)

    def _add(self, criterion):
        line = self.stored.get(criterion.key)
        self.fields[criterion.key] = forms.BooleanField(label=criterion.label, required=False, initial=line is not None)
        for name, field in settings_fields(criterion).items():
            field.label = f"{criterion.label} · {field.label}"
            field.needed, field.required = field.required, False
            if line and name in line.settings:
                field.initial = line.settings[name]
            self.fields[f"{criterion.key}-{name}"] = field

    def clean(self):
        data = super().clean()
        for criterion in self._chosen(data):
            for name, field in settings_fields(criterion).items():
                full = f"{criterion.key}-{name}"
                if field.required and data.get(full) in (None, "") and full not in self.errors:
                    self.add_error(full, field.error_messages["required"])
        return data

    def save(self, commit=True):
        unknown = [line for key, line in self.stored.items() if key not in criteria]
        lines = [self._line(criterion) for criterion in self._chosen(self.cleaned_data)]
        for order, line in enumerate([*lines, *unknown]):
            line.sort_order = order
        self.instance.lines = [*lines, *unknown]
        return super().save(commit)

    def _line(self, criterion):
        line = self.stored.get(criterion.key) or PolicyLine(key=criterion.key)
        line.settings = {name: self.cleaned_data[f"{criterion.key}-{name}"] for name in settings_fields(criterion)}
        return line

    @staticmethod
    def _chosen(data):
        return [criterion for criterion in criteria if data.get(criterion.key)]


class ProposeForm(forms.Form):
    outcome = forms.ChoiceField(
        label=_("Decision"),
        choices=Decision.Outcome.choices,
        initial=Decision.Outcome.GRADUATE,
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Kept with the decision. Needed when somebody does not graduate yet."),
    )


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class SubstituteForm(ReasonForm):
    """What counts in place of a frozen activity: one of the nodes that could."""

    activity = forms.TypedChoiceField(label=_("What counts in its place"), coerce=int, widget=forms.RadioSelect)
    field_order = ["activity", "reason"]

    def __init__(self, *args, nodes, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["activity"].choices = [(node.activity, node.title) for node in nodes]
        self.fields["reason"].help_text = _("The learners read it.")
