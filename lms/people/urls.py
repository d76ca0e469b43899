from django.urls import path

from lms.people import unsent, views

app_name = "people"

urlpatterns = [
    path("", views.me, name="me"),
    path("edit/", views.edit, name="edit"),
    path("arrive/", views.arrive, name="arrive"),
    path("unsent/", unsent.send_again, name="send_again"),
    path("again/", unsent.signed_in_again, name="signed_in_again"),
]
