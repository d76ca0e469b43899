"""Which language a reader gets: the outline is the tree of the default language, translations are shown where live."""

from django.conf import settings
from django.utils.translation import get_language, get_supported_language_variant

DEFAULT = settings.LANGUAGE_CODE


def reading_language():
    """The language of this request among those we write in: ``zh-hans`` or ``en``."""
    try:
        return get_supported_language_variant(get_language() or DEFAULT)
    except LookupError:
        return DEFAULT


def html_lang(language):
    """The language as the ``lang`` attribute of HTML wants it."""
    return {"zh-hans": "zh-Hans"}.get(language, language)
