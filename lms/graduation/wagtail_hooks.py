"""Policies in Wagtail's admin; and pages that frozen intakes need, which stay."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.models import Page

from lms.graduation.forms import PolicyForm
from lms.graduation.freezing import intakes_that_need
from lms.graduation.models import Policy
from lms.graduation.rules import may_take_away
from lms.programmes.own_admin import OwnViewSet
from lms.programmes.permission_policies import keep_within_reach, tracks_of


def policies_of(user):
    return Policy.objects.filter(track__in=tracks_of(user).values("pk"))


keep_within_reach(Policy, policies_of)


class PolicyViewSet(OwnViewSet):
    model = Policy
    icon = "clipboard-list"
    menu_label = _("Graduation policies")
    menu_name = "graduation-policies"
    menu_order = 160
    add_to_admin_menu = True
    list_display = ["track"]

    def get_form_class(self, for_update=False):
        return PolicyForm


@hooks.register("register_admin_viewset")
def register_policies():
    return PolicyViewSet("graduation_policy")


@hooks.register("before_unpublish_page")
@hooks.register("before_delete_page")
def keep_what_is_frozen(request, page):
    """Refuse to take a page away while learners must still complete it, and name the intakes."""
    return _refusal(request, [page])


@hooks.register("before_bulk_action")
def keep_what_is_frozen_in_bulk(request, action_type, objects, action):
    if action_type in ("unpublish", "delete"):
        return _refusal(request, [one for one in objects if isinstance(one, Page)])


def _refusal(request, pages):
    verdict = may_take_away(intakes_that_need(pages))
    if verdict:
        return None
    messages.error(request, verdict.reason)
    parent = pages[0].get_parent()
    return redirect("wagtailadmin_explore", parent.pk)


@hooks.register("register_log_actions")
def register_log_actions(actions):
    actions.register_action("graduation.freeze", _("Freeze policy"), _("Policy and required activities frozen"))
    actions.register_action("graduation.excuse", _("Excuse"), _("Learners excused from an activity"))
    actions.register_action("graduation.substitute", _("Name a substitute"), _("Substitute named"))
    actions.register_action("graduation.propose", _("Propose decisions"), _("Decisions proposed"))
    actions.register_action("graduation.sign", _("Sign decisions"), _("Decisions signed"))
    actions.register_action("graduation.refuse", _("Refuse a decision"), _("Decision sent back"))
