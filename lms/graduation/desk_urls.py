from django.urls import path

from lms.graduation import desk_views

app_name = "desk_graduation"

urlpatterns = [
    path("", desk_views.board, name="board"),
    path("intakes/<int:pk>/", desk_views.intake, name="intake"),
    path("intakes/<int:pk>/propose/", desk_views.propose, name="propose"),
    path("intakes/<int:pk>/sign/", desk_views.sign, name="sign"),
    path("intakes/<int:pk>/excuses/", desk_views.excuses, name="excuses"),
    path("intakes/<int:pk>/excuses/<int:activity>/substitute/", desk_views.substitute, name="substitute"),
    path("learners/<int:pk>/", desk_views.dossier, name="dossier"),
    path("decisions/<int:pk>/refuse/", desk_views.refuse, name="refuse"),
]
