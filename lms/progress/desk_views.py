"""The desk's part about learners: the list and its export. One learner's page is in ``desk_learner``."""

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lms import clock
from lms.enrolment.models import STAFF_ROLES
from lms.programmes.scopes import has_role
from lms.progress import learners
from lms.progress.desk_forms import LearnerFilter
from lms.sheets import xlsx_response


@login_required
@require_safe
def learner_list(request):
    """Learners of one's intakes, or those one supervises: how far they are and when they were here."""
    form, found = _chosen(request)
    cut = learners.page(found, after=_key(request, "after"), before=_key(request, "before"))
    return render(request, "desk/learners/list.html", {"form": form, "page": cut, "is_filtered": _is_filtered(request)})


@login_required
@require_safe
def learner_export(request):
    """The whole list as filtered, as a spreadsheet."""
    _form, found = _chosen(request)
    columns = [
        _("Name"),
        _("Track"),
        _("Cohort"),
        _("State"),
        _("Required parts done"),
        _("Required parts"),
        _("Last here"),
    ]
    return xlsx_response(_("learners"), columns, (_cells(row) for row in learners.everyone(found)))


def _cells(row):
    one = row.enrolment
    state = one.get_state_display()
    return one.learner, one.intake.track, one.intake.cohort, state, row.done, row.required, row.last_at


def _chosen(request):
    """(filter form, enrolments that it finds); 404 for people who look after nobody."""
    now = clock.now()
    intakes = learners.intakes_seen_by(request.user, now)
    if not intakes and not has_role(request.user, STAFF_ROLES, now):
        raise Http404
    form = LearnerFilter(request.GET, intakes=intakes)
    return form, learners.enrolments(request.user, now, **form.found)


def _key(request, name):
    value = request.GET.get(name, "")
    return int(value) if value.isdecimal() and len(value) < 19 else None


def _is_filtered(request):
    return any(request.GET.get(name) for name in ("name", "intake", "track", "state", "mine"))
