"""Takes out of a file what its author does not see: who made it, where, when, with what; and whatever could run.

``strip(source, target, content_type)`` writes the clean file. What people read in the file stays as it is.
"""

from media.cleaning import docx, pdf, pictures

CLEANERS = {
    "image/jpeg": pictures.clean,
    "image/png": pictures.clean,
    "application/pdf": pdf.clean,
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": docx.clean,
}


def strip(source, target, content_type):
    """Write to the path ``target`` the file at ``source`` without its hidden data. Raises Refused when unreadable."""
    CLEANERS[content_type](source, target)
