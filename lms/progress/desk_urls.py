from django.urls import path

from lms.progress import desk_views

app_name = "desk_learn"

urlpatterns = [
    path("", desk_views.learner_list, name="learners"),
    path("learners.xlsx", desk_views.learner_export, name="export"),
    path("<int:pk>/", desk_views.learner, name="learner"),
]
