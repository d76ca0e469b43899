"""Staff addresses under /desk/marking/: the marker's queue and the grading page."""

from django.urls import include, path

app_name = "desk_assessments"

urlpatterns = [
    path("", include("assessments.desk_quiz_urls")),
    path("", include("assessments.desk_grading_urls")),
]
