"""What waits for a marker, the longest first; and what one may look up again."""

from datetime import timedelta

from django.db.models import F, Max, OuterRef, Q, Subquery

from assessments.submissions.models import Marker, Submission

REPLY_WITHIN = timedelta(days=5)
BLIND = "instructor"  # who marks as this sees numbers instead of names


def visible_for(user, now):
    """Everything handed in that this person may mark, with when the newest version came and as what one marks it."""
    capacity = Marker.objects.active(now).filter(user=user, submission=OuterRef("pk")).values("capacity")
    rows = Submission.objects.marked_by(user, now).select_related("activity", "author")
    return rows.annotate(
        handed_in_at=Max("versions__submitted_at"),
        version_number=Max("versions__number"),
        capacity=Subquery(capacity[:1]),
    )


def waiting_for(user, now):
    """Those that wait for a grade and whose text is open; overdue ones come first because they came first."""
    found = visible_for(user, now).filter(state=Submission.State.SUBMITTED, closed_at=None)
    return found.order_by("handed_in_at", "pk")


def done_for(user, now):
    """Those that were answered, newest first."""
    return visible_for(user, now).exclude(state=Submission.State.SUBMITTED).order_by(F("handed_in_at").desc(), "-pk")


def matching(rows, words):
    """Rows whose number or assignment, or whose author's name where one may know it, holds the words."""
    words = words.strip()
    number = words.upper().removeprefix("LX-").lstrip("0")
    known = Q(author__name__icontains=words) & ~Q(capacity=BLIND)
    is_number = number.isascii() and number.isdigit() and len(number) < 10
    found = Q(activity__title__icontains=words) | known | Q(pk=int(number) if is_number else 0)
    return rows.filter(found) if words else rows


def reply_by(submission):
    """When the author may expect an answer."""
    return submission.handed_in_at + REPLY_WITHIN
