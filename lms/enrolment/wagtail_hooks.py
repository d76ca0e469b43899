"""The verbs of enrolment in Wagtail's audit log."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks


@hooks.register("register_log_actions")
def register_enrolment_verbs(actions):
    actions.register_action("enrolment.withdraw", _("Withdraw"), _("Recorded that the learner left"))
    actions.register_action("enrolment.readmit", _("Take back"), _("Took the learner back"))
    actions.register_action("enrolment.correct_name", _("Correct a name"), _("Corrected the name"))
    actions.register_action("enrolment.supervise", _("Assign a supervisor"), _("Assigned a supervisor"))
    actions.register_action("enrolment.end_supervision", _("End supervision"), _("Ended supervision"))
