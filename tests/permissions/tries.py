"""The real addresses at which an object of each kind is listed, read and changed, with what would show it.

``KINDS``: {object kind: {action: function of the world}}; the function gives the addresses to try, one after another.
The first part of an action's name says how it is judged: ``list`` and ``read`` must show the canary, every other verb
must write. An action is open to a role when one of its addresses is.
"""

from dataclasses import dataclass, field

from django.urls import reverse

from lms import clock
from lms.admissions import screening
from tests.admissions import stories
from tests.assessments.questions.test_bank import sent as question_form
from tests.permissions.world import APPLICANT, LEARNER, canary


@dataclass(frozen=True)
class Get:
    """A page that shows the object to whom it is open. ``shared``: the page itself is there for others too."""

    path: str
    shows: str
    shared: bool = False


@dataclass(frozen=True)
class Post:
    """A form that changes something for whom it is open."""

    path: str
    data: dict = field(default_factory=dict)
    shared: bool = False


def page(name, *args, shows):
    """The page of one object."""
    return Get(reverse(name, args=args), shows)


def shared(name, shows):
    """A page that many have, each with what is theirs."""
    return Get(reverse(name), shows, shared=True)


def form(name, *args, **data):
    return Post(reverse(name, args=args), data)


# --- admission ------------------------------------------------------------------------------------------------------
APPLICATION = {
    "list": lambda w: [
        page("admissions:status", shows=w.application.number),
        page("desk_admissions:intake", w.intake.pk, shows=APPLICANT),
        page("desk_admissions:to_score", shows=w.application.number),
    ],
    "read": lambda w: [
        page("admissions:print", w.application.number, shows=canary("application")),
        page("desk_admissions:choice", w.choice.pk, shows=canary("application")),
    ],
    "change": lambda w: [
        Post(
            reverse("admissions:section", args=[w.application.number, "reasons"]),
            {
                "f-reason": stories.REASON,
                "f-hours": "6",
                "base_revision": w.application.revisions["reasons"],
                "draft": "",
            },
        )
    ],
    "screen": lambda w: [form("desk_admissions:screen", w.choice.pk, revision=1, **WITH_REASONS)],
    "decide": lambda w: [
        form("desk_admissions:decide", w.intake.pk, verb="decline", text="full", choice=w.choice.pk, send="1")
    ],
}
WITH_REASONS = {
    f"{key}-{part}": value for key in screening.CHECKS for part, value in (("answer", "no"), ("reason", "because"))
}
EVIDENCE = {
    "list": lambda w: [
        page("admissions:section", w.application.number, "evidence", shows=canary("evidence")),
        page("desk_admissions:choice", w.choice.pk, shows=canary("evidence")),
    ],
    "read": lambda w: [page("media:file", w.evidence.uuid, shows=canary("evidence"))],
    "remove": lambda w: [form("media:remove", w.evidence.uuid)],
}
SCORE_SHEET = {
    "read": lambda w: [page("desk_admissions:choice", w.choice.pk, shows=canary("sheet"))],
    "change": lambda w: [form("desk_admissions:score", w.choice.pk, **stories.POINTS, remark="other", revision=1)],
}
LETTER = {
    "list": lambda w: [
        page("admissions:application", w.application.number, shows=w.letter.subject),
        page("desk_admissions:choice", w.choice.pk, shows=w.letter.subject),
    ],
    "read": lambda w: [
        page("admissions:letter", w.application.number, w.letter.number, shows=canary("letter")),
        page("desk_admissions:choice", w.choice.pk, shows=canary("letter")),
    ],
}

