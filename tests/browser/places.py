"""Addresses of the demo that are made of numbers and ids: one of each kind, for the table of pages.

Run inside the site by ``site.seed``. What a page needs and the demo does not have is made here: an attempt under way.
"""

from django.conf import settings
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils.translation import override

from assessments.models import Attempt, QuizPage, Rubric
from assessments.questions.models import Question
from assessments.quizzes import actions as quiz_actions
from assessments.submissions.models import Submission
from content.models import Activity, CoursePage, LessonPage, ModulePage
from lms import clock, views
from lms.admissions.models import Application, Choice, Letter, LetterTemplate
from lms.casework.consent_texts import CURRENT
from lms.casework.models import Case, Consent, ServiceTime
from lms.credentials.models import Credential
from lms.enrolment.models import Enrolment
from lms.graduation.models import Policy
from lms.notifications.models import Message
from lms.people.models import User
from lms.programmes.models import Grant, Intake, IntakeActivity, Programme


def addresses():
    """{name: what stands in an address}, as texts."""
    found = {**_courses(), **_admission(), **_learner(), **_graduates(), **_desk(), **_admin()}
    return {name: str(value) for name, value in found.items()}


def error_pages(numbers):
    """{"404 en": the page as it is sent} for errors that no address brings about, in both languages."""
    return {
        f"{number} {language}": _error_page(number, language)
        for number in numbers
        for language, _name in settings.LANGUAGES
    }


def _error_page(number, language):
    request = RequestFactory().get("/")
    plain = {400: views.bad_request, 500: views.server_error}
    with override(language):
        if number in plain:
            return plain[number](request).content.decode()
        return render_to_string(f"{number}.html", {})


def _one(model, **filters):
    found = model.objects.filter(**filters).order_by("pk").first()
    assert found is not None, f"the demo has no {model.__name__} with {filters}"
    return found


# --- reading and learning -------------------------------------------------------------------------------------------
def _courses():
    lesson = LessonPage.objects.get(slug="principles-and-protections", locale__language_code="zh-hans")
    return {"lesson": lesson.url, "tag": lesson.tags.first().slug}


def _learner():
    learner = User.objects.get(username="learner")
    cases = {
        "returned_case": _one(Case, enrolment__learner=learner, submission__state="returned"),
        "accepted_case": _one(Case, enrolment__learner=learner, submission__state="accepted"),
        "fresh_case": _one(Case, enrolment__learner=learner, submission=None, simulated=False),
        "simulated_case": _one(Case, enrolment__learner=learner, simulated=True),
    }
    returned = cases["returned_case"]
    attempt = Attempt.objects.filter(learner=learner).submitted().first()
    return {
        **{name: case.code for name, case in cases.items()},
        "enrolment": returned.enrolment_id,
        "consent_text": CURRENT,
        "consent": _one(Consent, case=returned).pk,
        "returned": returned.submission.uuid,
        "accepted": cases["accepted_case"].submission.uuid,
        "time": _one(ServiceTime, enrolment__learner=learner, confirmed_at=None).pk,
        "result": attempt.uuid,
        "quiz": attempt.activity.uuid,
        "attempt": _attempt_under_way().uuid,
        "assignment": _one(Activity, kind="assignment").uuid,
        "record": returned.submission.activity.uuid,
        "message": _one(Message, recipient=learner).pk,
    }


def _attempt_under_way():
    """Mingyue has just started the first quiz, with 20 minutes left."""
    person, now = User.objects.get(username="mingyue"), clock.now()
    page = QuizPage.objects.descendant_of(CoursePage.objects.get(slug="protection", locale__language_code="zh-hans"))
    activity = Activity.objects.get(uuid=page.first().translation_key)
    enrolment = _one(Enrolment, learner=person)
    return quiz_actions.start(activity, person, scope=f"intake:{enrolment.intake_id}", now=now)


# --- applying -------------------------------------------------------------------------------------------------------
def _admission():
    numbers = {name: _one(Application, applicant__username=name).number for name in APPLICANTS}
    zhixia = Application.objects.get(number=numbers["zhixia"])
    return {
        **numbers,
        "offer": _one(Choice, application=zhixia, state=Choice.State.OFFERED).pk,
        "letter": _one(Letter, application=zhixia).number,
    }


APPLICANTS = ("zhixia", "ruogu", "xiaoxi", "newcomer")


# --- finishing ------------------------------------------------------------------------------------------------------
def _graduates():
    valid = _one(Credential, holder__username="xiaoyu")
    replaced = _one(Credential, holder__username="changgeng", state=Credential.State.REPLACED)
    return {
        "credential": valid.uuid,
        "code": valid.code,
        "replaced": replaced.uuid,
        "replaced_code": replaced.code,
        "graduate": valid.decision.enrolment_id,
    }


# --- staff ----------------------------------------------------------------------------------------------------------
def _desk():
    intakes = {
        (intake.cohort.number, intake.track.code): intake.pk
        for intake in Intake.objects.filter(track__programme__slug="liangxing").select_related("cohort", "track")
    }
    return {
        "selecting": intakes[3, "C"],
        "decided": intakes[3, "P"],
        "learning": intakes[2, "K"],
        "finished": intakes[1, "K"],
        "required": _one(IntakeActivity, intake=intakes[2, "K"]).activity_id,
        "choice": _one(Choice, intake=intakes[3, "C"], score__isnull=False).pk,
        "asked": _one(Choice, application__applicant__username="ruogu").pk,
        "to_grade": _one(Submission, form="case_record", state="submitted").uuid,
        "crisis_quiz": QuizPage.objects.descendant_of(
            CoursePage.objects.get(slug="crisis", locale__language_code="zh-hans")
        )
        .first()
        .translation_key,
        "letter_to_grade": _one(Submission, form="text", state="submitted").uuid,
    }


def _admin():
    """Objects in the admin, by their own numbers."""
    crisis = CoursePage.objects.get(slug="crisis", locale__language_code="zh-hans")
    pages = {
        "course_page": crisis,
        "module_page": ModulePage.objects.child_of(crisis).last(),
        "lesson_page": LessonPage.objects.get(slug="psychological-first-aid", locale__language_code="zh-hans"),
        "quiz_page": QuizPage.objects.descendant_of(crisis).get(),
    }
    rows = {
        "question": _one(Question, course=pages["course_page"].translation_key),
        "rubric": _one(Rubric),
        "programme": Programme.objects.get(slug="liangxing"),
        "policy": _one(Policy, track__programme__slug="liangxing"),
        "template": _one(LetterTemplate),
        "grant": _one(Grant, programme__slug="liangxing"),
    }
    return {f"{name}_pk": row.pk for name, row in {**pages, **rows}.items()}
