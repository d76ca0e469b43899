"""Ground for the journeys, made inside the site: a small programme of their own, unique per run.

Each function answers with what the browser needs to know (addresses, numbers, names of people), as plain values. The
tests reach them by ``site.seed("name", …)``.
"""

from datetime import date, datetime, time, timedelta

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.utils import timezone
from wagtail.models import Locale

from assessments.models import AssignmentPage
from assessments.quizzes.imports import add_quiz
from content.importing import stream_from
from content.models import Activity, CoursePage, CoursesPage, LessonPage, ModulePage
from lms import clock
from lms.demo.accounts import PASSWORD
from lms.demo.courses import make_rubric
from lms.enrolment.actions import enrol
from lms.graduation.models import Policy, PolicyLine
from lms.people.models import Organisation, User
from lms.programmes import actions
from lms.programmes.models import (
    Cohort,
    Grant,
    Intake,
    Programme,
    ProgrammeOrganisation,
    Track,
    TrackActivity,
    TrackCourse,
)
from tests.browser import texts

Role = Grant.Role
STAFF = {  # what they are called in the journey, and what they are allowed
    "staff": ("室行舟", Role.STAFF),
    "scorer": ("张问渠", Role.SCORER),
    "second": ("柳知微", Role.SCORER),
    "director": ("星望舒", Role.DIRECTOR),
    "signatory": ("轸守正", Role.SIGNATORY),
    "reviewer": ("翼审言", Role.REVIEWER),
}


def journey(run):
    """A programme with one track and one open intake, its course, its policy and its people."""
    now, admin = clock.now(), User.objects.get(username="admin")
    programme = _programme(run)
    track = Track.objects.create(programme=programme, code="J", slug="track", name="行路人", name_en="Wayfarer")
    course = _course(f"journey-{run}", "行路课程", "The road", by=admin)
    module = course.get_children().get().specific
    lesson = _lesson(module, by=admin)
    quiz = add_quiz(module, texts.QUIZ, {"en": texts.QUIZ_EN}, by=admin, now=now)
    record = _record(module, by=admin)
    TrackCourse.objects.create(track=track, course=course)
    for page in (lesson, quiz, record):
        TrackActivity.objects.create(track=track, activity=Activity.objects.get(uuid=page.translation_key))
    _policy(track)
    intake = _intake(programme, track, baseline=_baseline(run, by=admin, now=now), now=now)
    people = _people(run, programme, by=admin, now=now)
    return {
        "programme": programme.slug,
        "intake": intake.pk,
        "course": course.url,
        "lesson": lesson.url,
        "quiz": str(quiz.translation_key),
        "record": str(record.translation_key),
        "people": people,
    }


def somebody(username):
    """Somebody who has an account and nothing else; returns the user name."""
    return _person(username, "胃初来").username


def learner(username, intake):
    """Somebody enrolled in the intake; returns the user name."""
    person = _person(username, "昴初学")
    enrol(person, Intake.objects.get(pk=intake), now=clock.now())
    return person.username


def empty_course(run, programme):
    """A course without anything in it, an instructor who was given this course and no other, and a learner in it."""
    now, admin = clock.now(), User.objects.get(username="admin")
    track = Track.objects.get(programme__slug=programme)
    title = f"空白课程 {run}"
    course = _publish(
        CoursesPage.objects.get(locale=_locale("zh-hans")), CoursePage(title=title, slug=f"e-{run}"), admin
    )
    _translate(course, "An empty course", admin)
    TrackCourse.objects.create(track=track, course=course, order=1)
    instructor = _person(f"instructor-{run}", "井初稿")
    actions.grant(instructor, Role.INSTRUCTOR, by=admin, now=now, course=course)
    return {"course": course.pk, "url": course.url, "title": title, "instructor": instructor.username}


