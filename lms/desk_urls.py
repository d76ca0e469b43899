"""The desk's addresses: its home, and one part per app that has staff screens of its own."""

from django.urls import include, path

from lms.desk import desk_home

urlpatterns = [
    path("", include(([path("", desk_home, name="home")], "desk"))),
    path("admissions/", include("lms.admissions.desk_urls")),
    path("marking/", include("assessments.desk_urls")),
    path("cases/", include("lms.casework.desk_urls")),
    path("learners/", include("lms.progress.desk_urls")),
    path("graduation/", include("lms.graduation.desk_urls")),
    path("credentials/", include("lms.credentials.desk_urls")),
    path("deliveries/", include("lms.notifications.desk_urls")),
]
