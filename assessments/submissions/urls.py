"""Learners' addresses of assignments and submissions, under /work/."""

from django.urls import path

from assessments.submissions import sending, views

urlpatterns = [
    path("assignments/<uuid:uuid>/", views.assignment, name="assignment"),
    path("assignments/<uuid:uuid>/begin/", views.begin, name="begin"),
    path("submissions/<uuid:uuid>/", views.submission, name="submission"),
    path("submissions/<uuid:uuid>/check/", sending.check, name="check"),
    path("submissions/<uuid:uuid>/parts/<slug:key>/", views.section, name="section"),
    path("submissions/<uuid:uuid>/versions/<int:number>/", sending.version, name="version"),
    path("submissions/<uuid:uuid>/versions/<int:number>/receipt/", sending.receipt, name="receipt"),
]
