from django.urls import path

from lms.credentials import desk_views

app_name = "desk_credentials"

urlpatterns = [
    path("", desk_views.credentials, name="credentials"),
    path("intakes/<int:pk>/", desk_views.intake, name="intake"),
    path("intakes/<int:pk>/zip/", desk_views.download, name="download"),
    path("<uuid:uuid>/", desk_views.credential, name="credential"),
    path("<uuid:uuid>/revoke/", desk_views.revoke, name="revoke"),
    path("<uuid:uuid>/replace/", desk_views.replace, name="replace"),
]
