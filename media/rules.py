"""May this file be added? Pure: figures in, verdict out."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from lms.verdicts import Verdict
from media.purposes import MEGABYTE


def megabytes(size):
    """Bytes in whole megabytes where that is exact, else with one decimal."""
    figure = round(size / MEGABYTE, 1)
    return int(figure) if figure == int(figure) else figure


def size_fits(*, size, largest):
    """A file has bytes, and not too many."""
    if size <= 0:
        return Verdict(False, _("This file is empty."))
    reason = _("This file has %(size)s MB; at most %(largest)s MB are taken.")
    return Verdict(size <= largest, reason % {"size": megabytes(size), "largest": megabytes(largest)})


def count_fits(*, count, most):
    """The subject has room for one more file."""
    reason = ngettext_lazy(
        "At most %(most)s file is taken here. Remove it before you add another.",
        "At most %(most)s files are taken here. Remove one before you add another.",
        "most",
    )
    return Verdict(count < most, reason % {"most": most})


def quota_fits(*, used, size, quota):
    """The owner has room for these bytes."""
    reason = _("Your files together would exceed %(quota)s MB. Remove some, or ask the programme office.")
    return Verdict(used + size <= quota, reason % {"quota": megabytes(quota)})
