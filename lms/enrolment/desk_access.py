"""Who is shown the way to the desk: people with a grant, and people who supervise somebody. The flag follows both."""

from django.contrib.auth import get_user_model

from lms import clock
from lms.enrolment.actions import SupervisionEnded
from lms.enrolment.models import Supervision
from lms.events import records
from lms.programmes.actions import GrantsChanged
from lms.programmes.models import Grant


@records(GrantsChanged)
def follow_grants_of_supervisors(event):
    show_the_way(get_user_model().objects.get(pk=event.user_id), clock.now())


@records(SupervisionEnded)
def follow_supervision(event):
    show_the_way(Supervision.objects.select_related("supervisor").get(pk=event.supervision_id).supervisor, clock.now())


def show_the_way(user, now):
    """Set ``is_staff`` to what the person's grants and supervisions say."""
    wanted = (
        user.is_superuser
        or Grant.objects.active(now).of(user).exists()
        or Supervision.objects.active(now).filter(supervisor=user).exists()
    )
    if user.is_staff != wanted:
        user.is_staff = wanted
        user.save(update_fields=["is_staff"])
