"""Whether a name can be printed, and when a credential may be ended. Values in, verdicts out."""

from django.utils.translation import gettext as _

from lms.credentials.pdf import missing_characters
from lms.verdicts import Verdict, first_no


def can_be_printed(name):
    """A certificate never shows an empty box in somebody's name."""
    if not name.strip():
        return Verdict(False, _("There is no name to print. Please enter it with the person's data."))
    missing = missing_characters(name)
    reason = _("The certificate's font cannot print these characters of the name: %(missing)s")
    return Verdict(not missing, reason % {"missing": " ".join(missing)} if missing else "", {"missing": missing})


def may_end(*, is_staff, is_valid, reason):
    return first_no(
        Verdict(is_staff, _("Only the staff or a director of this intake revoke or replace a certificate.")),
        Verdict(is_valid, _("This certificate is not valid any more.")),
        Verdict(bool(reason.strip()), _("Please give the reason.")),
    )


def may_replace(*, old_name, name, **asked):
    return first_no(
        may_end(**asked),
        Verdict(name != old_name, _("The name is the same as before.")),
        lambda: can_be_printed(name),
    )


def as_issued(same, issued_by, made_by):
    """Whether a file made anew is the one that was issued. ``issued_by``, ``made_by``: releases of the renderer."""
    reason = _("Its file is missing. Made anew with %(now)s it differs from the one issued, made with %(then)s.")
    return Verdict(same, reason % {"now": made_by, "then": issued_by})
