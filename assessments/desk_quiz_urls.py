"""Staff addresses of quizzes, within /desk/marking/ and the namespace ``desk_assessments``."""

from django.urls import path

from assessments import quiz_desk

urlpatterns = [
    path("quizzes/", quiz_desk.quizzes, name="quizzes"),
    path("quizzes/<uuid:uuid>/", quiz_desk.attempts, name="quiz"),
    path("quizzes/<uuid:uuid>/attempts.xlsx", quiz_desk.spreadsheet, name="quiz_spreadsheet"),
]
