"""Applicants: every letter about their application, word by word. What else happens there is told by a letter too."""

from django.urls import reverse

from lms.admissions.events import LetterWritten
from lms.admissions.models import Letter
from lms.events import records
from lms.notifications.actions import tell
from lms.notifications.notices import Notice


@records(LetterWritten)
def send_letter(event):
    letter = Letter.objects.select_related("application__applicant").get(pk=event.letter_id)
    address = reverse("admissions:letter", args=[letter.application.number, letter.number])
    person = letter.application.applicant
    tell(Notice(person, "letter", letter.pk, letter.subject, letter.body, address), now=letter.written_at)
