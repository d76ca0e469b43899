"""Pages of courses, before Wagtail's own addresses, which get everything else."""

from django.urls import re_path

from lms.progress import course_views

app_name = "courses"

urlpatterns = [re_path(r"^((?!_util/)(?:[\w-]+/)+)$", course_views.serve, name="page")]
