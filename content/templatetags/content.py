"""Tags for lessons: ``{% load content %}``.

{{ html|clean }}                the allow-list, as the last step
{% lesson_body page as body %}  the body of a page object, drafts included: body.html, body.checks
{{ language|html_lang }}        zh-Hans, en
"""

from django import template

from content import cleaning, rendering
from content.blocks import pictures
from content.language import html_lang as lang_of

register = template.Library()


@register.filter
def clean(html):
    return cleaning.clean(html)


@register.filter
def html_lang(language):
    return lang_of(language)


@register.simple_tag
def lesson_body(page):
    return rendering.render(page)


@register.simple_tag
def picture(image, alt="", sizes=pictures.SIZES):
    """An image of the library as ``<img>``, in as many sizes as it needs."""
    return pictures.img(image, alt=alt, sizes=sizes) if image else ""
