"""Tags for lessons: ``{% load content %}``.

{{ html|clean }}                the allow-list, as the last step
{% lesson_body page as body %}  the body of a page object, drafts included: body.html, body.checks
{{ language|html_lang }}        zh-Hans, en
{{ activity|titled }}           the title of an Activity row in the reader's language
"""

from django import template

from content import cleaning, rendering
from content.blocks import pictures
from content.language import html_lang as lang_of
from content.tree import courses, title_of
from lms import clock
from media.models import Image

register = template.Library()


@register.filter
def clean(html):
    return cleaning.clean(html)


@register.filter
def html_lang(language):
    return lang_of(language)


@register.filter
def titled(activity):
    return title_of(activity)


@register.simple_tag
def lesson_body(page):
    return rendering.render(page)


@register.simple_tag
def picture(image, alt="", sizes=pictures.SIZES):
    """An image of the library as ``<img>``, in as many sizes as it needs."""
    return pictures.img(image, alt=alt, sizes=sizes) if image else ""


@register.simple_tag
def listed_courses():
    """The trees of the courses in the public list with their covers; one query for all covers, one for their sizes."""
    listed = [tree for tree in courses() if tree.is_public]
    covers = Image.objects.filter(pk__in=[tree.cover for tree in listed if tree.cover])
    covers = {image.pk: image for image in covers.prefetch_renditions(*pictures.SPECS)}
    return [(tree, covers.get(tree.cover)) for tree in listed]


@register.inclusion_tag("content/_law_review.html")
def law_review(node):
    """``node``: a lesson of the tree, or its page."""
    due = bool(node.review_by and node.review_by < clock.today())
    return {"checked_on": node.law_checked_on, "review_by": node.review_by, "is_due": due}
