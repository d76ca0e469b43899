"""Case work at the desk, under /desk/cases/."""

from django.urls import path

from lms.casework import consent_views, desk_views, staff_views, urls  # noqa: F401  (urls registers the converters)

app_name = "desk_casework"

urlpatterns = [
    path("hours/", desk_views.hours, name="hours"),
    path("supervision/", staff_views.supervision, name="supervision"),
    path("supervision/<int:pk>/", staff_views.supervision_of_intake, name="supervision_of_intake"),
    path("register/", staff_views.register, name="register"),
    path("register/<case:code>/", staff_views.registered_page, name="registered"),
    path("register/<case:code>/allocate/", staff_views.allocate, name="allocate"),
    path("register/<case:code>/markers/<int:pk>/end/", staff_views.end_allocation, name="end_allocation"),
    path("register/<case:code>/consent/<int:pk>/withdraw/", staff_views.withdraw, name="withdraw"),
    path("register/<case:code>/hold/", staff_views.hold, name="hold"),
    path("register/<case:code>/release/", staff_views.release, name="release"),
    path("register/<case:code>/erase/", staff_views.erase, name="erase"),
    path("<case:code>/duty/", consent_views.decide_by_duty, name="duty"),
]
