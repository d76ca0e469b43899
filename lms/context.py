"""What the page shell needs on every page. Lazy: a page that shows none of it asks the database nothing."""

from django.conf import settings
from django.db.models import Count
from django.utils.functional import SimpleLazyObject

from lms.notifications.models import Message
from lms.prepared import prepared


def shell(request):
    """``unread``: the count beside the inbox; ``site_url``; ``theme``: light, dark or empty for the system's."""
    return {
        "unread": SimpleLazyObject(lambda: _unread(request)),
        "site_url": settings.SITE_URL,
        "theme": request.COOKIES.get("theme", ""),
    }


def _unread(request):
    if not request.user.is_authenticated:
        return 0
    return sum(_counted(user=request.user.pk))


@prepared
def _counted(user):
    rows = Message.objects.for_user(user).unread().order_by().values("recipient")
    return rows.annotate(n=Count("pk")).values_list("n", flat=True)
