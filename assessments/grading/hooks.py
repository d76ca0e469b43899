"""Rubrics in the Wagtail admin. Submissions and grades never enter it: they are at /work/ and /desk/."""

from wagtail import hooks
from wagtail.permissions import register_permission_policy

from assessments.grading.rubric_admin import RubricPolicy, viewset
from assessments.grading.rubrics import Rubric

register_permission_policy(Rubric, RubricPolicy(Rubric))


@hooks.register("register_admin_viewset")
def rubric_screens():
    return viewset
