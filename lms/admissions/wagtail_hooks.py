"""Letter templates in the Wagtail admin, with a preview; the verbs of admission in its audit log."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, HelpPanel
from wagtail.snippets.models import register_snippet

from lms.admissions.models import LetterTemplate
from lms.programmes.own_admin import OwnSnippetViewSet, panels
from lms.programmes.permission_policies import keep_within_reach, programmes_of

VERBS = (
    ("admissions.send", _("Send an application"), _("Sent the application")),
    ("admissions.reopen", _("Reopen an application"), _("Reopened the application")),
    ("admissions.screen", _("Screen"), _("Answered the screening checks")),
    ("admissions.approve_exception", _("Approve an exception"), _("Approved the exception")),
    ("admissions.score", _("Score"), _("Sent a score sheet")),
    ("admissions.offer", _("Offer a seat"), _("Offered a seat")),
    ("admissions.waitlist", _("Put on the waiting list"), _("Put on the waiting list")),
    ("admissions.decline", _("Decline"), _("Declined")),
    ("admissions.ask", _("Ask for more"), _("Asked for more")),
    ("admissions.confirm", _("Confirm a seat"), _("Confirmed the seat")),
    ("admissions.withdraw", _("Withdraw a choice"), _("Withdrew the choice")),
    ("admissions.give_up", _("Give up a seat"), _("Left after confirming; the seat is free")),
    ("admissions.take_back", _("Take back"), _("Took the learner back; the seat is held again")),
    ("admissions.lapse", _("Let an offer lapse"), _("The offer lapsed")),
    ("admissions.export", _("Export applications"), _("Exported the applications")),
)


@hooks.register("register_log_actions")
def register_admission_verbs(actions):
    for verb, label, message in VERBS:
        actions.register_action(verb, label, message)


def templates_of(user):
    return LetterTemplate.objects.filter(programme__in=programmes_of(user).values("pk"))


keep_within_reach(LetterTemplate, templates_of)


class LetterTemplateViewSet(OwnSnippetViewSet):
    model = LetterTemplate
    icon = "mail"
    menu_label = _("Letters")
    menu_name = "letters"
    menu_order = 240
    add_to_admin_menu = True
    list_display = ["kind", "language", "subject", "programme"]
    list_filter = ["kind", "language", "programme"]
    edit_handler = panels(
        FieldPanel("programme"),
        FieldPanel("kind"),
        FieldPanel("language"),
        HelpPanel(template="admissions/letter_placeholders.html", heading=_("Placeholders")),
        FieldPanel("subject"),
        FieldPanel("body"),
    )


register_snippet(LetterTemplateViewSet)
