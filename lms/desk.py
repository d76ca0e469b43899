"""The staff desk: one page that answers "what waits for me?", filled by the apps that know.

An app registers a ``Queue`` in its ``lms_plugin.py``. The desk's other pages belong to the apps.
"""

from typing import Protocol

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import render

from lms import clock
from lms.plugins import Registry


class Queue(Protocol):
    """``key``; ``label``; ``order``; ``url()``; ``count(user, now)``: how many wait, or None: not this person's."""

    key: str
    label: str
    order: int

    def url(self) -> str: ...

    def count(self, user, now) -> int | None: ...


queues = Registry("lms.desk.queues")


@login_required
def desk_home(request):
    """Everything that waits for this person, most urgent first; 404 for people without a desk."""
    now = clock.now()
    rows = [(queue, queue.count(request.user, now)) for queue in sorted(queues, key=lambda queue: queue.order)]
    rows = [(queue, count) for queue, count in rows if count is not None]
    if not rows and not request.user.is_staff_member:
        raise Http404
    rows.sort(key=lambda row: not row[1])
    return render(request, "desk/home.html", {"rows": rows, "today": clock.today()})
