"""The two plain forms: a text, and files. Both enter by the same door as a plugin's."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from assessments.submissions import Field, Section, submission_forms
from lms.verdicts import YES


@dataclass(frozen=True)
class PlainForm:
    """A form that anybody may start who may open the assignment, and that knows no names."""

    key: str
    label: str
    asks: tuple

    def sections(self):
        return list(self.asks)

    def may_start(self, activity, learner, now):
        return YES

    def names_to_find(self, submission):
        return []

    def start_url(self, activity, learner):
        return ""

    def caption(self, submission):
        return ""


text = submission_forms.register(
    PlainForm(
        "text",
        _("A text"),
        (Section("text", _("Your text"), (Field("text", _("Text"), "text", minimum=1, maximum=10_000),)),),
    )
)

files = submission_forms.register(
    PlainForm(
        "files",
        _("Files, with a note"),
        (
            Section(
                "files",
                _("Files and note"),
                (
                    Field("files", _("Files"), "files", minimum=1),
                    Field("note", _("Note for the marker"), "text", maximum=2_000),
                ),
            ),
        ),
    )
)
