from django.urls import path

from lms.graduation import views

app_name = "graduation"

urlpatterns = [
    path("", views.mine, name="mine"),
    path("<int:pk>/", views.enrolment, name="enrolment"),
]
