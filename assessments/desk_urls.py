"""Staff addresses under /desk/marking/: the marker's queue and the grading page."""

from django.urls import include, path

app_name = "desk_assessments"

urlpatterns = [
    path("", include("assessments.quizzes.desk_urls")),
    path("", include("assessments.grading.desk_urls")),
]
