"""The application form on the page: Django forms made from ``form.py``, read from a request, checked, summarised.

A section's values are kept exactly as typed: a dict of strings by field, with the rows under ``rows``. So a draft can
hold what would not pass, and nothing is lost.
"""

import re
from datetime import date

from django import forms
from django.core.validators import RegexValidator
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from lms.admissions import form as data
from lms.admissions import rules
from lms.texts import characters

MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")
PHONE = re.compile(r"1[3-9]\d{9}|\+852\d{8}|\+8536\d{7}")


class LengthValidator:
    def __init__(self, minimum, maximum):
        self.minimum, self.maximum = minimum, maximum

    def __call__(self, text):
        count = characters(text)
        if count < self.minimum:
            n = self.minimum - count
            raise forms.ValidationError(ngettext("%(n)s character to go", "%(n)s characters to go", n) % {"n": n})
        if count > self.maximum:
            n = count - self.maximum
            raise forms.ValidationError(ngettext("%(n)s character too many", "%(n)s characters too many", n) % {"n": n})


def valid_month(text):
    if not MONTH.fullmatch(text):
        raise forms.ValidationError(_("Write year and month like 2021-09."))


def month(text):
    """The first day of ``2021-09``; None when it is not a month."""
    found = MONTH.fullmatch(text or "")
    return date(int(found[1]), int(found[2]), 1) if found else None


# --- from data to Django's forms ------------------------------------------------------------------------------------
def _line(field, **options):
    validators = [LengthValidator(field.minimum, field.maximum)]
    return forms.CharField(validators=validators, **options)


def _text(field, **options):
    widget = forms.Textarea(attrs={"rows": 6})
    return forms.CharField(widget=widget, validators=[LengthValidator(field.minimum, field.maximum)], **options)


def _choice(field, **options):
    return forms.ChoiceField(choices=[("", "—"), *field.choices], **options)


def _choices(field, **options):
    return forms.MultipleChoiceField(choices=field.choices, widget=forms.CheckboxSelectMultiple, **options)


def _number(field, **options):
    widget = forms.NumberInput(attrs={"class": "input--short", "inputmode": "numeric"})
    return forms.IntegerField(min_value=field.minimum, max_value=field.maximum, widget=widget, **options)


def _month(field, **options):
    widget = forms.TextInput(attrs={"type": "month", "class": "input--short", "placeholder": "2021-09"})
    return forms.CharField(validators=[valid_month], widget=widget, **options)


def _phone(field, **options):
    right = RegexValidator(
        re.compile(rf"^(?:{PHONE.pattern})$"), gettext_lazy("Write 11 digits, or +852 or +853 and the number.")
    )
    widget = forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"})
    return forms.CharField(validators=[right], widget=widget, **options)


def _email(field, **options):
    return forms.EmailField(widget=forms.EmailInput(attrs={"autocomplete": "email"}), **options)


def _tick(field, **options):
    return forms.BooleanField(**options)


KINDS = {
    "line": _line,
    "text": _text,
    "choice": _choice,
    "choices": _choices,
    "number": _number,
    "year": _number,
    "month": _month,
    "phone": _phone,
    "email": _email,
    "tick": _tick,
}


class PartForm(forms.Form):
    """The fields of a section, or of one row of it."""

    definition: tuple = ()

    def clean(self):
        values = super().clean()
        for field in self.definition:
            if field.when and values.get(field.when[0]) == field.when[1] and not values.get(field.key):
                self.add_error(field.key, self.fields[field.key].error_messages["required"])
        if (since := values.get("since")) and (until := values.get("until")) and until < since:
            self.add_error("until", _("This is earlier than the beginning."))
        return values


def _form_class(fields):
    made = {
        field.key: KINDS[field.kind](field, label=field.label, required=field.required, help_text=field.hint)
        for field in fields
    }
    return type("PartForm", (PartForm,), {**made, "definition": fields})


