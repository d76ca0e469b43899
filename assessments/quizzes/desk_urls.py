"""Staff addresses of quizzes, within /desk/marking/ and the namespace ``desk_assessments``."""

from django.urls import path

from assessments.quizzes import desk

urlpatterns = [
    path("quizzes/", desk.quizzes, name="quizzes"),
    path("quizzes/<uuid:uuid>/", desk.attempts, name="quiz"),
    path("quizzes/<uuid:uuid>/attempts.xlsx", desk.spreadsheet, name="quiz_spreadsheet"),
]
