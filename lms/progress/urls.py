"""The learner's pages, and what a lesson sends."""

from django.urls import path

from lms.progress import home_views, leaving_views, lesson_views

app_name = "learn"

urlpatterns = [
    path("", home_views.home, name="home"),
    path("tasks/", home_views.tasks, name="tasks"),
    path("record/", home_views.record, name="record"),
    path("record.xlsx", home_views.record_xlsx, name="record_xlsx"),
    path("leave/<int:intake>/", leaving_views.leave, name="leave"),
    path("lessons/<uuid:uuid>/check/<str:key>/", lesson_views.check, name="check"),
    path("lessons/<uuid:uuid>/finish/", lesson_views.finish, name="finish"),
    path("lessons/<uuid:uuid>/position/", lesson_views.position, name="position"),
    path("sw.js", lesson_views.service_worker, name="sw"),
]
