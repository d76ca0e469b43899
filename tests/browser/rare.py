"""States that few people of the demo are in, and some that are made here: withdrawn, erased, revoked, guarded.

Run inside the site by ``site.seed``, as ``places`` is. In a folder that is kept, what was made is found again.
"""

from datetime import timedelta

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.hashers import make_password

from assessments.models import Attempt, QuizPage
from content.models import CoursePage
from lms.admissions.models import Application
from lms.casework import consent_actions, erasure
from lms.casework.models import Case
from lms.clock import now
from lms.credentials import actions as credentials
from lms.credentials.models import Credential
from lms.demo.accounts import PASSWORD
from lms.people.models import User
from lms.programmes.models import Intake


def addresses():
    """{name: what stands in an address, or a user name}, as texts."""
    found = {**_applicants(), **_learners(), **_locked(), **_cases(), **_revoked(), **_guarded(), **_by_letter()}
    return {name: str(value) for name, value in found.items()}


def _applicants():
    """Somebody of the open cohort in each state that no account of the demo is in."""
    found, third = {}, Intake.objects.filter(cohort__number=3, cohort__programme__slug="liangxing")
    for state in ("waitlisted", "declined", "withdrawn", "confirmed"):
        application = Application.objects.filter(choices__state=state, choices__intake__in=third).first()
        found |= {state: application.applicant.username, f"{state}_application": application.number}
    return found


def _learners():
    failed = Attempt.objects.filter(passed=False).order_by("pk").first()
    late = User.objects.get(username="nanxing")
    return {
        "failed": failed.learner.username,
        "failed_result": failed.uuid,
        "failed_quiz": failed.activity.uuid,
        "twice": late.submissions.get(state="returned").uuid,
        "late": late.enrolments.get().pk,
    }


# --- what is made ---------------------------------------------------------------------------------------------------
def _locked():
    """The quiz of the last course opens only tomorrow."""
    course = CoursePage.objects.get(slug="casework", locale__language_code="zh-hans")
    quiz = QuizPage.objects.descendant_of(course).get()
    quiz.opens_at = now() + timedelta(days=1)
    quiz.save_revision().publish()
    return {"locked_quiz": quiz.translation_key}


def _cases():
    """A case whose guardian took the consent back, and one that a director erased."""
    ours = Case.objects.filter(enrolment__intake__cohort__programme__slug="liangxing")
    accepted = ours.filter(submission__state="accepted").order_by("-pk")
    closed = accepted.filter(enrolment__supervisions__supervisor__username="supervisor").first()
    erased = accepted.exclude(enrolment=closed.enrolment_id).exclude(enrolment__learner__username="learner").first()
    learner, director = closed.enrolment.learner, User.objects.get(username="director")
    if not closed.closed_at:
        consent_actions.withdraw(
            closed.consents.valid().get(purpose="training", giver="guardian"), by=learner, now=now()
        )
    if not erased.closed_at:
        erasure.erase(erased, by=director, reason="家人要求删除。", now=now())
    return {
        "closed": learner.username,
        "closed_case": closed.code,
        "closed_submission": closed.submission.uuid,
        "erased_case": erased.code,
    }


def _revoked():
    credential = Credential.objects.filter(holder__username="p180001").get()
    if credential.is_valid:
        director = User.objects.get(username="director")
        credentials.revoke(credential, reason="结业条件当时没有满足。", by=director, now=now())
    return {
        "revoked": credential.holder.username,
        "revoked_credential": credential.uuid,
        "revoked_code": credential.code,
    }


def _guarded():
    """Somebody whose account asks for a second factor, and a recovery code that opens it once."""
    user, made = _person("guarded", "氐守门", verified=True)
    secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    if made:
        TOTP.activate(user, secret)
    codes = RecoveryCodes.activate(user).get_unused_codes()
    return {"guarded": user.username, "guarded_secret": secret, "guarded_code": codes[0], "user_pk": user.pk}


def _by_letter():
    """What stands in letters to people who forgot their password, or have just signed up."""
    user, _made = _person("forgetful", "胃忘言", verified=False)
    address = EmailAddress.objects.get(user=user)
    return {
        "reset_key": f"{user_pk_to_url_str(user)}-{default_token_generator.make_token(user)}",
        "confirm_key": EmailConfirmationHMAC.create(address).key,
    }


def _person(username, name, *, verified):
    email = f"{username}@example.org"
    user, made = User.objects.get_or_create(
        username=username, defaults={"name": name, "email": email, "password": make_password(PASSWORD)}
    )
    if made:
        EmailAddress.objects.create(user=user, email=email, verified=verified, primary=True)
    return user, made
