from django.urls import path

from lms.notifications import views

app_name = "desk_inbox"

urlpatterns = [
    path("", views.deliveries, name="list"),
    path("<int:pk>/resend/", views.resend, name="resend"),
]
