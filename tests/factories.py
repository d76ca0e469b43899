"""Real objects for tests, in the words of the programme. Every function saves what it returns."""

from datetime import timedelta

from content.models import Activity, CoursePage, LessonPage, ModulePage
from content.setup import ensure_tree, ensure_workflow
from lms import clock
from lms.enrolment.models import Enrolment, Supervision
from lms.people.models import User
from lms.programmes.models import Cohort, Grant, Intake, Programme, Track, TrackActivity, TrackCourse


def plant_tree():
    """What stands after migration: languages, the list of courses, groups, the review of lessons."""
    courses = ensure_tree()
    ensure_workflow(courses)
    return courses


def publish(page):
    page.save_revision(clean=False, log_action=False).publish(log_action=False)
    return page


def person(username, **fields):
    """A person with the password ``secret`` who can sign in."""
    user = User(username=username, name=fields.pop("name", username), email=f"{username}@example.org", **fields)
    user.set_password("secret")
    user.save()
    return user


def programme(slug="liangxing", **fields):
    found = Programme.objects.filter(slug=slug).first()
    return found or Programme.objects.create(
        slug=slug, name="亮星计划", name_en="Liangxing programme", region="NS", **fields
    )


def track(code="K", **fields):
    names = {"P": "正向教养家长引导师", "C": "正向教养儿童引导师", "K": "儿童保护个案服务者"}
    owner = fields.pop("programme", None) or programme()
    found = Track.objects.filter(programme=owner, code=code).first()
    return found or Track.objects.create(
        programme=owner, code=code, slug=f"track-{code.lower()}", name=names.get(code, code), name_en=code, **fields
    )


def cohort(number=1, *, starts=-30, ends=335, **fields):
    """A cohort that starts and ends so many days from today."""
    owner = fields.pop("programme", None) or programme()
    found = Cohort.objects.filter(programme=owner, number=number).first()
    today = clock.today()
    return found or Cohort.objects.create(
        programme=owner,
        number=number,
        starts_on=today + timedelta(days=starts),
        ends_on=today + timedelta(days=ends),
    )


def intake(code="K", *, seats=30, opens=-10, closes=10, **fields):
    """An intake of the track in a cohort, open from so many days ago to so many days ahead."""
    now, owner = clock.now(), fields.pop("programme", None)
    return Intake.objects.create(
        track=track(code, programme=owner),
        cohort=fields.pop("cohort", None) or cohort(programme=owner),
        seats=seats,
        opens_at=now + timedelta(days=opens),
        closes_at=now + timedelta(days=closes),
        **fields,
    )


def course(title="个案服务", *, modules=1, lessons=1, tracks=(), required=True, **fields):
    """A published course with modules of lessons, in the given tracks, which require every lesson."""
    page = publish(
        plant_tree().add_child(
            instance=CoursePage(title=title, slug=fields.pop("slug", None) or _next_slug(), **fields)
        )
    )
    for number in range(1, modules + 1):
        part = module(page, f"单元 {number}")
        for item in range(1, lessons + 1):
            lesson(part, f"课时 {number}.{item}", tracks=tracks if required else ())
    for order, owner in enumerate(tracks):
        TrackCourse.objects.create(track=owner, course=page, order=order)
    return page


def _next_slug():
    return f"course-{CoursePage.objects.count() + 1}"


def module(course_page, title="单元", **fields):
    slug = f"m{course_page.get_children().count() + 1}"
    return publish(course_page.add_child(instance=ModulePage(title=title, slug=slug, **fields)))


def lesson(module_page, title="课时", *, body=(), tracks=(), **fields):
    """A published lesson; ``body`` is a list of (block key, value); its activity is required by ``tracks``."""
    slug = fields.pop("slug", None) or f"l{module_page.get_children().count() + 1}"
    page = LessonPage(title=title, slug=slug, minutes=fields.pop("minutes", 20), body=list(body), **fields)
    publish(module_page.add_child(instance=page))
    for owner in tracks:
        TrackActivity.objects.create(track=owner, activity=activity_of(page))
    return page


def activity_of(page):
    return Activity.objects.get(uuid=page.translation_key)


def enrol(learner, intake_row, **fields):
    return Enrolment.objects.create(learner=learner, intake=intake_row, enrolled_at=clock.now(), **fields)


def supervise(enrolment, supervisor, **fields):
    return Supervision.objects.create(
        enrolment=enrolment, supervisor=supervisor, starts_at=clock.now() - timedelta(days=1), **fields
    )


def grant(user, role, **scope):
    """A grant that started an hour ago: ``grant(user, "staff", programme=…)``. Shows the way to the desk."""
    user.is_staff = True
    user.save(update_fields=["is_staff"])
    return Grant.objects.create(user=user, role=role, starts_at=clock.now() - timedelta(hours=1), **scope)
