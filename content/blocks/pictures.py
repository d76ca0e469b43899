"""Pictures: sized for the reader's screen, with a text for those who do not see them."""

from django.db.models import Prefetch, prefetch_related_objects
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images import get_image_model
from wagtail.images.blocks import ImageBlock

WIDTHS = (400, 800, 1200)
SPECS = tuple(f"width-{width}" for width in WIDTHS)
SIZES = "(min-width: 64rem) 38rem, 100vw"


class Picture(blocks.StructBlock):
    key = "image"
    image = ImageBlock(label=_("Picture"))
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=300)

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        return {**context, "picture": img(value["image"]) if value["image"] else ""}

    def get_preview_value(self):
        image = get_image_model().objects.order_by("pk").first()
        stored = {"image": image and image.pk, "alt_text": image and image.title, "decorative": False}
        return self.to_python({"image": stored, "caption": image.title if image else ""})

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "blocks/image.html"
        description = _("A photo or drawing with its text for those who do not see it.")


def img(image, alt=None, sizes=SIZES):
    """The picture as ``<img>`` with width and height, in as many sizes as it needs; a drawing (SVG) as it is."""
    alt = image.contextual_alt_text if alt is None else alt
    alt = image.default_alt_text if alt is None else alt
    if image.is_svg():
        return _tag(image.file.url, image.width, image.height, alt)
    renditions = sorted(image.get_renditions(*SPECS).values(), key=lambda rendition: rendition.width)
    by_width = {rendition.width: rendition for rendition in renditions}
    srcset = format_html_join(", ", "{} {}w", ((each.url, width) for width, each in by_width.items()))
    largest = renditions[-1]
    return _tag(largest.url, largest.width, largest.height, alt, format_html(' srcset="{}" sizes="{}"', srcset, sizes))


def _tag(src, width, height, alt, more=""):
    return format_html(
        '<img src="{}"{} width="{}" height="{}" alt="{}" loading="lazy" decoding="async">',
        src,
        more,
        width,
        height,
        alt,
    )


def prefetch(stream):
    """Fetch the renditions of every picture of a lesson body in one query."""
    images = [child.value["image"] for child in stream if child.block_type == Picture.key and child.value["image"]]
    if images:
        renditions = get_image_model().get_rendition_model().objects.filter(filter_spec__in=SPECS)
        prefetch_related_objects(images, Prefetch("renditions", renditions, to_attr="prefetched_renditions"))