# --- study ----------------------------------------------------------------------------------------------------------
ENROLMENT = {
    "list": lambda w: [page("desk_learn:learners", shows=LEARNER)],
    "read": lambda w: [
        page("desk_learn:learner", w.enrolment.pk, shows=LEARNER),
    ],
    "supervise": lambda w: [
        form(
            "desk_casework:supervision_of_intake",
            w.intake.pk,
            supervisor="other-supervisor",
            enrolments=w.enrolment.pk,
        )
    ],
    "leave": lambda w: [Post(reverse("learn:leave", args=[w.intake.pk]), {"understood": "on"}, shared=True)],
    "let go": lambda w: [form("desk_learn:withdraw", w.enrolment.pk, reason="asked")],
    "correct the name": lambda w: [
        Post(reverse("desk_learn:name", args=[w.enrolment.pk]), {"name": "亢一帆", "reason": "asked"})
    ],
}
LEFT = {
    "read": lambda w: [
        page("assessments:version", w.left_submission.uuid, 1, shows=canary("left")),
        page("assessments:section", w.left_submission.uuid, "files", shows=canary("left")),
    ],
    "change": lambda w: [
        form("assessments:section", w.left_submission.uuid, "files", **{"f-note": "new", "base_revision": 1}),
        form("assessments:check", w.left_submission.uuid, honest="yes", key="again"),
    ],
    "take back": lambda w: [form("desk_learn:readmit", w.left_enrolment.pk, reason="asked")],
}
LESSON = {
    "list": lambda w: [Get(w.course.url, "先看五个方面")],
    "read": lambda w: [Get(w.lesson.url, canary("lesson"))],
    "finish": lambda w: [form("learn:finish", w.lesson.translation_key)],
}
UNLISTED_COURSE = {
    "list": lambda w: [Get("/courses/", canary("unlisted"))],
    "read": lambda w: [Get(w.unlisted.url, canary("unlisted"))],
}
ATTEMPT = {
    "list": lambda w: [
        page("assessments:quiz", w.quiz.translation_key, shows=str(w.attempt.uuid)),
        page("desk_assessments:quiz", w.quiz.translation_key, shows=str(w.graduate)),
    ],
    "read": lambda w: [page("assessments:attempt", w.attempt.uuid, shows="第1问")],
    "answer": lambda w: [
        form("assessments:attempt_save", w.attempt.uuid, 1, **w.right_answer()),
    ],
    "export": lambda w: [page("desk_assessments:quiz_spreadsheet", w.quiz.translation_key, shows="")],
}

# --- what is handed in ----------------------------------------------------------------------------------------------
SUBMISSION = {
    "list": lambda w: [
        page("assessments:assignment", w.essay.uuid, shows=str(w.submission.uuid)),
        page("desk_assessments:queue", shows=w.submission.number),
    ],
    "read": lambda w: [
        page("assessments:version", w.submission.uuid, 1, shows=canary("submission")),
        page("desk_assessments:grade", w.submission.uuid, shows=canary("submission")),
    ],
    "change": lambda w: [
        form("assessments:section", w.returned.uuid, "files", **{"f-note": "new", "base_revision": 1}),
    ],
}
SUBMISSION_FILE = {
    "list": lambda w: [
        page("assessments:version", w.submission.uuid, 1, shows=canary("file")),
        page("desk_assessments:grade", w.submission.uuid, shows=canary("file")),
    ],
    "read": lambda w: [page("media:file", w.file.uuid, shows=canary("file"))],
    "remove": lambda w: [form("media:remove", w.file.uuid)],
}
GRADE_DRAFT = {
    "read": lambda w: [
        page("desk_assessments:grade", w.submission.uuid, shows=canary("draft-grade")),
        page("assessments:submission", w.submission.uuid, shows=canary("draft-grade")),
        page("assessments:version", w.submission.uuid, 1, shows=canary("draft-grade")),
    ],
    "change": lambda w: [
        form("desk_assessments:grade", w.submission.uuid, comment="other", base_revision=1),
        form("desk_assessments:grade", w.submission.uuid, comment="first", base_revision=0),
    ],
}
RELEASED_GRADE = {
    "read": lambda w: [
        page("assessments:submission", w.returned.uuid, shows=canary("released-grade")),
        page("desk_assessments:grade", w.returned.uuid, shows=canary("released-grade")),
    ],
    "change": lambda w: [
        form("desk_assessments:grade", w.returned.uuid, comment="other", base_revision=1),
        form("desk_assessments:grade", w.returned.uuid, comment="other", base_revision=0),
    ],
}

