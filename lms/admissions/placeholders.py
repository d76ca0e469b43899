"""The closed list of placeholders in letters, by kind of letter. A template is text: nothing in it is ever evaluated.

``{name}`` stands in subject and body; which names a letter may use depends on its kind, because only then there is
something to put in.
"""

import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

PLACEHOLDER = re.compile(r"\{([^{}\n]*)\}")

EVERY_LETTER = {
    "name": gettext_lazy("name of the applicant"),
    "number": gettext_lazy("number of the letter"),
    "application": gettext_lazy("application number"),
    "programme": gettext_lazy("programme"),
    "date": gettext_lazy("date of the letter"),
    "contact": gettext_lazy("contact of the programme"),
    "link": gettext_lazy("address of the status page"),
}
ABOUT_A_CHOICE = {
    "track": gettext_lazy("track"),
    "cohort": gettext_lazy("cohort"),
    "starts": gettext_lazy("first day of the cohort"),
    "seats": gettext_lazy("number of seats"),
}
BY_KIND = {
    "receipt": {
        "time": gettext_lazy("time of arrival"),
        "tracks": gettext_lazy("tracks that were applied for"),
        "files": gettext_lazy("files with size and check sum"),
        "missed": gettext_lazy("tracks that were closed already, with the reason"),
    },
    "offer": {**ABOUT_A_CHOICE, "deadline": gettext_lazy("until when to confirm")},
    "waitlist": {
        **ABOUT_A_CHOICE,
        "position": gettext_lazy("place on the waiting list"),
        "valid_until": gettext_lazy("until when the waiting list is used"),
        "days": gettext_lazy("days to confirm an offer"),
    },
    "decline": {
        **ABOUT_A_CHOICE,
        "reason": gettext_lazy("reason"),
        "review_until": gettext_lazy("until when a review can be asked for"),
    },
    "ask": {
        **ABOUT_A_CHOICE,
        "items": gettext_lazy("what is missing"),
        "deadline": gettext_lazy("until when to supplement"),
    },
    "lapse": {**ABOUT_A_CHOICE, "deadline": gettext_lazy("until when it could be confirmed")},
    "confirmed": ABOUT_A_CHOICE,
}
SAMPLES = {
    "name": "房知夏",
    "number": "SQ-2026-0083-2",
    "application": "SQ-2026-0083",
    "programme": "亮星计划",
    "date": "2026-11-24",
    "contact": "020-0000 0000",
    "link": "https://example.org/applications/",
    "track": "正向教养家长引导师",
    "cohort": "3",
    "starts": "2026-12-06",
    "seats": "30",
    "time": "2026-11-10 16:42",
    "tracks": "1. 正向教养家长引导师",
    "files": "活动总结.pdf · 2.1 MB · 9a27f0c1",
    "missed": "",
    "deadline": "2026-11-27 18:00",
    "position": "2",
    "valid_until": "2026-12-05",
    "days": "3",
    "reason": "…",
    "review_until": "2026-12-01",
    "items": "…",
}


def names(kind):
    """{placeholder: what it stands for} that a letter of this kind may use."""
    return {**EVERY_LETTER, **BY_KIND.get(kind, {})}


def unknown(kind, text):
    """Placeholders of the text, in order, that a letter of this kind cannot fill."""
    known = names(kind)
    return [name for name in dict.fromkeys(PLACEHOLDER.findall(text)) if name not in known]


def complaint(kind, found):
    """What is wrong with these placeholders, and which ones there are."""
    return _("This letter has no placeholder %(found)s. It knows: %(known)s.") % {
        "found": ", ".join(f"{{{name}}}" for name in found),
        "known": ", ".join(f"{{{name}}}" for name in names(kind)),
    }


def fill(text, values):
    """The text with every placeholder replaced by its value; values are put in as they are, never read again."""
    return PLACEHOLDER.sub(lambda match: str(values[match.group(1)]), text)


def sample(text):
    """The text filled with an invented applicant, for the preview; an unknown placeholder stays as it was typed."""
    return PLACEHOLDER.sub(lambda match: SAMPLES.get(match.group(1), match.group(0)), text)
