"""Cases of a learner, under /cases/. A case is named by its code, which says nothing about the child."""

from django.urls import path, register_converter

from lms.casework import consent_views, time_views, views


class CaseCode:
    """K-2026-0007."""

    regex = r"[A-Z]-\d{4}-\d{4,}"

    def to_python(self, value):
        return value

    def to_url(self, value):
        return value


class Giver(CaseCode):
    regex = "guardian|child"


register_converter(CaseCode, "case")
register_converter(Giver, "giver")

app_name = "casework"

urlpatterns = [
    path("", views.case_list, name="list"),
    path("new/", views.open_case, name="open"),
    path("hours/", time_views.hours, name="hours"),
    path("hours/<int:pk>/", time_views.edit, name="time"),
    path("hours/<int:pk>/remove/", time_views.remove, name="remove_time"),
    path("record/<uuid:activity>/", views.choose, name="choose"),
    path("consent-text/<slug:version>/", consent_views.text, name="consent_text"),
    path("<case:code>/", views.case_page, name="case"),
    path("<case:code>/record/<uuid:activity>/", views.start_record, name="start_record"),
    path("<case:code>/names/", views.names, name="names"),
    path("<case:code>/consent/", consent_views.consents, name="consents"),
    path("<case:code>/consent/<giver:giver>/", consent_views.record, name="record_consent"),
    path("<case:code>/consent/<int:pk>/withdraw/", consent_views.withdraw, name="withdraw"),
]