# --- the parts ------------------------------------------------------------------------------------------------------
def _programme(run):
    programme = Programme.objects.create(
        slug=f"journey-{run}", name=f"行路计划 {run}", name_en=f"Journey {run}", region="NS", summary="走一遍。"
    )
    host, _made = Organisation.objects.get_or_create(
        name="示例行路服务中心", defaults={"name_en": "Example Wayfarers' Centre", "kind": "social"}
    )
    ProgrammeOrganisation.objects.create(programme=programme, organisation=host, role="host")
    return programme


def _intake(programme, track, *, baseline, now):
    today = timezone.localdate(now)
    cohort = Cohort.objects.create(programme=programme, number=1, starts_on=today, ends_on=today + timedelta(days=200))
    closes = timezone.make_aware(datetime.combine(today + timedelta(days=12), time(18)))
    return Intake.objects.create(
        cohort=cohort, track=track, seats=30, opens_at=now - timedelta(days=2), closes_at=closes, baseline=baseline
    )


def _policy(track):
    lines = [
        ("required_lessons", {}),
        ("quizzes_passed", {}),
        ("accepted_records", {"minimum": 1}),
        ("service_hours", {"minimum": 1, "direct": 70}),
    ]
    policy = Policy(track=track)
    policy.lines = [PolicyLine(key=key, settings=settings, sort_order=n) for n, (key, settings) in enumerate(lines)]
    policy.save()


def _people(run, programme, *, by, now):
    """The journey's staff: by their part, their user names. A supervisor needs no grant, only learners."""
    for part, (name, role) in STAFF.items():
        actions.grant(_person(f"{part}-{run}", name), role, by=by, now=now, programme=programme)
    _person(f"supervisor-{run}", "危行止")
    return {part: f"{part}-{run}" for part in (*STAFF, "supervisor")}


def _person(username, name):
    email = f"{username}@example.org"
    user = User.objects.create(username=username, name=name, email=email, password=make_password(PASSWORD))
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


# --- pages ----------------------------------------------------------------------------------------------------------
def _locale(code):
    return Locale.objects.get(language_code=code)


def _publish(parent, page, by):
    page.owner = by
    parent.add_child(instance=page)
    page.save_revision(user=by).publish(user=by)
    return page


def _translate(page, title, by, **texts_):
    english = page.copy_for_translation(_locale("en"), copy_parents=True)
    for field, text in {"title": title, **texts_}.items():
        setattr(english, field, text)
    english.slug = page.slug
    english.save_revision(user=by).publish(user=by)


def _course(slug, title, title_en, *, by, listed=True):
    """A course with one empty module, both in two languages."""
    root = CoursesPage.objects.get(locale=_locale("zh-hans"))
    course = _publish(root, CoursePage(title=title, slug=slug, summary="一课、一测、一份记录。", listed=listed), by)
    _translate(course, title_en, by, summary="One lesson, one quiz, one record.")
    module = _publish(course, ModulePage(title="第一单元", slug="m1"), by)
    _translate(module, "Module one", by)
    return course


def _lesson(module, *, by):
    page = LessonPage(
        title="第一课",
        slug="lesson",
        minutes=20,
        objective="学完能做到：先问孩子怎么想。",
        law_checked_on=date(2026, 11, 1),
        body=stream_from(texts.LESSON),
    )
    _publish(module, page, by)
    _translate(page, "Lesson one", by, objective="You ask the child first.", body=stream_from(texts.LESSON_EN))
    return page


def _record(module, *, by):
    page = AssignmentPage(
        title="个案记录",
        slug="record",
        minutes=60,
        form="case_record",
        repeatable=True,
        rubric=make_rubric(texts.RUBRIC),
        instructions="写一份认不出孩子的个案记录。",
    )
    _publish(module, page, by)
    _translate(page, "Case record", by, instructions="A record in which nobody recognises the child.")
    return page


def _baseline(run, *, by, now):
    course = _course(f"baseline-{run}", "入学评估", "Before the course", by=by, listed=False)
    module = course.get_children().get().specific
    page = add_quiz(module, texts.BASELINE, {"en": texts.BASELINE_EN}, by=by, now=now)
    return Activity.objects.get(uuid=page.translation_key)
