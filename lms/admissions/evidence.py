"""Evidence: the private files of an application. Who may add, open and take them back."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms import clock
from lms.admissions.applying import may_edit
from lms.admissions.models import ADMISSION_ROLES, Application, ApplicationFile, Choice
from lms.events import records
from lms.programmes.models import Grant
from lms.programmes.scopes import intakes_for
from lms.verdicts import Verdict
from media.events import FileTakenBack
from media.purposes import DOCX, MEGABYTE, PDF, PICTURES, file_purposes

SECTION = "evidence"


class Evidence:
    """Files of an application; the subject is its number. Scorers and staff of a chosen intake open them, logged."""

    key = "evidence"
    label = gettext_lazy("Evidence of an application")
    types = {**PDF, **DOCX, **{ending: PICTURES[ending] for ending in ("jpg", "jpeg")}}
    max_size = 20 * MEGABYTE
    max_count = 5
    quota = 300 * MEGABYTE

    def may_upload(self, user, subject, now):
        application = Application.objects.filter(number=subject, applicant=user).first()
        if application is None:
            return Verdict(False, _("This application does not exist."))
        return may_edit(application, SECTION, now)

    def received(self, file, subject, user, now):
        """Asks once more under the lock: the form may have been sent while bytes came in."""
        application = Application.objects.select_for_update().get(number=subject)
        may_edit(application, SECTION, now).require()
        ApplicationFile.objects.create(application=application, file=file)

    def may_open(self, user, file, now):
        row = ApplicationFile.objects.filter(file=file).first()
        if row is None:
            return ""
        if file.owner_id == user.pk:
            return "applicant"
        return "" if row.removed_at else capacity(user, row.application_id, now)

    def may_remove(self, user, file, now):
        application = Application.objects.select_for_update().filter(files__file=file, applicant=user).first()
        if application is None:
            return Verdict(False, _("This application does not exist."))
        verdict = may_edit(application, SECTION, now)
        return Verdict(verdict.met, verdict.reason, {"kept": application.is_sent})


def capacity(user, application, now):
    """As what this person reads an application that is not their own: ``staff``, ``scorer``, or an empty text."""
    chosen = Choice.objects.sent().filter(application=application)
    for name, roles in (("staff", ADMISSION_ROLES), ("scorer", [Grant.Role.SCORER])):
        if chosen.filter(intake__in=intakes_for(user, roles, now).values("pk")).exists():
            return name
    return ""


@records(FileTakenBack)
def mark_removed(event):
    """The row stays: a version that was sent names the file."""
    row = ApplicationFile.objects.filter(file=event.file_id, removed_at=None).first()
    if row:
        row.removed_at = clock.now()
        row.save(update_fields=["removed_at"])


file_purposes.register(Evidence())
