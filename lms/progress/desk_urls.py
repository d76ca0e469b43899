from django.urls import path

from lms.progress import desk_learner, desk_views

app_name = "desk_learn"

urlpatterns = [
    path("", desk_views.learner_list, name="learners"),
    path("learners.xlsx", desk_views.learner_export, name="export"),
    path("<int:pk>/", desk_learner.learner, name="learner"),
    path("<int:pk>/withdraw/", desk_learner.withdraw, name="withdraw"),
    path("<int:pk>/readmit/", desk_learner.readmit, name="readmit"),
    path("<int:pk>/name/", desk_learner.correct_name, name="name"),
]
