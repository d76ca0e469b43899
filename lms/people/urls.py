from django.urls import path

from lms.people import views

app_name = "people"

urlpatterns = [
    path("", views.me, name="me"),
    path("edit/", views.edit, name="edit"),
    path("arrive/", views.arrive, name="arrive"),
]
