"""What was handed in: a receipt to its author, a word to its markers, and that there is an answer."""

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from assessments.events import SubmissionGraded, SubmissionReceived
from assessments.models import Grade, Marker, SubmissionVersion
from lms.casework.submission_form import CaseRecordForm
from lms.events import records
from lms.notifications.actions import tell
from lms.notifications.notices import Notice, language_of


@records(SubmissionReceived)
def give_receipt(event):
    """Markers are known by now: the layers that write them subscribe before this one."""
    version = _version(pk=event.version_id)
    markers = Marker.objects.active(version.submitted_at).filter(submission=event.submission_id)
    to_markers = [_to_marker(version, marker.user) for marker in markers.select_related("user")]
    tell(_receipt(version), *to_markers, now=version.submitted_at)


@records(SubmissionGraded)
def tell_of_answer(event):
    grade = Grade.objects.select_related("version__submission__activity", "version__submission__author").get(
        pk=event.grade_id
    )
    submission = grade.version.submission
    author = submission.author
    with language_of(author):
        subject, body = _answer(grade.outcome)
        address = reverse("assessments:submission", args=[submission.uuid])
        notice = Notice(author, "graded", grade.pk, subject % _named(submission), body, address)
    tell(notice, now=grade.released_at)


def _version(**lookup):
    return SubmissionVersion.objects.select_related("submission__activity", "submission__author").get(**lookup)


def _named(submission):
    """What a message calls it: the assignment's title and a number."""
    return {"title": submission.activity.title, "number": submission.number}


def _receipt(version):
    submission = version.submission
    with language_of(submission.author):
        when = date_format(timezone.localtime(version.submitted_at), "Y-m-d H:i")
        lines = [
            _("Receipt number: %(receipt)s") % {"receipt": version.receipt},
            _("Version %(version)s, received %(time)s (Beijing time)") % {"version": version.number, "time": when},
            _("Check sum: %(hash)s") % {"hash": version.sha256[:8].upper()},
            *_files(version),
        ]
        subject = _("Received: %(title)s, %(number)s") % _named(submission)
        address = reverse("assessments:receipt", args=[submission.uuid, version.number])
        return Notice(submission.author, "receipt", version.pk, subject, "\n".join(lines), address)


def _files(version):
    """A line per file: name, size, hash. Of a case record without the name, which might be a child's."""
    is_case = version.submission.form == CaseRecordForm.key
    for number, row in enumerate(version.files.select_related("file"), start=1):
        file = row.file
        name = _("File %(number)s") % {"number": number} if is_case else file.name
        yield f"{name} · {filesizeformat(file.size)} · {file.sha256[:8].upper()}"


def _to_marker(version, person):
    """Without the author's name: some mark blind."""
    submission = version.submission
    with language_of(person):
        subject = _("To be marked: %(title)s, %(number)s") % _named(submission)
        body = _("The author expects an answer within five days.")
        address = reverse("desk_assessments:grade", args=[submission.uuid])
        return Notice(person, "to_mark", version.pk, subject, body, address)


def _answer(outcome):
    return {
        Grade.Outcome.RETURN: (
            _("Please revise: %(title)s, %(number)s"),
            _("Your marker has written what is missing. Nothing is lost: go on from what you handed in."),
        ),
        Grade.Outcome.ACCEPT: (_("Accepted: %(title)s, %(number)s"), _("It counts now. The comments stand beside it.")),
        Grade.Outcome.REJECT: (
            _("Not accepted: %(title)s, %(number)s"),
            _("Your marker has written why. Talk it over with your supervisor or the programme office."),
        ),
    }[outcome]
