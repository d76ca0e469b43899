from django.urls import path

from lms.admissions import desk_choice, desk_decisions, desk_lists

app_name = "desk_admissions"

urlpatterns = [
    path("", desk_lists.applications, name="applications"),
    path("to-score/", desk_lists.to_score, name="to_score"),
    path("intakes/<int:pk>/", desk_lists.intake, name="intake"),
    path("intakes/<int:pk>/export/", desk_lists.export, name="export"),
    path("intakes/<int:pk>/decide/", desk_decisions.decide, name="decide"),
    path("choices/<int:pk>/", desk_choice.choice, name="choice"),
    path("choices/<int:pk>/screen/", desk_choice.screen, name="screen"),
    path("choices/<int:pk>/score/", desk_choice.score, name="score"),
    path("choices/<int:pk>/reopen/", desk_choice.reopen, name="reopen"),
    path("checks/<int:pk>/approve/", desk_choice.approve, name="approve"),
]
