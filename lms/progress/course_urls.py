"""Pages of courses, before Wagtail's own addresses, which get everything else."""

from django.urls import path, re_path
from wagtail.views import serve as wagtail_serve

from content import views as content_views
from lms.progress import course_views

app_name = "courses"

urlpatterns = [
    path("", wagtail_serve, {"path": ""}, name="list"),
    path("search/", content_views.search, name="search"),
    path("tags/<str:slug>/", content_views.tag, name="tag"),
    re_path(r"^((?!_util/)(?:[\w-]+/)+)$", course_views.serve, name="page"),
]
