"""How much was written: one measure for every field that asks for more or less, one limit for what can be kept."""

from django.utils.translation import gettext as _

from lms.verdicts import Verdict, first_no

LONGEST = 20_000  # characters that can be kept of one text, whatever its field allows
MOST_ROWS = 60  # that can be kept of one table


def characters(text):
    """Characters without spaces and line breaks, as word processors count Chinese. ``draft.js`` counts alike."""
    return sum(not character.isspace() for character in text)


def fits(text, maximum):
    """Whether something was written, and no more than a field takes. Only what fits can be sent, so only that is looked
    through: a pasted book would keep the server busy for minutes."""
    return bool(text) and characters(text) <= maximum


def can_be_kept(values):
    """No text of a section is longer than we keep, and no table has more rows: nothing is cut in silence.

    ``values``: texts, lists of texts and lists of rows (dicts of texts), by field.
    """
    rows = [row for value in values.values() if isinstance(value, list) for row in value if isinstance(row, dict)]
    texts = [*values.values(), *(text for row in rows for text in row.values())]
    most = max((len(text) for text in texts if isinstance(text, str)), default=0)
    reason = _("A text of %(n)s characters is too long; nothing of this part was saved.") % {"n": most}
    return first_no(
        Verdict(most <= LONGEST, reason),
        Verdict(len(rows) <= MOST_ROWS, _("There are too many rows; nothing of this part was saved.")),
    )
