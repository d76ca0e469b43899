"""Why a private file is kept, and so who may put it there and open it. The app that owns the purpose registers here."""

from typing import Protocol

from lms.plugins import Registry
from lms.verdicts import Verdict

file_purposes = Registry("media.file_purposes")


class FilePurpose(Protocol):
    """A purpose of private files.

    ``types``: content types by extension that are taken. ``max_size``: bytes a file. ``max_count``: files a subject.
    ``quota``: bytes an owner. ``may_upload``: may this person add a file to the subject (an id in the words of the
    app)? ``received``: called in the transaction that stores the file. ``may_open``: the capacity in which this
    person may open the file (author, supervisor, …), or an empty text: not at all. ``may_remove``: take it back.
    """

    key: str
    label: str
    types: dict
    max_size: int
    max_count: int
    quota: int

    def may_upload(self, user, subject: str, now) -> Verdict: ...

    def received(self, file, subject: str, user, now) -> None: ...

    def may_open(self, user, file, now) -> str: ...

    def may_remove(self, user, file, now) -> Verdict: ...
