"""Numbers of credentials: LX-NS-2025-K-0007-C, that is programme, area, year of the cohort, track, running number and
check character, counted in a series without gaps and never used again.

The check character is ISO/IEC 7064 MOD 37,36 over the letters and digits before it, as computed by python-stdnum: it
finds every single wrong character and nearly every pair that changed places.
"""

import re
import unicodedata

from django.utils.translation import gettext as _
from stdnum.exceptions import ValidationError
from stdnum.iso7064 import mod_37_36

from lms.verdicts import Refused

PROGRAMME = "LX"
CODE = re.compile(r"[A-Z0-9]{1,6}")
DASHES = re.compile(r"[\s\-‐-―−_./]+")


def series_code(intake):
    """LX-NS-2025-K. Raises Refused when the programme's region or the track's code is not a short code."""
    parts = [intake.cohort.programme.region, str(intake.cohort.starts_on.year), intake.track.code]
    for part in parts:
        if not CODE.fullmatch(part):
            reason = _(
                "“%(part)s” cannot stand in a certificate number: capital letters and digits only, like NS or K."
            )
            raise Refused(reason % {"part": part})
    return "-".join([PROGRAMME, *parts])


def number(series, running):
    """The number of the ``running``-th credential of a series, with its check character."""
    body = f"{series}-{running:04d}"
    return f"{body}-{mod_37_36.calc_check_digit(body.replace('-', ''))}"


def tidied(text):
    """A number as somebody typed it, in our spelling: capitals, half width, hyphens."""
    text = unicodedata.normalize("NFKC", text).strip().upper()
    return DASHES.sub("-", text).strip("-")


def is_well_formed(text):
    """Whether a tidied number has the right check character: otherwise it was mistyped, whoever's it is."""
    try:
        mod_37_36.validate(text.replace("-", ""))
    except ValidationError:
        return False
    return True
