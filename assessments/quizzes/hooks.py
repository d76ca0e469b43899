"""What of quizzes is written into Wagtail's log."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogFormatter


@hooks.register("register_log_actions")
def quiz_log_actions(actions):
    actions.register_action("assessments.quiz.export")(Export)


class Export(LogFormatter):
    """A spreadsheet of learners' attempts was taken: how many, and nobody's name."""

    label = _("Download attempts")

    def format_message(self, log_entry):
        return _("Attempts downloaded: %(count)s") % {"count": log_entry.data.get("attempts", 0)}
