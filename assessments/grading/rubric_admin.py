"""Rubrics in Wagtail's admin: criteria with levels on one page. Nobody deletes one; a used one keeps its figures."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy

from assessments.grading.models import GradeItem
from assessments.grading.rubrics import Rubric

FIGURES = {"weight", "veto", "points", "DELETE"}


class RubricPolicy(ModelPermissionPolicy):
    """Django's permissions of the model, without deleting: grades keep what they were given by."""

    def user_has_permission(self, user, action):
        return action != "delete" and super().user_has_permission(user, action)

    def user_has_any_permission(self, user, actions):
        return super().user_has_any_permission(user, set(actions) - {"delete"})


class RubricForm(WagtailAdminModelForm):
    """Words can always be bettered; weights and levels only until somebody has been graded by them."""

    def clean(self):
        cleaned = super().clean()
        if self.instance.pk and self._changes_figures() and is_used(self.instance):
            raise ValidationError(
                _("Work has been graded by this rubric: its weights and levels stay. Copy it and change the copy.")
            )
        return cleaned

    def _changes_figures(self):
        return any(
            FIGURES & set(form.changed_data) for formset in self.formsets.values() for form in _with_nested(formset)
        )


def _with_nested(formset):
    for form in formset.forms:
        yield form
        for nested in getattr(form, "formsets", {}).values():
            yield from _with_nested(nested)


def is_used(rubric):
    """Whether a level of this rubric has been chosen for any work."""
    return GradeItem.objects.filter(criterion__rubric=rubric).exists()


Rubric.base_form_class = RubricForm


class RubricViewSet(ModelViewSet):
    model = Rubric
    icon = "list-ol"
    menu_label = _("Rubrics")
    menu_name = "rubrics"
    menu_order = 320
    add_to_admin_menu = True
    list_display = ["title", "title_en", "pass_mark"]
    search_fields = ["title", "title_en"]
    search_backend_name = None
    inspect_view_enabled = True


viewset = RubricViewSet("rubrics")
