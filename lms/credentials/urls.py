from django.urls import path

from lms.credentials import views

app_name = "credentials"

urlpatterns = [
    path("", views.mine, name="mine"),
    path("verify/", views.verify, name="verify"),
    path("verify/<str:code>/", views.verify_code, name="verify_code"),
    path("<uuid:uuid>/", views.credential, name="credential"),
    path("<uuid:uuid>/pdf/", views.pdf, name="pdf"),
]
