"""Two marks that say whether what was kept is still true.

``courses`` changes when anything in the tree of courses does: published, withdrawn, moved, renamed, deleted. It belongs
to the course trees. ``bodies`` changes when something does that many lessons show: a picture, a document, an address.
A mark is a random text; whoever keeps a value keeps the mark beside it and compares.
"""

import secrets
from functools import partial

from django.core.cache import caches
from django.db import transaction

COURSES, BODIES = "courses", "bodies"


def mark(name):
    """The mark as it is now."""
    return caches["content"].get_or_set(f"mark:{name}", _new, None)


def change(*names):
    """Make everything kept under these marks untrue: at once for this transaction, and after commit for the others."""
    for name in names:
        _renew(name)
        transaction.on_commit(partial(_renew, name))


def _renew(name):
    caches["content"].set(f"mark:{name}", _new(), None)


def _new():
    return secrets.token_hex(8)
