"""Photos: turned upright and painted anew, so that place, device, comment and preview do not survive."""

import io

from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from lms.verdicts import Refused
from media.sniffing import MAX_PIXELS, readable

DRAWN = ["JPEG", "PNG", "GIF", "BMP", "TIFF", "WEBP"]  # never EPS and the like, which start other programs
MODES = {"JPEG": ("L", "RGB"), "PNG": ("1", "L", "LA", "RGB", "RGBA")}


class Pixels:
    """What the pictures of one document may have together. Each is painted anew while somebody waits for the answer,
    and a blank one of 40 million pixels takes three seconds and 40 kB."""

    def __init__(self, left=10 * MAX_PIXELS):
        self.left = left

    def take(self, image):
        size = image.size[0] * image.size[1]
        if size > MAX_PIXELS:
            raise Image.DecompressionBombError
        self.left -= size
        if self.left < 0:
            raise Refused(_("The pictures of this document have too many pixels together. Please make them smaller."))


def clean(source, target):
    """Write the picture at ``source`` to ``target``, in its own format (JPEG or PNG)."""
    with readable(), Image.open(source, formats=["JPEG", "PNG"]) as image:
        _repaint(image, target)


def cleaned(body, pixels):
    """The same for the bytes of a picture inside a document; other formats than JPEG and PNG are painted as PNG."""
    target = io.BytesIO()
    with readable(), Image.open(io.BytesIO(body), formats=DRAWN) as image:
        pixels.take(image)
        _repaint(image, target, image.format)
    return target.getvalue()


def _repaint(image, target, own_format=None):
    form = "JPEG" if image.format in ("JPEG", "MPO") else (own_format or image.format)
    upright = ImageOps.exif_transpose(image)
    modes = MODES.get(form, ("1", "L", "RGB"))
    if upright.mode not in modes:
        transparent = "A" in upright.mode or "transparency" in upright.info
        upright = upright.convert("RGBA" if transparent and "RGBA" in modes else "RGB")
    blank = Image.new(upright.mode, upright.size)
    blank.paste(upright)
    blank.save(target, form, **({"quality": 90} if form == "JPEG" else {}))
