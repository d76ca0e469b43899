"""Instructors look through the attempts of their learners by name: those at the quizzes of a course they were granted,
or of a programme's courses by learners of that programme. Applicants' attempts belong to admission."""

from django.db.models import CharField, Q, Value
from django.db.models.functions import Cast, Concat

from content.models import CoursePage
from lms.programmes.models import Grant, Intake


class Instructors:
    key = "programmes.instructors"

    @staticmethod
    def courses(user, now):
        grants = _grants(user, now)
        reached = Q(pk__in=grants.values("course")) | Q(tracks__programme__in=grants.values("programme"))
        return CoursePage.objects.filter(reached).values("translation_key")

    @staticmethod
    def attempts(user, now):
        grants = _grants(user, now)
        granted = CoursePage.objects.filter(pk__in=grants.values("course")).values("translation_key")
        taught = CoursePage.objects.filter(tracks__programme__in=grants.values("programme")).values("translation_key")
        learners = _scopes(Intake.objects.filter(cohort__programme__in=grants.values("programme")))
        return Q(activity__course__in=granted, scope__startswith="intake:") | Q(
            activity__course__in=taught, scope__in=learners
        )


def _grants(user, now):
    return Grant.objects.active(now).of(user, Grant.Role.INSTRUCTOR)


def _scopes(intakes):
    """What attempts of learners of these intakes are counted under."""
    scope = Concat(Value("intake:"), Cast("pk", CharField()))
    return intakes.order_by().annotate(scope=scope).values("scope")
