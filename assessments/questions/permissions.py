"""Who may write questions: whoever may edit the course's page may write that course's questions, and nobody else.

The layers above grant roles; what a role may do with a course arrives here as Wagtail's page permission on it, so this
app needs to know no grants, and one question has one answer: may this person edit the course?
"""

from wagtail.permission_policies import BasePermissionPolicy
from wagtail.permission_policies.pages import PagePermissionPolicy

from assessments.questions.models import Question
from content.models import CoursePage

ACTIONS = {"add", "change", "view", "choose"}  # nobody deletes a question: attempts keep what they saw


def courses_of(user):
    """The courses whose page this person may edit."""
    return PagePermissionPolicy(CoursePage).instances_user_has_permission_for(user, "change")


class QuestionPolicy(BasePermissionPolicy):
    """Questions of the courses one may edit; those of no course belong to superusers."""

    def user_has_permission(self, user, action):
        return self.user_has_any_permission(user, [action])

    def user_has_any_permission(self, user, actions):
        return bool(ACTIONS & set(actions)) and user.is_active and (user.is_superuser or courses_of(user).exists())

    def users_with_any_permission(self, actions):
        return PagePermissionPolicy(CoursePage).users_with_permission("change")

    def user_has_permission_for_instance(self, user, action, instance):
        return self.instances_user_has_any_permission_for(user, [action]).filter(pk=instance.pk).exists()

    def instances_user_has_any_permission_for(self, user, actions):
        if not ACTIONS & set(actions) or not user.is_active:
            return Question.objects.none()
        if user.is_superuser:
            return Question.objects.all()
        return Question.objects.filter(course__in=courses_of(user).values("translation_key"))
