"""Things on the left, each with its partner on the right; the right side may have some too many."""

from dataclasses import dataclass, replace

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.question_types.controls import controls
from assessments.question_types.rows import in_order, keyed, no_doubles, require, require_text, texts
from assessments.questions import Mark


@dataclass(frozen=True)
class Matching:
    """Share of the lines matched rightly. Response: {left key: right key}.

    ``pairs`` are ``{key, left, match, right}``, ``extra`` are ``{key, text}``; ``match`` and the extra keys are the
    letters of the right side, dealt out apart from those of the left. Two lines may share a partner.
    """

    key, label, hint = "matching", gettext_lazy("Matching"), gettext_lazy("Choose one on each line.")
    columns = {"pairs": ("left", "right"), "extra": ("text",)}
    text: str = ""
    explanation: str = ""
    pairs: tuple = ()
    extra: tuple = ()
    order: tuple = ()

    @classmethod
    def written(cls, data):
        require_text(data)
        pairs = [dict(row) for row in data.get("pairs") or () if row.get("left") or row.get("right")]
        require(len(pairs) >= 2, _("Give at least two pairs."))
        require(
            all(row.get("left") and row.get("right") for row in pairs), _("Each pair needs a left and a right side.")
        )
        no_doubles(pairs, "left")
        rights = _keyed_rights(pairs, texts(data.get("extra")))
        keys = {row["text"]: row["key"] for row in rights}
        pairs = [{**row, "match": keys[row["right"]]} for row in keyed(pairs, salt="left", text="left")]
        partners = {row["right"] for row in pairs}
        return {**data, "pairs": pairs, "extra": [row for row in rights if row["text"] not in partners]}

    def shuffled(self, order):
        pairs = in_order(self.pairs, order)
        return replace(self, pairs=pairs, order=tuple(key for key, _text in _shuffled(self.rights(), order)))

    def rights(self):
        """(key, text) of the right side in the order of the attempt."""
        found = {row["match"]: row["right"] for row in self.pairs} | {row["key"]: row["text"] for row in self.extra}
        return [(key, found[key]) for key in self.order or sorted(found)]

    def form(self, data=None, **options):
        return MatchForm(self.pairs, self.rights(), data, **options)

    def mark(self, response):
        given = response or {}
        right = sum(given.get(row["key"]) == row["match"] for row in self.pairs)
        return Mark(right / len(self.pairs) if self.pairs else 0.0)

    def answer(self):
        return _("; ").join(f"{row['left']} – {row['right']}" for row in self.pairs)

    def said(self, response):
        named, given = dict(self.rights()), response or {}
        chosen = [(row["left"], named.get(given.get(row["key"]))) for row in self.pairs]
        return _("; ").join(f"{left} – {right}" for left, right in chosen if right)


def _keyed_rights(pairs, extra):
    """The right side, each text once, with its letter."""
    rows = {row["right"]: {"text": row["right"], "key": row.get("match")} for row in pairs}
    return keyed([*rows.values(), *(row for row in extra if row["text"] not in rows)], salt="right")


def _shuffled(rows, order):
    order.shuffle(rows)
    return rows


class PartnersField(forms.MultiValueField):
    """One choice per line into {left: right}; lines left open are left out."""

    def __init__(self, pairs, rights):
        self.keys = [row["key"] for row in pairs]
        choices = [("", _("Choose")), *rights]
        fields = [forms.ChoiceField(choices=choices, required=False) for _row in pairs]
        widget = PartnersWidget(pairs, choices)
        super().__init__(fields, widget=widget, required=False, require_all_fields=False)

    def compress(self, values):
        return {key: value for key, value in zip(self.keys, values, strict=False) if value} or None


class PartnersWidget(forms.MultiWidget):
    def __init__(self, pairs, choices):
        self.keys = [row["key"] for row in pairs]
        super().__init__({key: forms.Select(attrs={"class": "input"}, choices=choices) for key in self.keys})

    def decompress(self, value):
        return [(value or {}).get(key, "") for key in self.keys]


class MatchForm(forms.Form):
    def __init__(self, pairs, rights, data=None, **options):
        super().__init__(data, **options)
        self.lefts = [row["left"] for row in pairs]
        self.fields["answer"] = PartnersField(pairs, rights)

    def rows(self):
        """(left text, select of the right side) per line, for the template."""
        return list(zip(self.lefts, controls(self["answer"]), strict=True))
