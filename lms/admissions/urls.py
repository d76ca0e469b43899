from django.urls import path

from lms.admissions import programme_pages, status_pages, views

app_name = "admissions"

urlpatterns = [
    path("", programme_pages.programme, name="programme"),
    path("programmes/<slug:slug>/", programme_pages.programme, name="programme"),
    path("programmes/<slug:slug>/apply/", views.apply, name="apply"),
    path("programmes/<slug:slug>/<slug:track>/qr.svg", programme_pages.qr, name="qr"),
    path("applications/", status_pages.mine, name="status"),
    path("applications/<str:number>/", status_pages.application, name="application"),
    path("applications/<str:number>/choices/", views.choices, name="choices"),
    path("applications/<str:number>/form/<slug:key>/", views.section, name="section"),
    path("applications/<str:number>/check/", views.check, name="check"),
    path("applications/<str:number>/receipt/", views.receipt, name="receipt"),
    path("applications/<str:number>/print/", views.printed, name="print"),
    path("applications/<str:number>/more/", status_pages.add_choice, name="add_choice"),
    path("applications/<str:number>/baseline/", status_pages.baseline_page, name="baseline"),
    path("applications/<str:number>/letters/<str:letter>/", status_pages.letter, name="letter"),
    path("choices/<int:pk>/confirm/", status_pages.confirm, name="confirm"),
    path("choices/<int:pk>/withdraw/", status_pages.withdraw, name="withdraw"),
]
