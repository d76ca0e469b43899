"""The authors' form of a question, made from the fields of its type, in Chinese with optional English beside it."""

from dataclasses import fields
from itertools import zip_longest

from django import forms
from django.utils.translation import gettext_lazy as _

OTHER = "en"
LABELS = {
    "text": _("Text"),
    "explanation": _("Explanation, shown with the right answer"),
    "correct": _("right"),
    "place": _("place"),
    "left": _("left side"),
    "right": _("right side"),
    "options": _("Options"),
    "items": _("Things to put in order, first to last"),
    "accepted": _("Accepted answers; the first one is shown as right"),
    "pairs": _("Pairs"),
    "extra": _("Right sides that fit nowhere"),
}
YES_OR_NO = (bool, "bool")
NUMBERS = dict.fromkeys((int, "int"), forms.IntegerField) | dict.fromkeys((float, "float"), forms.FloatField)
PLAIN_TYPES = (str, "str", *YES_OR_NO, *NUMBERS)
LONG = {"text", "explanation"}
NUMBERS_AND_TICKS = ("place", "correct")
SPARE_ROWS = 3


class Editor:
    """Filled in from a version (its data and translations), or from what was sent. ``written()`` once it is valid."""

    def __init__(self, kind, sent=None, version=None):
        data = version.data if version else {}
        other = version.translations.get(OTHER, {}) if version else {}
        self.kind = kind
        self.settings = _settings_form(kind)(sent, initial=_both(_plain(kind), data, other), prefix="settings")
        self.lists = [
            (LABELS.get(name, name), name, _rows(name, columns, sent, data, other))
            for name, columns in getattr(kind, "columns", {}).items()
        ]

    @property
    def forms(self):
        return [self.settings, *(formset for _label, _name, formset in self.lists)]

    def is_valid(self):
        return all(list(map(_is_valid, self.forms)))  # ask every one: each shows its own errors

    def written(self):
        """(data, translations) as ``actions.write`` takes them."""
        data, other = _split(self.settings.cleaned_data)
        for _label, name, formset in self.lists:
            data[name], other[name] = _split_rows(self.kind.columns[name], formset)
        return data, {OTHER: other} if _says_something(other) else {}


def _is_valid(form):
    return form.is_valid()


def _plain(kind):
    """The fields that are no lists: {name: field of the dataclass}."""
    return {field.name: field for field in fields(kind) if field.type in PLAIN_TYPES}


def _settings_form(kind):
    made = {}
    for name, field in _plain(kind).items():
        label = field.metadata.get("label") or LABELS.get(name, name)
        if field.type in YES_OR_NO:
            made[name] = _yes_or_no(label)
        elif field.type in NUMBERS:
            widget = forms.NumberInput(attrs={"class": "input input--short"})
            made[name] = NUMBERS[field.type](label=label, widget=widget, required=False)
        else:
            made[name] = _text(label, long=name in LONG, required=name == "text")
            made[f"{name}_{OTHER}"] = _text(_in_english(label), long=name in LONG)
    return type("SettingsForm", (forms.Form,), made)


def _in_english(label):
    return _("%(label)s, in English") % {"label": label}


def _text(label, long=False, required=False):
    widget = forms.Textarea(attrs={"rows": 3, "class": "input"}) if long else forms.TextInput(attrs={"class": "input"})
    return forms.CharField(label=label, required=required, widget=widget, max_length=2000)


def _yes_or_no(label):
    choices = [("True", _("True")), ("False", _("False"))]
    as_bool = {"True": True, "False": False}.get
    return forms.TypedChoiceField(label=label, choices=choices, coerce=as_bool, widget=forms.RadioSelect)


# --- rows -----------------------------------------------------------------------------------------------------------
def _rows(name, columns, sent, data, other):
    initial = _initial_rows(columns, data.get(name, []), other.get(name, []))
    formset = forms.formset_factory(_row_form(columns or ("text",)), extra=SPARE_ROWS, max_num=40, absolute_max=60)
    return formset(sent, initial=initial, prefix=name)


def _row_form(columns):
    made = {"key": forms.CharField(required=False, max_length=2, widget=forms.HiddenInput)}
    made["match"] = forms.CharField(required=False, max_length=2, widget=forms.HiddenInput)
    texts = [column for column in columns if column not in NUMBERS_AND_TICKS]
    if "place" in columns:
        number = forms.NumberInput(attrs={"class": "input input--short"})
        made["place"] = forms.IntegerField(label=LABELS["place"], required=False, widget=number)
    made |= {column: _text(LABELS.get(column, column)) for column in texts}
    made |= {f"{column}_{OTHER}": _text(_in_english(LABELS.get(column, column))) for column in texts}
    if "correct" in columns:
        made["correct"] = forms.BooleanField(label=LABELS["correct"], required=False)
    return type("RowForm", (forms.Form,), made)


def _initial_rows(columns, rows, others):
    if not columns:
        pairs = zip_longest(rows, others, fillvalue="")
        return [{"text": row, f"text_{OTHER}": other} for row, other in pairs]
    by_key = {other.get("key"): other for other in others}
    texts = [column for column in columns if column not in NUMBERS_AND_TICKS]
    return [
        {**row, **_both(texts, row, by_key.get(row.get("key"), {})), "place": place}
        for place, row in enumerate(rows, start=1)
    ]


def _both(names, data, other):
    """Values under their names, and the other language's under the name with its ending."""
    own = {name: data[name] for name in names if name in data}
    return own | {f"{name}_{OTHER}": other[name] for name in names if name in other}


def _split_rows(columns, formset):
    """The rows that say anything in Chinese, in order of their places: as they are, and their English."""
    rows = [form.cleaned_data for form in formset if form.cleaned_data]
    rows.sort(key=lambda row: row.get("place") or len(rows))
    named = [_split(row) for row in rows]
    if not columns:
        return [own["text"] for own, _o in named if own["text"]], [o["text"] for _own, o in named if o["text"]]
    kept = [(own, other) for own, other in named if _says_something(own)]
    return [own for own, _other in kept], [other for _own, other in kept]


def _split(values):
    """Chinese values and English values under the same names; what is empty or only for the form is left out."""
    ending = f"_{OTHER}"
    own = {name: value for name, value in values.items() if not name.endswith(ending) and name != "place"}
    other = {name.removesuffix(ending): value for name, value in values.items() if name.endswith(ending)}
    return {name: value for name, value in own.items() if value or name not in ("key", "match")}, other


def _says_something(value):
    if isinstance(value, dict):
        return any(_says_something(inner) for name, inner in value.items() if name not in ("key", "match"))
    if isinstance(value, list):
        return any(_says_something(inner) for inner in value)
    return isinstance(value, str) and bool(value.strip())
