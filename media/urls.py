"""Addresses of files under /files/: private ones by their id, and uploads on their way in."""

from django.urls import path

from media import private

app_name = "media"

urlpatterns = [
    path("uploads/", private.upload_create, name="uploads"),
    path("uploads/<uuid:uuid>/", private.upload, name="upload"),
    path("<uuid:uuid>/", private.private_file, name="file"),
    path("<uuid:uuid>/remove/", private.remove, name="remove"),
]
