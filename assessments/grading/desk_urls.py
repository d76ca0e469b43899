"""The marker's addresses, under /desk/marking/."""

from django.urls import path

from assessments.grading import views

urlpatterns = [
    path("", views.queue, name="queue"),
    path("<uuid:uuid>/", views.grade, name="grade"),
    path("<uuid:uuid>/versions/<int:number>/", views.earlier, name="earlier"),
]
