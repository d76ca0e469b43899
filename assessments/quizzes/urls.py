"""Learners' addresses of quizzes and attempts, within the namespace ``assessments``."""

from django.urls import path

from assessments.quizzes import attempt_views, result_views, views

urlpatterns = [
    path("quizzes/<uuid:uuid>/", views.intro, name="quiz"),
    path("quizzes/<uuid:uuid>/start/", views.start, name="quiz_start"),
    path("attempts/<uuid:uuid>/", attempt_views.attempt, name="attempt"),
    path("attempts/<uuid:uuid>/check/", attempt_views.check, name="attempt_check"),
    path("attempts/<uuid:uuid>/submit/", attempt_views.submit, name="attempt_submit"),
    path("attempts/<uuid:uuid>/state/", attempt_views.state, name="attempt_state"),
    path("attempts/<uuid:uuid>/answers/<int:position>/", attempt_views.save, name="attempt_save"),
    path("attempts/<uuid:uuid>/result/", result_views.result, name="attempt_result"),
]
