"""Screens of Wagtail's admin that show each person what is theirs: lists, forms, filters and choosers by grant.

An app above says which rows of a model are whose, and builds its viewset from these::

    keep_within_reach(Policy, policies_of)

    class PolicyViewSet(OwnViewSet):
        model = Policy
"""

from django.http import Http404
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import ObjectList
from wagtail.admin.views import generic
from wagtail.admin.views.generic import history, usage
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.snippets.views import chooser, snippets

from lms.programmes.admin_forms import ReachForm
from lms.programmes.permission_policies import REACH, within_reach

VERBS = ["add", "change", "delete", "view"]


class OwnFilters(WagtailFilterSet):
    """Filters that offer only what is one's own."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for one in self.filters.values():
            model = getattr(getattr(one, "queryset", None), "model", None)
            if model in REACH:
                one.queryset = within_reach(model, self.request.user)


class OwnRows:
    """A list of what is this person's."""

    wagtail_policy = True
    base_filterset_class = OwnFilters

    def get_base_queryset(self):
        return self.permission_policy.instances_user_has_any_permission_for(self.request.user, VERBS)


class OwnObject:
    """What is not this person's is not there."""

    wagtail_policy = True

    def get_object(self, *args, **kwargs):
        found = super().get_object(*args, **kwargs)
        if not self.permission_policy.user_has_any_permission_for_instance(self.request.user, VERBS, found):
            raise Http404
        return found


class OwnList(OwnRows, generic.IndexView):
    pass


class OwnEdit(OwnObject, generic.EditView):
    pass


class OwnDelete(OwnObject, generic.DeleteView):
    pass


class OwnInspect(OwnObject, generic.InspectView):
    pass


class OwnHistory(OwnObject, history.HistoryView):
    pass


class OwnUsage(OwnObject, usage.UsageView):
    pass


class OwnViewSet(ModelViewSet):
    index_view_class = OwnList
    edit_view_class = OwnEdit
    delete_view_class = OwnDelete
    inspect_view_class = OwnInspect
    history_view_class = OwnHistory
    usage_view_class = OwnUsage
    copy_view_enabled = False
    add_to_reference_index = False


def panels(*fields):
    """A form of panels that offers only what is one's own."""
    return ObjectList(list(fields), base_form_class=ReachForm)


# --- snippets: models with a preview --------------------------------------------------------------------------------
class OwnSnippetList(OwnRows, snippets.IndexView):
    pass


class OwnSnippetEdit(OwnObject, snippets.EditView):
    pass


class OwnSnippetDelete(OwnObject, snippets.DeleteView):
    pass


class OwnSnippetHistory(OwnObject, snippets.HistoryView):
    pass


class OwnSnippetUsage(OwnObject, snippets.UsageView):
    pass


class OwnSnippetPreview(OwnObject, snippets.PreviewOnEditView):
    pass


class OwnChoices:
    """What can be chosen: one's own."""

    wagtail_policy = True

    def get_object_list(self):
        return within_reach(self.model_class, self.request.user)

    def get_object(self, pk):
        return self.get_object_list().get(pk=pk)

    def get_objects(self, pks):
        return self.get_object_list().filter(pk__in=pks)


class OwnChoose(OwnChoices, chooser.ChooseView):
    pass


class OwnChooseResults(OwnChoices, chooser.ChooseResultsView):
    pass


class OwnChosen(OwnChoices, chooser.SnippetChosenView):
    pass


class OwnChosenMultiple(OwnChoices, chooser.SnippetChosenMultipleView):
    pass


class OwnChooser(chooser.SnippetChooserViewSet):
    choose_view_class = OwnChoose
    choose_results_view_class = OwnChooseResults
    chosen_view_class = OwnChosen
    chosen_multiple_view_class = OwnChosenMultiple


class OwnSnippetViewSet(snippets.SnippetViewSet):
    index_view_class = OwnSnippetList
    edit_view_class = OwnSnippetEdit
    delete_view_class = OwnSnippetDelete
    history_view_class = OwnSnippetHistory
    usage_view_class = OwnSnippetUsage
    preview_on_edit_view_class = OwnSnippetPreview
    chooser_viewset_class = OwnChooser
    copy_view_enabled = False
