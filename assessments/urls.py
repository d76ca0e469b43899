"""Learners' addresses: quizzes and attempts; assignments and submissions."""

from django.urls import include, path

app_name = "assessments"

urlpatterns = [
    path("", include("assessments.quizzes.urls")),
    path("", include("assessments.submissions.urls")),
]
