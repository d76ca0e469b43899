"""Documents of the library, served by Wagtail to whom a gate opens them."""

from django.http import Http404
from wagtail import hooks

from lms import clock
from media import gates


@hooks.register("before_serve_document")
def ask_the_gates(document, request):
    if not gates.may_open(document, request.user, clock.now()):
        raise Http404
