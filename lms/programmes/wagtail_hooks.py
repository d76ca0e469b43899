"""Programmes, tracks, cohorts, intakes and grants in Wagtail's admin: each person's own."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup

from lms import clock
from lms.people.models import Organisation
from lms.programmes import actions
from lms.programmes.admin_forms import GrantEndForm, GrantForm, ProgrammeForm, TrackForm
from lms.programmes.models import Cohort, Grant, Intake, Programme, Track
from lms.programmes.own_admin import OwnEdit, OwnViewSet, panels
from lms.programmes.permission_policies import REACH, keep_within_reach

for model, rows in list(REACH.items()):
    keep_within_reach(model, rows)


# --- what there is to set up ----------------------------------------------------------------------------------------
class ProgrammeViewSet(OwnViewSet):
    model = Programme
    icon = "site"
    menu_label = _("Programmes")
    menu_name = "programmes"
    list_display = ["name", "name_en", "region"]

    def get_form_class(self, for_update=False):
        return ProgrammeForm


class TrackViewSet(OwnViewSet):
    model = Track
    icon = "list-ul"
    menu_label = _("Tracks")
    menu_name = "tracks"
    list_display = ["name", "code", "programme"]
    list_filter = ["programme"]

    def get_form_class(self, for_update=False):
        return TrackForm


class CohortViewSet(OwnViewSet):
    model = Cohort
    icon = "group"
    menu_label = _("Cohorts")
    menu_name = "cohorts"
    list_display = ["programme", "number", "starts_on", "ends_on"]
    list_filter = ["programme"]
    edit_handler = panels(
        FieldPanel("programme"), FieldPanel("number"), FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")])
    )


class IntakeViewSet(OwnViewSet):
    model = Intake
    icon = "calendar-alt"
    menu_label = _("Intakes")
    menu_name = "intakes"
    list_display = ["cohort", "track", "seats", "opens_at", "closes_at", "frozen_at"]
    list_filter = ["cohort", "track"]
    edit_handler = panels(
        FieldRowPanel([FieldPanel("cohort"), FieldPanel("track")]),
        FieldRowPanel([FieldPanel("seats"), FieldPanel("confirm_days"), FieldPanel("floor")]),
        FieldRowPanel([FieldPanel("opens_at"), FieldPanel("closes_at")]),
        FieldPanel("baseline"),
    )


class OrganisationViewSet(ModelViewSet):
    model = Organisation
    icon = "home"
    menu_label = _("Organisations")
    menu_name = "organisations"
    list_display = ["name", "name_en", "kind"]
    search_fields = ["name", "name_en"]
    copy_view_enabled = False
    add_to_reference_index = False
    form_fields = ["name", "name_en", "kind"]


# --- grants ---------------------------------------------------------------------------------------------------------
class GrantCreateView(generic.CreateView):
    wagtail_policy = True

    def save_instance(self):
        given = self.form.instance
        scope = {given.scope_kind: given.scope}
        return actions.grant(given.user, given.role, by=self.request.user, now=clock.now(), until=given.until, **scope)


class GrantEditView(OwnEdit):
    """Only the end changes, and only through the actions: they say who may, and write it down."""

    def save_instance(self):
        user, now = self.request.user, clock.now()
        if self.form.cleaned_data["end_now"]:
            return actions.revoke(self.object, by=user, now=now)
        return actions.set_end(self.object, until=self.form.cleaned_data["until"], by=user, now=now)


class GrantViewSet(OwnViewSet):
    model = Grant
    icon = "key"
    menu_label = _("Grants")
    menu_name = "grants"
    list_display = ["user", "role", "scope", "granted_by", "starts_at", "until"]
    list_filter = ["role", "programme"]
    search_fields = ["user__name", "user__username"]
    delete_view_enabled = False
    inspect_view_enabled = True
    add_view_class = GrantCreateView
    edit_view_class = GrantEditView

    def get_form_class(self, for_update=False):
        return GrantEndForm if for_update else GrantForm


class ProgrammeGroup(ModelViewSetGroup):
    menu_label = _("Programme")
    menu_name = "programme"
    menu_icon = "site"
    menu_order = 150
    items = (ProgrammeViewSet, TrackViewSet, CohortViewSet, IntakeViewSet, GrantViewSet, OrganisationViewSet)


@hooks.register("register_admin_viewset")
def register_programmes():
    return ProgrammeGroup()


@hooks.register("register_log_actions")
def register_log_actions(actions):
    actions.register_action("programmes.grant", _("Grant a role"), _("Role granted"))
    actions.register_action("programmes.set_end", _("Change a grant's end"), _("End of the role changed"))
    actions.register_action("programmes.revoke", _("End a grant"), _("Role ended"))
