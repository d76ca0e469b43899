from django.urls import path

from lms.notifications import views

app_name = "inbox"

urlpatterns = [
    path("", views.inbox, name="list"),
    path("read/", views.read_all, name="read_all"),
    path("<int:pk>/", views.message, name="message"),
]
