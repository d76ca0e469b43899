"""Who was given a role, and whose role ended."""

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lms import clock
from lms.events import records
from lms.notifications.actions import tell
from lms.notifications.notices import Notice, language_of
from lms.programmes.events import RoleEnded, RoleGranted
from lms.programmes.models import Grant


@records(RoleGranted)
def tell_of_role(event):
    given = _grant(event)
    with language_of(given.user):
        subject = _("You have a role: %(role)s, %(scope)s") % _named(given)
        body = _("Your desk shows what waits for you.")
        if given.until:
            body += " " + _("The role ends on %(date)s.") % {"date": date_format(timezone.localtime(given.until))}
        notice = Notice(given.user, "role", given.pk, subject, body, reverse("desk:home"))
    tell(notice, now=given.starts_at)


@records(RoleEnded)
def tell_of_end(event):
    given = _grant(event)
    with language_of(given.user):
        notice = Notice(
            given.user, "role_ended", given.pk, _("Your role has ended: %(role)s, %(scope)s") % _named(given)
        )
    tell(notice, now=given.revoked_at or clock.now())


def _grant(event):
    return Grant.objects.select_related("user", "programme", "cohort", "intake__track", "course").get(pk=event.grant_id)


def _named(given):
    return {"role": given.get_role_display(), "scope": given.scope}
