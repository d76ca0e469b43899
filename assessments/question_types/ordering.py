"""Things to be put in order."""

import random
from dataclasses import dataclass, replace
from itertools import combinations

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.question_types.controls import controls
from assessments.question_types.rows import in_order, keyed, no_doubles, require, require_text, texts
from assessments.questions import Mark


@dataclass(frozen=True)
class Ordering:
    """Marked by pairs: pairs in the right order minus pairs in the wrong one, as a share of all, never below 0.

    So one item out of place costs little wherever it lands, while a random order earns nothing on average (counting
    places would give 0 to an order that is right but shifted by one). ``items`` stand in the right order; the shown
    order is never the right one, so that an answer is always a move (with three items or more that tells next to
    nothing). Response: the keys in order.
    """

    key, label = "ordering", gettext_lazy("Ordering")
    hint = gettext_lazy("What comes first goes to the top.")
    columns = {"items": ("place", "text")}
    text: str = ""
    explanation: str = ""
    items: tuple = ()
    shown: tuple = ()

    @classmethod
    def written(cls, data):
        require_text(data)
        items = texts(data.get("items"))
        require(len(items) >= 3, _("Give at least three things to put in order."))
        no_doubles(items)
        return {**data, "items": keyed(items)}

    def shuffled(self, order):
        shown = in_order(self.items, order)
        while len(self.items) > 1 and shown == tuple(self.items):
            shown = in_order(self.items, order)
        return replace(self, shown=shown)

    def form(self, data=None, **options):
        return OrderForm(self.shown or self.shuffled(random.Random(0)).shown, data, **options)

    def mark(self, response):
        given = [key for key in response or () if key in self._right()]
        if len(given) != len(self.items):
            return Mark(0.0)
        right = self._right()
        pairs = list(combinations(given, 2))
        agreeing = sum(right[first] < right[second] for first, second in pairs)
        return Mark(max(0.0, (2 * agreeing - len(pairs)) / len(pairs)))

    def answer(self):
        return " → ".join(row["text"] for row in self.items)

    def said(self, response):
        named = {row["key"]: row["text"] for row in self.items}
        return " → ".join(named[key] for key in response or () if key in named)

    def _right(self):
        return {row["key"]: place for place, row in enumerate(self.items)}


class PlacesWidget(forms.MultiWidget):
    """A number for each item: what the page uses without scripts, and what the arrow buttons write into."""

    def __init__(self, rows):
        self.keys = [row["key"] for row in rows]
        numbers = [("", "–"), *((number, number) for number in range(1, len(rows) + 1))]
        super().__init__({row["key"]: forms.Select(attrs=_place_attrs(row), choices=numbers) for row in rows})

    def decompress(self, value):
        return [""] * len(self.keys)  # what is stored comes in as places: see OrderForm


def _place_attrs(row):
    label = _("Place of “%(item)s”") % {"item": row["text"]}
    return {"class": "input order__place", "data-place": "", "aria-label": label}


class PlacesField(forms.MultiValueField):
    """Numbers into keys in order; equal numbers keep the order shown, an item without a number comes last."""

    def __init__(self, rows):
        self.keys = [row["key"] for row in rows]
        number = {"min_value": 1, "max_value": len(rows), "required": False}
        fields = [forms.IntegerField(**number) for _row in rows]
        super().__init__(fields, widget=PlacesWidget(rows), required=False, require_all_fields=False)

    def compress(self, places):
        if not any(places):
            return None
        last = len(self.keys) + 1
        placed = sorted(zip(places, self.keys, strict=True), key=lambda pair: pair[0] or last)
        return [key for _place, key in placed]


class OrderForm(forms.Form):
    """Rows in the order the learner gave them last, else in the order shown."""

    def __init__(self, rows, data=None, initial=None, **options):
        super().__init__(data, initial=dict(initial or {}), **options)
        given = (initial or {}).get("answer") or []
        rows = sorted(rows, key=lambda row: given.index(row["key"]) if row["key"] in given else len(given))
        self.texts = [row["text"] for row in rows]
        self.fields["answer"] = PlacesField(rows)
        self.initial["answer"] = [given.index(row["key"]) + 1 if row["key"] in given else "" for row in rows]

    def rows(self):
        """(text, number select) per item, for the template."""
        return list(zip(self.texts, controls(self["answer"]), strict=True))