# --- case work ------------------------------------------------------------------------------------------------------
CASE = {
    "list": lambda w: [
        page("casework:list", shows=w.case.code),
        page("desk_learn:learners", shows=w.case.code),
    ],
    "read": lambda w: [page("casework:case", w.case.code, shows=w.case.code)],
}
REGISTER = {
    "list": lambda w: [page("desk_casework:register", shows=w.case.code)],
    "read": lambda w: [page("desk_casework:registered", w.case.code, shows=w.case.code)],
    "hold": lambda w: [
        form("desk_casework:hold", w.case.code, **{"hold-reason": "asked", "hold-until": f"{w.next_year:%Y-%m-%d}"})
    ],
    "allocate": lambda w: [
        form("desk_casework:allocate", w.case.code, **{"allocate-instructor": w.people["instructor"].pk})
    ],
    "erase": lambda w: [
        form("desk_casework:erase", w.case.code, **{"erase-reason": "asked", "erase-code": w.case.code})
    ],
}
DUTY = "The guardian is suspected of harm; article 11 obliges me to act. " * 3
CONSENT = {
    "read": lambda w: [page("casework:consents", w.case.code, shows=canary("consent"))],
    "record": lambda w: [
        form(
            "casework:record_consent",
            w.new_case.code,
            "guardian",
            service="yes",
            relation="mother",
            given_on=f"{clock.today():%Y-%m-%d}",
        )
    ],
    "withdraw": lambda w: [
        form("casework:withdraw", w.case.code, w.consent.pk),
        form("desk_casework:withdraw", w.case.code, w.consent.pk),
    ],
    "decide by duty": lambda w: [
        form(
            "desk_casework:duty",
            w.new_case.code,
            reason=DUTY,
        )
    ],
}
RECORD_TEXT = {
    "list": lambda w: [
        page("assessments:assignment", w.record_task.uuid, shows=str(w.record.uuid)),
        page("desk_assessments:queue", shows=w.record.number),
    ],
    "read": lambda w: [
        page("assessments:version", w.record.uuid, 1, shows=canary("record")),
        page("assessments:submission", w.record.uuid, shows=canary("record")),
        page("desk_assessments:grade", w.record.uuid, shows=canary("record")),
        page("desk_assessments:earlier", w.record.uuid, 1, shows=canary("record")),
    ],
    "grade": lambda w: [form("desk_assessments:grade", w.record.uuid, comment="good", base_revision=0)],
}
SERVICE_TIME = {
    "list": lambda w: [
        page("casework:hours", shows=reverse("casework:time", args=[w.time.pk])),
        page("desk_casework:hours", shows=f'value="{w.time.pk}"'),
    ],
    "change": lambda w: [
        form("casework:time", w.time.pk, kind="phone", minutes=30, date=f"{clock.today():%Y-%m-%d}", case="")
    ],
    "confirm": lambda w: [Post(reverse("desk_casework:hours"), {"do": "confirm", "times": w.time.pk}, shared=True)],
}

# --- graduation -----------------------------------------------------------------------------------------------------
GRADUATION = {
    "list": lambda w: [page("desk_graduation:intake", w.intake.pk, shows=LEARNER)],
    "read": lambda w: [
        page("graduation:enrolment", w.enrolment.pk, shows=str(w.track)),
        page("desk_graduation:dossier", w.enrolment.pk, shows=LEARNER),
    ],
}
DECISION = {
    "read": lambda w: [
        page("desk_graduation:dossier", w.enrolment.pk, shows=canary("decision")),
        page("graduation:enrolment", w.enrolment.pk, shows=canary("decision")),
    ],
    "propose": lambda w: [
        form("desk_graduation:propose", w.intake.pk, outcome="not_yet", reason="later", enrolment=w.other_enrolment.pk)
    ],
    "sign": lambda w: [form("desk_graduation:sign", w.intake.pk, decision=w.decision.pk)],
}
REQUIRED = {
    "read": lambda w: [page("desk_graduation:excuses", w.intake.pk, shows=canary("required"))],
    "excuse": lambda w: [
        form("desk_graduation:excuses", w.intake.pk, activity=w.required.activity_id, reason="asked"),
    ],
    "replace": lambda w: [
        form(
            "desk_graduation:substitute",
            w.intake.pk,
            w.required.activity_id,
            activity=w.extra.pk,
            reason="asked",
        )
    ],
}
CREDENTIAL = {
    "list": lambda w: [
        page("credentials:mine", shows=w.credential.number),
        page("desk_credentials:credentials", shows=w.credential.number),
    ],
    "read": lambda w: [
        page("credentials:credential", w.credential.uuid, shows=w.credential.number),
        page("desk_credentials:credential", w.credential.uuid, shows=w.credential.number),
    ],
    "revoke": lambda w: [form("desk_credentials:revoke", w.credential.uuid, **{"revoke-reason": "a mistake"})],
}
VERIFICATION = {
    "read": lambda w: [page("credentials:verify_code", w.credential.code, shows=w.credential.number)],
}

# --- messages -------------------------------------------------------------------------------------------------------
MESSAGE = {
    "list": lambda w: [page("inbox:list", shows=canary("message"))],
    "read": lambda w: [page("inbox:message", w.message.pk, shows=canary("message-text"))],
}
DELIVERIES = {
    "list": lambda w: [page("desk_inbox:list", shows=canary("message"))],
    "read": lambda w: [shared("desk_inbox:list", canary("message-text"))],
    "resend": lambda w: [form("desk_inbox:resend", w.delivery.pk)],
}

