"""Pages that belong to no app: errors, light and dark, and the plain texts about this site."""

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import get_template
from django.utils.http import url_has_allowed_host_and_scheme
from django.views import i18n
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

THEMES = ("light", "dark")
PAGES = ("privacy", "children", "accessibility", "contact")
YEAR = 365 * 24 * 3600


@require_POST
def set_theme(request):
    """Remember light or dark in a cookie, or follow the system again, and go back to where the reader was."""
    response = HttpResponseRedirect(_safe(request, request.POST.get("next")) or "/")
    theme = request.POST.get("theme")
    if theme in THEMES:
        response.set_cookie(
            "theme", theme, max_age=YEAR, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
        )
    else:
        response.delete_cookie("theme", samesite="Lax")
    return response


@require_POST
def set_language(request):
    """Django's switch of language, remembered for the person too, so that messages come in it."""
    language = request.POST.get("language", "")
    if request.user.is_authenticated and language in dict(settings.LANGUAGES):
        type(request.user).objects.filter(pk=request.user.pk).update(language=language)
    return i18n.set_language(request)


def _safe(request, url):
    hosts = {request.get_host()}
    return url if url_has_allowed_host_and_scheme(url, hosts, require_https=request.is_secure()) else ""


# --- errors ---------------------------------------------------------------------------------------------------------
def _plain(request, template, status):
    """An error page drawn without context processors, so that it asks neither the database nor the session."""
    theme = request.COOKIES.get("theme", "")
    return HttpResponse(get_template(template).render({"theme": theme}), status=status)


def bad_request(request, exception=None):
    return _plain(request, "400.html", 400)


def permission_denied(request, exception=None):
    return render(request, "403.html", status=403)


def page_not_found(request, exception=None):
    return render(request, "404.html", status=404)


def server_error(request):
    return _plain(request, "500.html", 500)


def csrf_failure(request, reason=""):
    """The form's proof of origin is missing or old, mostly because the page stood open for long."""
    return render(request, "403_csrf.html", status=403)


# --- plain pages ----------------------------------------------------------------------------------------------------
@require_GET
def page(request, name):
    """One of the texts in ``templates/pages``. Raises Http404 for any other name."""
    if name not in PAGES:
        raise Http404
    contact = {"contact_email": settings.CONTACT_EMAIL, "contact_phone": settings.CONTACT_PHONE}
    return render(request, f"pages/{name}.html", contact)


@require_GET
@never_cache
def offline(request):
    """What a browser keeps and shows when there is no network."""
    return _plain(request, "offline.html", 200)
