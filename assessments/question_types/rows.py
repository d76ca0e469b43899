"""Rows of a question (options, items, pairs): their keys, which say nothing, and their order in one attempt.

Keys are letters that stay with a row for good, so that a translation and every saved response mean the same row. They
are dealt out by the row's text, never by its place or by whether it is right, because the browser gets to see them.
"""

import random
import string

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


def texts(rows):
    """Rows as written (plain texts or dicts with ``text``), empty ones left out."""
    rows = [{"text": row} if isinstance(row, str) else dict(row) for row in rows or ()]
    return [row for row in rows if str(row.get("text", "")).strip()]


def keyed(rows, *, salt="", name="key", text="text"):
    """The rows, each with a letter under ``name``; rows that have one of their own keep it."""
    taken = set()
    for row in rows:
        row[name] = None if row.get(name) in taken else row.get(name)
        taken |= {row[name]} - {None}
    bare = sorted((row for row in rows if not row.get(name)), key=lambda row: row[text])
    letters = [letter for letter in letters_for(len(rows)) if letter not in taken]
    random.Random(salt + "\n".join(row[text] for row in bare)).shuffle(letters)
    dealt = {id(row): letter for row, letter in zip(bare, letters, strict=False)}
    return [{**row, name: row.get(name) or dealt[id(row)]} for row in rows]


def letters_for(count):
    """a, b, c … for so many rows; beyond z: aa, ab …"""
    alphabet = string.ascii_lowercase
    if count <= len(alphabet):
        return list(alphabet[:count])
    return [first + second for first in alphabet for second in alphabet][:count]


def in_order(rows, order):
    """The rows shuffled, beginning from the order of their keys: how they were written leaves no trace."""
    rows = sorted(rows, key=lambda row: row["key"])
    order.shuffle(rows)
    return tuple(rows)


def require(condition, sentence):
    if not condition:
        raise ValidationError(sentence)


def require_text(data):
    require(str(data.get("text", "")).strip(), _("Write the question."))


def no_doubles(rows, name="text"):
    seen = [row[name].strip() for row in rows]
    require(len(set(seen)) == len(seen), _("Two rows say the same."))
