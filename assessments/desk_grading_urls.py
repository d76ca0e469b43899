"""The marker's addresses, under /desk/marking/."""

from django.urls import path

from assessments import grading_views

urlpatterns = [
    path("", grading_views.queue, name="queue"),
    path("<uuid:uuid>/", grading_views.grade, name="grade"),
    path("<uuid:uuid>/versions/<int:number>/", grading_views.earlier, name="earlier"),
]
