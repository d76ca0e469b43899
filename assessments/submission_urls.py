"""Learners' addresses of assignments and submissions, under /work/."""

from django.urls import path

from assessments import submission_sending, submission_views

urlpatterns = [
    path("assignments/<uuid:uuid>/", submission_views.assignment, name="assignment"),
    path("assignments/<uuid:uuid>/begin/", submission_views.begin, name="begin"),
    path("submissions/<uuid:uuid>/", submission_views.submission, name="submission"),
    path("submissions/<uuid:uuid>/check/", submission_sending.check, name="check"),
    path("submissions/<uuid:uuid>/parts/<slug:key>/", submission_views.section, name="section"),
    path("submissions/<uuid:uuid>/versions/<int:number>/", submission_sending.version, name="version"),
    path("submissions/<uuid:uuid>/versions/<int:number>/receipt/", submission_sending.receipt, name="receipt"),
]
