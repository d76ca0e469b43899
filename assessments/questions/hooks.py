"""Questions and quizzes in the Wagtail admin: permission, screens, log actions."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.permissions import register_permission_policy

from assessments.questions.models import Question
from assessments.questions.permissions import QuestionPolicy

register_permission_policy(Question, QuestionPolicy(Question))

from assessments.questions.admin import chooser, viewset  # noqa: E402  its screens ask for the policy


@hooks.register("register_admin_viewset")
def question_screens():
    return [viewset, chooser]


@hooks.register("register_log_actions")
def question_log_actions(actions):
    actions.register_action("assessments.question.write", _("Write question"), _("Question written"))
