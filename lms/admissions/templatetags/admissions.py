"""``{{ track|told:"summary" }}``: a text of a programme or track in the reader's language; ``{{ when|stated }}``."""

from datetime import datetime

from django import template

from lms.admissions import placeholders
from lms.admissions.models import LetterTemplate
from lms.programmes.models import in_language
from lms.templatetags.lx import day, moment_zone

register = template.Library()


@register.filter
def told(thing, field):
    """The English text for English readers when there is one, else the Chinese."""
    return in_language(getattr(thing, field), getattr(thing, f"{field}_en"))


@register.filter
def stated(value):
    """A moment with its zone; a plain date as a day."""
    return moment_zone(value) if isinstance(value, datetime) else day(value)


@register.simple_tag
def every_placeholder():
    """(kind of letter, [(placeholder in braces, what it stands for)]) for the page on which letters are edited."""
    return [
        (kind.label, [(f"{{{name}}}", meaning) for name, meaning in placeholders.names(kind.value).items()])
        for kind in LetterTemplate.Kind
    ]
