"""Programmes, tracks, cohorts, intakes and grants in Wagtail's admin."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup

from lms import clock
from lms.programmes import actions
from lms.programmes.models import Cohort, Grant, Intake, Programme, Track


class ProgrammeViewSet(ModelViewSet):
    model = Programme
    icon = "site"
    menu_label = _("Programmes")
    list_display = ["name", "name_en", "region"]
    copy_view_enabled = False
    panels = [
        MultiFieldPanel([FieldPanel("name"), FieldPanel("name_en"), FieldPanel("slug"), FieldPanel("region")]),
        FieldPanel("summary"),
        FieldPanel("summary_en"),
        FieldPanel("contact"),
    ]


class TrackViewSet(ModelViewSet):
    model = Track
    icon = "list-ul"
    menu_label = _("Tracks")
    list_display = ["name", "code", "programme"]
    list_filter = ["programme"]
    copy_view_enabled = False
    form_fields = ["programme", "code", "slug", "name", "name_en", "summary", "summary_en", "suits", "suits_en"]


class CohortViewSet(ModelViewSet):
    model = Cohort
    icon = "group"
    menu_label = _("Cohorts")
    list_display = ["programme", "number", "starts_on", "ends_on"]
    list_filter = ["programme"]
    copy_view_enabled = False
    form_fields = ["programme", "number", "starts_on", "ends_on"]


class IntakeViewSet(ModelViewSet):
    model = Intake
    icon = "calendar-alt"
    menu_label = _("Intakes")
    list_display = ["cohort", "track", "seats", "opens_at", "closes_at", "frozen_at"]
    list_filter = ["cohort", "track"]
    copy_view_enabled = False
    panels = [
        FieldRowPanel([FieldPanel("cohort"), FieldPanel("track")]),
        FieldRowPanel([FieldPanel("seats"), FieldPanel("confirm_days"), FieldPanel("floor")]),
        FieldRowPanel([FieldPanel("opens_at"), FieldPanel("closes_at")]),
        FieldPanel("baseline"),
    ]


class GrantForm(WagtailAdminModelForm):
    class Meta:
        model = Grant
        fields = ["user", "role", "programme", "cohort", "intake", "course", "until"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.starts_at = self.instance.starts_at or clock.now()

    def clean(self):
        if self.for_user and self.cleaned_data.get("user") == self.for_user:
            raise ValidationError(_("Nobody grants a role to themselves; ask another director."))
        return super().clean()


class GrantEndForm(WagtailAdminModelForm):
    class Meta:
        model = Grant
        fields = ["until"]


class GrantCreateView(generic.CreateView):
    def save_instance(self):
        data = self.form.cleaned_data
        scope = {key: data[key] for key in ("programme", "cohort", "intake", "course") if data[key]}
        return actions.grant(
            data["user"], data["role"], by=self.request.user, now=clock.now(), until=data["until"], **scope
        )


class GrantEditView(generic.EditView):
    def get_form_class(self):
        return GrantEndForm

    def save_instance(self):
        given = super().save_instance()
        actions.end_or_extend(given, by=self.request.user, now=clock.now())
        return given


class GrantViewSet(ModelViewSet):
    model = Grant
    icon = "key"
    menu_label = _("Grants")
    list_display = ["user", "role", "scope", "granted_by", "starts_at", "until"]
    list_filter = ["role", "programme"]
    search_fields = ["user__name", "user__username"]
    copy_view_enabled = False
    delete_view_enabled = False
    inspect_view_enabled = True
    add_view_class = GrantCreateView
    edit_view_class = GrantEditView

    def get_form_class(self, for_update=False):
        return GrantEndForm if for_update else GrantForm


class ProgrammeGroup(ModelViewSetGroup):
    menu_label = _("Programme")
    menu_icon = "site"
    menu_order = 150
    items = (ProgrammeViewSet, TrackViewSet, CohortViewSet, IntakeViewSet, GrantViewSet)


@hooks.register("register_admin_viewset")
def register_programmes():
    return ProgrammeGroup()


@hooks.register("register_log_actions")
def register_log_actions(actions):
    actions.register_action("programmes.grant", _("Grant a role"), _("Role granted"))
    actions.register_action("programmes.revoke", _("End a grant"), _("Grant ended"))
