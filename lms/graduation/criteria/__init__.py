"""The registry of graduation criteria, and the contract of one.

A criterion is a frozen dataclass whose fields are its settings in the policy. ``gather`` reads the facts of many
enrolments with a number of queries that does not depend on how many; ``check`` is pure. Ours sit in this package,
one file each, and come in by ``lms.graduation.lms_plugin`` like anybody else's.
"""

from dataclasses import field, fields
from typing import Any, Protocol

from django.utils.formats import number_format

from lms.plugins import Registry

criteria = Registry("lms.graduation.criteria")


class Criterion(Protocol):
    """A line of a graduation policy.

    ``gather`` answers with facts by enrolment id; an enrolment that is missing there has the facts None.
    ``check`` may put into ``Verdict.facts``, beside figures of its own: ``figure`` and ``target`` (texts: “1 record”,
    “2”), ``share`` (0 to 100), ``missing`` (texts) and ``evidence`` (dicts of ``text``, ``on``: an ISO date,
    ``grade``, ``submission``: its uuid). Of a case record that is all: its text opens only through ``visible_to``.

    Two more methods are asked for when they are there: ``todo(verdict)``, what to do as an imperative (without it:
    the label), and ``url(enrolment)``, where it is done. A ``Form`` attribute replaces the staff form of the fields.
    """

    key: str
    label: str

    def gather(self, enrolments) -> dict[int, Any]: ...

    def check(self, facts): ...


def setting(label, default, *, minimum=0, maximum=None, help_text=""):
    """A field of a criterion with what its form needs to know."""
    metadata = {"label": label, "min_value": minimum, "max_value": maximum, "help_text": help_text}
    return field(default=default, metadata={name: value for name, value in metadata.items() if value not in ("", None)})


def configured(key, settings):
    """The criterion with these settings; what it does not know is left out. None when its plugin is not installed."""
    found = criteria.get(key)
    if found is None:
        return None
    known = {one.name for one in fields(found)}
    return found(**{name: value for name, value in settings.items() if name in known})


def one_decimal(tenths):
    """A number of tenths with a decimal only where it is needed: 795 → 79.5, 800 → 80."""
    return number_format(tenths // 10 if tenths % 10 == 0 else tenths / 10)


def share(part, whole):
    """A part of a whole from 0 to 100, for a bar that is full only when nothing is missing."""
    return 100 if part >= whole else int(100 * part / whole)
