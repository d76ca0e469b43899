"""The Wagtail admin in our colours. Staff pages put our markup inside an element of ``class="lx"``."""

from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks


@hooks.register("insert_global_admin_css")
def our_style_sheet():
    return format_html('<link rel="stylesheet" href="{}">', static("lx/admin.css"))


@hooks.register("insert_global_admin_js")
def our_comforts():
    """Among them: an editor left open while one was signed out, and in again, saves as before."""
    return format_html('<script type="module" src="{}"></script>', static("lx/js/comfort.js"))
