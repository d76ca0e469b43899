"""The bench's database: one course of so many lessons, so many learners, a quiz of ten questions, open attempts."""

import json
import random
import sys
from datetime import timedelta

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.auth.hashers import make_password  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.db import transaction  # noqa: E402

from assessments.models import Attempt  # noqa: E402
from assessments.quizzes import actions as quiz_actions  # noqa: E402
from assessments.quizzes.imports import add_quiz  # noqa: E402
from content.models import Activity, LessonPage  # noqa: E402
from content.setup import ensure_tree  # noqa: E402
from lms import clock  # noqa: E402
from lms.enrolment.models import Enrolment  # noqa: E402
from lms.graduation.models import Policy, PolicyLine  # noqa: E402
from lms.people.models import User  # noqa: E402
from lms.progress.models import Completion, LearningRecord  # noqa: E402
from tests import factories  # noqa: E402
from tests.bench.texts import PARAGRAPHS  # noqa: E402

CHECK = {
    "key": "c1",
    "question": "先看什么？",
    "required": True,
    "multiple": False,
    "options": [
        {"text": "孩子", "correct": True, "feedback": "对"},
        {"text": "房子", "correct": False, "feedback": "再想想"},
    ],
}
BODY = [
    *[("rich_text", f"<p>{text}</p>") for text in PARAGRAPHS],
    ("check", CHECK),
]
OPEN_ATTEMPTS = 600
IN_A_MODULE = 10


def quiz_data():
    questions = [
        {
            "key": f"q{number}",
            "type": "single",
            "text": f"第 {number} 题",
            "points": 1,
            "explanation": "",
            "options": [{"text": "对", "correct": True}, {"text": "错"}, {"text": "不知道"}],
        }
        for number in range(10)
    ]
    return {"title": "测验", "slug": "quiz", "intro": "", "attempts": 9999, "pass_mark": 70, "questions": questions}


def build(lessons, learners):
    """Everything for one run; returns what the client needs to know."""
    ensure_tree()
    now = clock.now()
    track = factories.track("K")
    intake = factories.intake("K")
    policy = Policy(track=track)
    policy.lines = [PolicyLine(key="required_lessons", settings={}), PolicyLine(key="quizzes_passed", settings={})]
    policy.save()
    course = factories.course("课程", modules=0, tracks=[track], slug="bench")
    modules = [factories.module(course) for _ in range(0, lessons, IN_A_MODULE)]
    for number in range(lessons):
        factories.lesson(modules[number // IN_A_MODULE], f"课时 {number + 1}", body=BODY, tracks=[track])
    module = modules[0]
    quiz = add_quiz(module, quiz_data(), now=now)
    people = make_people(learners, intake, now)
    records(people, lessons)
    attempts = open_attempts(quiz, people, intake, now)
    staff = factories.person("benchstaff")
    factories.grant(staff, "staff", programme=track.programme)
    first = LessonPage.objects.order_by("path").first()
    return {
        "lesson": f"/courses/bench/{module.slug}/{first.slug}/",
        "outline": "/courses/bench/",
        "reference": Activity.objects.get(uuid=first.translation_key).pk,
        "sessions": [session_of(person) for person in people[:40]],
        "plain_sessions": [session_of(person, "django.contrib.auth.backends.ModelBackend") for person in people[:40]],
        "staff": session_of(staff),
        "attempts": attempts,
    }


def make_people(count, intake, now):
    password = make_password("secret")
    people = User.objects.bulk_create(
        User(username=f"b{number}", name=f"学员{number}", email=f"b{number}@example.org", password=password)
        for number in range(count)
    )
    Enrolment.objects.bulk_create(Enrolment(learner=person, intake=intake, enrolled_at=now) for person in people)
    return people


def records(people, lessons):
    """Each learner has done about half of the lessons."""
    rng = random.Random(1)
    activities = list(Activity.objects.filter(kind="lesson").order_by("pk")[: min(lessons, 10)])
    now = clock.now()
    for person in people:
        done = rng.sample(activities, len(activities) // 2)
        LearningRecord.objects.bulk_create(
            LearningRecord(
                learner=person, activity=one, verb="completed", at=now, minutes=20, key=f"bench:{one.pk}:{person.pk}"
            )
            for one in done
        )
        Completion.objects.bulk_create(
            Completion(learner=person, activity=one, completed_at=now, minutes=20) for one in done
        )


def open_attempts(quiz, people, intake, now):
    """One open attempt for each of enough learners: (session, address of the attempt)."""
    activity = Activity.objects.get(uuid=quiz.translation_key)
    made = []
    for person in people[:OPEN_ATTEMPTS]:
        attempt = quiz_actions.start(activity, person, scope=f"intake:{intake.pk}", now=now)
        made.append((session_of(person), f"/work/attempts/{attempt.uuid}/"))
    assert Attempt.objects.count() == len(made)
    return made


def session_of(user, backend=settings.AUTHENTICATION_BACKENDS[0]):
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = backend
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.set_expiry(timedelta(days=1))
    session.create()
    return session.session_key


if __name__ == "__main__":
    with transaction.atomic():
        print(json.dumps(build(int(sys.argv[1]), int(sys.argv[2]))))
