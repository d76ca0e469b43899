"""Why a private file is kept, and so who may put it there and open it. The app that owns the purpose registers here.

How an app keeps private files (evidence of an application, files of a submission):

1. Register a purpose in its ``lms_plugin.py``: an object with the fields and methods of ``FilePurpose`` below. In
   ``received`` it writes the row of its own that ties the ``PrivateFile`` to its subject.
2. In a form's template, inside ``<form method="post" enctype="multipart/form-data">``::

       {% load uploads %}
       {% upload "evidence" purpose="evidence" subject=choice.uuid files=files label=_("Files") errors=errors %}

   and once on the page, in the block ``scripts``::

       <script type="module" src="{% static "lx/js/upload.js" %}"></script>

   Begin the form with a hidden plain submit button: Enter presses a form's first button, and each file has one.
   With JavaScript the browser sends files in pieces (tus) and removes them at once; without it they come with the form.
3. In the view that takes the form, for those without JavaScript::

       errors = media.actions.receive_all(request.FILES.getlist("evidence"), "evidence", subject, user, now)
       media.actions.take_back_named(request.POST.get("remove_file"), user, now)      # raises Refused

   ``errors`` is a list of sentences for beside the field. ``receive(upload_file, …)`` takes one file, raises Refused.
4. Link to ``{% url "media:file" file.uuid %}``; ``?inline=1`` shows a PDF in an iframe. The view asks ``may_open``,
   logs the ``Opening`` and serves. For text call ``media.actions.log_opening(user, kind, reference, capacity, now)``.
5. Rows of yours outlive the bytes: show files with ``erased_at`` None. ``erase_file(file, now)`` erases one by law.
   ``FileTakenBack`` (media.events) tells, in the same transaction, that somebody took a file back.
"""

from typing import Protocol

from lms.plugins import Registry
from lms.verdicts import Verdict, unavailable

file_purposes = Registry("media.file_purposes")

MEGABYTE = 1024 * 1024
PDF = {"pdf": "application/pdf"}
DOCX = {"docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document"}
PICTURES = {"jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png"}


class FilePurpose(Protocol):
    """A purpose of private files.

    ``types``: content types by extension that are taken (of PDF, DOCX, PICTURES: what we can check and clean).
    ``max_size``: bytes a file. ``max_count``: files a subject. ``quota``: bytes an owner.
    ``may_upload``: may this person add a file to the subject (an id in the words of the app)?
    ``received``: called in the transaction that stores the file; locks the subject, and raises ``Refused`` when nothing
    is taken any more. ``may_open``: the capacity in which this person may open the file (author, supervisor, …), or an
    empty text: not at all. ``may_remove``: take it back, asked in the transaction that does so; a verdict with the fact
    ``kept`` lets the file leave its subject while its bytes stay (a handed-in version has it).
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


def purpose_of(key):
    """The purpose as registered. Raises Refused, for people to read, when the app that owns it is not installed."""
    found = file_purposes.get(key)
    if found is None:
        unavailable(key).require()
    return found
