"""Every address of the site, in one place per audience."""

from django.urls import include, path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.admin.auth import require_admin_access
from wagtail.documents import urls as wagtaildocs_urls

from lms import health, openings, views
from lms.people.user_admin import AccountView
from lms.people.views import SignOut
from lms.programmes.site_history import SiteHistory
from media import serving

to_login = RedirectView.as_view(pattern_name="account_login", query_string=True)

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("language/", views.set_language, name="set_language"),
    path("theme/", views.set_theme, name="set_theme"),
    path("offline/", views.offline, name="offline"),
    path("pages/<slug:name>/", views.page, name="page"),
    path("accounts/logout/", SignOut.as_view(), name="account_logout"),
    path("admin/logout/", SignOut.as_view()),
    path("admin/login/", to_login),
    path("_util/login/", to_login),
    path("courses/_util/login/", to_login),
    path("admin/account/", require_admin_access(AccountView.as_view())),
    path("admin/reports/site-history/", require_admin_access(SiteHistory.as_view())),
    path("admin/reports/site-history/results/", require_admin_access(SiteHistory.as_view(results_only=True))),
    path("accounts/", include("allauth.urls")),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("me/openings/", openings.mine, name="openings"),
    path("me/", include("lms.people.urls")),
    path("", include("lms.admissions.urls")),
    path("learn/", include("lms.progress.urls")),
    path("work/", include("assessments.urls")),
    path("cases/", include("lms.casework.urls")),
    path("graduation/", include("lms.graduation.urls")),
    path("certificates/", include("lms.credentials.urls")),
    path("inbox/", include("lms.notifications.urls")),
    path("desk/", include("lms.desk_urls")),
    path("files/", include("media.urls")),
    path("media/<path:path>", serving.serve, name="media_file"),
    path("courses/", include("lms.progress.course_urls")),
    path("courses/", include(wagtail_urls)),
]

handler400 = "lms.views.bad_request"
handler403 = "lms.views.permission_denied"
handler404 = "lms.views.page_not_found"
handler500 = "lms.views.server_error"