def _part(fields, values, prefix, checked):
    given = {f"{prefix}-{key}": value for key, value in values.items()}
    if checked:
        return _form_class(fields)(given, prefix=prefix)
    return _form_class(fields)(initial=values, prefix=prefix)


# --- a section ------------------------------------------------------------------------------------------------------
class SectionForm:
    """A section with its values. ``checked``: with what is wrong. Looks like a formset to ``{% error_summary %}``."""

    def __init__(self, section, values=None, *, checked=False, today=None, files=0):
        self.section, self.values, self.checked = section, values or {}, checked
        self.is_bound, self.today, self.files = checked, today, files
        self.form = _part(section.fields, self.values, "f", checked) if section.fields else None
        self.rows = [_part(section.rows.fields, row, f"row-{n}", checked) for n, row in enumerate(self._rows())]

    def _rows(self):
        if not self.section.rows:
            return []
        return self.values.get("rows") or [{}]

    @property
    def forms(self):
        return [*([self.form] if self.form else []), *self.rows]

    def non_form_errors(self):
        """What is wrong with the section as a whole."""
        if not self.checked:
            return []
        return [str(verdict.reason) for verdict in self._verdicts() if not verdict]

    def is_valid(self):
        return all(form.is_valid() for form in self.forms) and not self.non_form_errors()

    @property
    def may_add(self):
        return self.section.rows and len(self.rows) < self.section.rows.maximum

    def _verdicts(self):
        if self.section.key == "experience" and all(row.is_valid() for row in self.rows):
            yield rules.enough_months(months(self.values, self.today))
            yield rules.in_district([row.get("town") for row in self._rows()], data.ELSEWHERE)
        if self.section.files:
            yield rules.Verdict(self.files >= self.section.files, _("Add at least one file."))


def read(section, post):
    """The values of a section in a request, as typed; rows that were taken out or left empty are gone."""
    values = {field.key: _value(post, f"f-{field.key}", field) for field in section.fields}
    if section.rows:
        values["rows"] = list(_read_rows(section.rows, post))
    return values


def _read_rows(rows, post):
    for n in range(rows.maximum + 1):
        row = {field.key: _value(post, f"row-{n}-{field.key}", field) for field in rows.fields}
        if any(row.values()) and f"row-{n}-remove" not in post:
            yield row


def _value(post, name, field):
    if field.kind == "choices":
        known = {key for key, _label in field.choices}
        return [value for value in post.getlist(name) if value in known]
    return post.get(name, "").replace("\x00", "").strip()


def months(values, today):
    """Months of work with children in the values of the section ``experience``."""
    spans = [(month(row.get("since")), month(row.get("until"))) for row in values.get("rows", [])]
    return rules.months_of_service([span for span in spans if span[0]], today)


# --- the whole form -------------------------------------------------------------------------------------------------
def section_forms(application, *, today, files):
    """Every section checked against what was saved; ``files``: how many pieces of evidence there are."""
    return [
        SectionForm(section, application.answers.get(section.key), checked=True, today=today, files=files)
        for section in data.sections(application.programme.region)
    ]


def lines(section, values, fields=None):
    """(label, value in words) of what was filled in, and the rows as (heading, lines). ``fields``: only these."""
    fields = section.fields if fields is None else fields
    own = [(field.label, words(field, values.get(field.key))) for field in fields]
    rows = []
    if section.rows:
        for n, row in enumerate(values.get("rows", []), start=1):
            heading = f"{section.rows.label} {n}"
            rows.append((heading, [(field.label, words(field, row.get(field.key))) for field in section.rows.fields]))
    return own, rows


def words(field, value):
    """A kept value as people read it."""
    if field.kind == "tick":
        return _("yes") if value else _("no")
    if field.kind in ("choice", "choices"):
        picked = value if isinstance(value, list) else [value]
        return _(", ").join(str(label) for key, label in field.choices if key in picked)
    first = month(value) if field.kind == "month" else None
    return date_format(first, "YEAR_MONTH_FORMAT") if first else value or ""
