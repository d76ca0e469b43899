"""``{% load uploads %}{% upload "evidence" purpose="evidence" subject=subject files=files label=_("Files") %}``"""

from django import template

from media import rules, sniffing
from media.models import Upload
from media.purposes import file_purposes

register = template.Library()


@register.inclusion_tag("components/upload.html", takes_context=True)
def upload(context, name, *, purpose, subject, files, label, hint="", errors=(), optional=False):
    """Files that have come, files that stopped on the way, and a way to add more. Stands inside a form.

    ``name``: of the file input, for the plain way; ``files``: the PrivateFiles to show; ``errors``: sentences. Asks
    the database once, for this person's unfinished uploads. Needs ``lx/js/upload.js`` on the page for the rest.
    """
    found = file_purposes[purpose]
    return {
        "name": name,
        "purpose": purpose,
        "subject": subject,
        "files": files,
        "paused": Upload.objects.filter(owner=context["request"].user, purpose=purpose, subject=subject, file=None),
        "label": label,
        "hint": hint,
        "errors": errors,
        "optional": optional,
        "accept": ",".join(f".{ending}" for ending in found.types),
        "types": sniffing.spoken(found.types),
        "largest": rules.megabytes(found.max_size),
        "most": found.max_count,
    }
