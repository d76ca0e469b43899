"""Finding one's way: search, and the page of a tag. Courses and lessons themselves are served by the layers above."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe
from taggit.models import Tag

from content import finding
from lms import clock

PER_PAGE = 20
LONGEST_QUERY = 100


@require_safe
def search(request):
    """Courses and lessons that match, in the reader's language."""
    query = request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST_QUERY]
    found = finding.search(query, request.user, clock.now())
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "content/search.html", {"query": query, "page": page})


@require_safe
def tag(request, slug):
    """What carries a tag. A tag of nothing that this reader may see does not exist."""
    found_tag = get_object_or_404(Tag, slug=slug)
    found = finding.tagged(slug, request.user, clock.now())
    if not found:
        raise Http404
    return render(request, "content/tag.html", {"tag": found_tag, "found": found})