# --- the admin ------------------------------------------------------------------------------------------------------
GRANTS = {
    "list": lambda w: [page("grant:index", shows=reverse("grant:inspect", args=[w.given.pk]))],
    "read": lambda w: [page("grant:inspect", w.given.pk, shows="named instructor")],
    "give": lambda w: [form("grant:add", person="applicant", role="scorer", programme=w.programme.pk, until="")],
    "end": lambda w: [form("grant:edit", w.given.pk, until="", end_now="on")],
}
PROGRAMME = {
    "list": lambda w: [page("programme:index", shows=reverse("programme:edit", args=[w.programme.pk]))],
    "read": lambda w: [page("intake:edit", w.intake.pk, shows='name="seats"')],
    "change": lambda w: [
        form(
            "cohort:edit",
            w.intake.cohort_id,
            programme=w.programme.pk,
            number=1,
            **LATER,
        )
    ],
}
POLICY = {
    "list": lambda w: [
        page("graduation_policy:index", shows=reverse("graduation_policy:edit", args=[w.policy.pk])),
    ],
    "read": lambda w: [page("graduation_policy:edit", w.policy.pk, shows='name="service_hours"')],
    "change": lambda w: [
        form(
            "graduation_policy:edit",
            w.policy.pk,
            track=w.track.pk,
            **{"accepted_records": "on", "accepted_records-minimum": 3},
        )
    ],
}
TEMPLATES = "wagtailsnippets_admissions_lettertemplate"
TEMPLATE = {
    "list": lambda w: [page(f"{TEMPLATES}:list", shows=canary("template"))],
    "read": lambda w: [
        page(f"{TEMPLATES}:edit", w.template.pk, shows=canary("template")),
        page(f"{TEMPLATES}:history", w.template.pk, shows=canary("template")),
    ],
    "change": lambda w: [
        form(
            f"{TEMPLATES}:edit",
            w.template.pk,
            programme=w.programme.pk,
            kind=w.template.kind,
            language=w.template.language,
            subject="other",
            body=w.template.body,
        )
    ],
}
QUESTION = {
    "list": lambda w: [page("questions:index", shows=canary("question"))],
    "read": lambda w: [page("questions:edit", w.question.pk, shows=canary("question"))],
    "change": lambda w: [
        Post(
            reverse("questions:edit", args=[w.question.pk]),
            question_form(w.course, version=w.question.version, **{"settings-text": "asked anew"}),
        )
    ],
}
COURSE_PAGE = {
    "list": lambda w: [page("wagtailadmin_explore", w.module.pk, shows="先看五个方面")],
    "read": lambda w: [page("wagtailadmin_pages:edit", w.lesson.pk, shows=canary("lesson"))],
    "add": lambda w: [
        form("wagtailadmin_pages:add", "content", "modulepage", w.course.pk, title="New", slug="new", **NO_COMMENTS)
    ],
    "unpublish": lambda w: [form("wagtailadmin_pages:unpublish", w.lesson.pk)],
}
ACCOUNT = {
    "list": lambda w: [page("wagtailusers_users:index", shows="other applicant")],
    "read": lambda w: [page("wagtailusers_users:edit", w.applicant.pk, shows="applicant@example.org")],
}
LATER = {"starts_on": "2030-01-01", "ends_on": "2031-01-01"}
NO_COMMENTS = {"comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0"}

KINDS = {
    "application": APPLICATION,
    "evidence file": EVIDENCE,
    "score sheet": SCORE_SHEET,
    "letter": LETTER,
    "enrolment": ENROLMENT,
    "place that was left": LEFT,
    "lesson body": LESSON,
    "unlisted course": UNLISTED_COURSE,
    "quiz attempt": ATTEMPT,
    "assignment submission": SUBMISSION,
    "submission file": SUBMISSION_FILE,
    "grade draft": GRADE_DRAFT,
    "released grade": RELEASED_GRADE,
    "case": CASE,
    "case in the register": REGISTER,
    "consent": CONSENT,
    "case record text": RECORD_TEXT,
    "service time": SERVICE_TIME,
    "graduation page": GRADUATION,
    "decision": DECISION,
    "required activity": REQUIRED,
    "credential": CREDENTIAL,
    "public verification": VERIFICATION,
    "message": MESSAGE,
    "delivery list": DELIVERIES,
    "grants in the admin": GRANTS,
    "programme in the admin": PROGRAMME,
    "policy in the admin": POLICY,
    "letter template in the admin": TEMPLATE,
    "question": QUESTION,
    "course page in the admin": COURSE_PAGE,
    "account in the admin": ACCOUNT,
}

# pages of one kind that also show another: whoever reads the second may find the first page without what it holds
SHOWN_WITH = {
    "score sheet": ["application"],
    "letter": ["application"],
    "grade draft": ["assignment submission"],
    "released grade": ["assignment submission"],
    "decision": ["graduation page"],
    "consent": ["case", "case in the register"],
}
