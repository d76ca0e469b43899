"""One small world for the matrix of permissions: somebody in every role, an object of every kind with a canary in it.

All is made by the product's own actions where there is one. Nobody here has two roles.
"""

from datetime import timedelta

from django.core.files.base import ContentFile

from assessments.grading import actions as grading_actions
from assessments.grading.actions import Words
from assessments.models import Grade, SubmissionFile
from assessments.quizzes import actions as quiz_actions
from assessments.submissions import actions as submission_actions
from assessments.submissions import submission_forms
from assessments.submissions.assignments import AssignmentPage
from content.models import CoursePage
from lms import clock
from lms.admissions import scoring
from lms.casework import actions as cases
from lms.casework import consent_actions, markers, time_actions
from lms.casework.record_form import SECTIONS
from lms.enrolment import actions as enrolment_actions
from lms.graduation import actions as graduation
from lms.graduation.models import Decision, Policy
from lms.notifications.actions import tell
from lms.notifications.models import Delivery, Message
from lms.notifications.notices import Notice
from lms.people.models import Organisation
from lms.programmes import actions as grants
from lms.programmes.models import ProgrammeOrganisation
from media.models import PrivateFile
from tests import factories
from tests.admissions import stories
from tests.assessments import quiz_factories as quizzes
from tests.assessments.quiz_factories import sent
from tests.casework.conftest import filled

CANARY = "CANARY"
LEARNER, APPLICANT = "亢一凡", "虚若谷"


def canary(what):
    """A word that stands nowhere else."""
    return f"{CANARY}-{what}-7f3a"


class World:
    """Attributes are the objects; ``people`` is who plays which role of the table."""

    def __init__(self):
        self.now = clock.now()
        self.next_year = clock.today() + timedelta(days=365)
        self.people = {"anonymous": None}
        self._programme()
        self._courses()
        self._staff()
        self._learners()
        self._admission()
        self._study()
        self._casework()
        self._leaving()
        self._graduation()
        self._messages()

    def person(self, role, name=None):
        user = factories.person(role.replace(" ", "-"), name=name or role)
        self.people[role] = user
        return user

    def grant(self, role_in_table, role, **scope):
        user = self.person(role_in_table)
        grants.grant(user, role, by=self.root, now=self.now - timedelta(hours=1), **scope)
        return user

    # --- where it takes place ---------------------------------------------------------------------------------------
    def _programme(self):
        self.root = factories.person("root", is_superuser=True, is_staff=True)
        factories.plant_tree()
        self.programme = factories.programme()
        self.elsewhere = factories.programme("elsewhere")
        host = Organisation.objects.create(name="示例培养委员会", name_en="Example Board")
        ProgrammeOrganisation.objects.create(programme=self.programme, organisation=host, role="host")
        self.track = factories.track("K")
        self.intake = factories.intake("K")
        self.other_intake = factories.intake("P")

    def _courses(self):
        self.course = factories.course("个案服务", lessons=0, slug="casework", tracks=[self.track])
        self.module = factories.module(self.course)
        text = f"<p>{canary('lesson')}</p>"
        self.lesson = factories.lesson(self.module, "先看五个方面", body=[("rich_text", text)], tracks=[self.track])
        self.unlisted = factories.course(canary("unlisted"), slug="unlisted", listed=False)
        self.quiz = quizzes.quiz(self.module, ["single"])
        self.essay = self._assignment("家访小结", form="files")
        self.record_task = self._assignment("个案记录", form="case_record", repeatable=True)
        self.question = quizzes.question(text=canary("question"))
        self.question.course = CoursePage.objects.get(pk=self.course.pk).translation_key
        self.question.save()

    def _assignment(self, title, **fields):
        slug = f"a{self.module.get_children().count() + 1}"
        page = self.module.add_child(instance=AssignmentPage(title=title, slug=slug, **fields))
        return factories.activity_of(factories.publish(page))

    # --- who works here ---------------------------------------------------------------------------------------------
    def _staff(self):
        self.grant("instructor", "instructor", course=self.course)
        self.named = self.grant("named instructor", "instructor", course=self.course)
        self.given = self.named.grants.get()
        self.grant("other instructor", "instructor", course=self.unlisted)
        self.grant("reviewer", "reviewer", programme=self.programme)
        self.scorer = self.grant("scorer", "scorer", intake=self.intake)
        self.grant("other scorer", "scorer", intake=self.other_intake)
        self.staff = self.grant("staff", "staff", programme=self.programme)
        self.grant("other staff", "staff", programme=self.elsewhere)
        self.director = self.grant("director", "director", programme=self.programme)
        self.signatory = self.grant("signatory", "signatory", programme=self.programme)
        self.grant("reader", "reader", programme=self.programme)

    # --- who learns, and who accompanies them -----------------------------------------------------------------------
    def _learners(self):
        self.learner = self.person("learner", name=LEARNER)
        self.enrolment = factories.enrol(self.learner, self.intake)
        self.other_enrolment = other = factories.enrol(self.person("other learner"), self.intake)
        self.graduate = self.person("graduate", name="毕方")
        self.graduated = factories.enrol(self.graduate, self.intake)
        self.left_enrolment = factories.enrol(self.person("who left"), self.intake)
        self.supervisor = self.person("supervisor")
        factories.supervise(self.enrolment, self.supervisor)
        factories.supervise(other, self.person("other supervisor"))
        ended = self.now - timedelta(minutes=1)
        factories.supervise(self.enrolment, self.person("former supervisor"), until=ended)
        for role in ("supervisor", "other supervisor", "former supervisor"):
            user = self.people[role]  # even a way to the desk that was left open leads nowhere
            user.is_staff = True
            user.save(update_fields=["is_staff"])

    # --- admission --------------------------------------------------------------------------------------------------
    def _admission(self):
        self.applicant = self.person("applicant", name=APPLICANT)
        changed = {"reasons": {"reason": canary("application") + stories.REASON, "hours": "5"}}
        self.choice = stories.apply(self.applicant, self.intake, **changed)
        self.application = self.choice.application
        self.evidence = self.application.files.get().file
        self.evidence.name = f"{canary('evidence')}.pdf"
        self.evidence.save(update_fields=["name"])
        self.application.reopened_until = self.now + timedelta(days=2)
        self.application.reopened_sections = ["reasons", "evidence"]
        self.application.save()
        stories.pass_screening(self.choice, self.staff)
        scoring.save_sheet(
            self.choice, stories.POINTS, remark=canary("sheet"), scorer=self.scorer, now=self.now, send=False
        )
        self.letter = self.application.letters.get()
        self.letter.body += canary("letter")
        self.letter.save(update_fields=["body"])
        stories.apply(self.person("other applicant"), self.other_intake)

    # --- lessons, quizzes, assignments ------------------------------------------------------------------------------
    def _study(self):
        self.attempt = quiz_actions.start(
            quizzes.activity_of(self.quiz), self.learner, scope=f"intake:{self.intake.pk}", now=self.now
        )
        self.tried = quiz_actions.start(
            quizzes.activity_of(self.quiz), self.graduate, scope=f"intake:{self.intake.pk}", now=self.now
        )
        quiz_actions.submit(self.tried, now=self.now)
        self.submission = self._submission(self.essay, canary("submission"), f"{canary('file')}.pdf")
        self._draft_grade(self.submission, self.people["instructor"], canary("draft-grade"))
        self.returned = self._submission(self.essay, canary("returned"), "other.pdf", key="second")
        self._answer(self.returned, self.named, "return", canary("released-grade"))

    def right_answer(self):
        """What the attempt's page would send for its only question."""
        return sent(self.attempt.items.select_related("version").get(position=1))

    def _submission(self, activity, text, file_name, key="", author=None):
        submission = submission_actions.start(activity, author or self.learner, key=key, now=self.now)
        self._fill(submission, submission_forms["files"].sections(), text)
        file = self._attach(submission, file_name)
        self.file = getattr(self, "file", file)
        return self._hand_in(submission)

    def _fill(self, submission, sections, text):
        for section in sections:
            values = {field.key: filled(field, text) for field in section.fields if field.kind != "files"}
            submission_actions.save_section(
                submission, section.key, values, submission.revision_of(section.key), now=self.now
            )
            submission.refresh_from_db()

    def _attach(self, submission, name):
        file = PrivateFile(
            purpose="submission",
            subject=f"{submission.uuid}:files",
            owner=submission.author,
            name=name,
            size=4,
            content_type="application/pdf",
            sha256="9a27f0c1" * 8,
            created_at=self.now,
        )
        file.file.save("submission", ContentFile(f"%PDF {name}".encode()))
        SubmissionFile.objects.create(submission=submission, file=file, field="files")
        return file

    def _hand_in(self, submission):
        checked = submission_actions.check(submission, now=self.now)
        assert not checked.problems, checked.problems
        confirmed = {finding.id for finding in checked.findings}
        key = f"key-{submission.pk}"
        submission_actions.submit(submission, key=key, seen=checked.sha256, confirmed=confirmed, now=self.now)
        submission.refresh_from_db()
        return submission

    def _draft_grade(self, submission, marker, words):
        grading_actions.save_grade(submission.versions.last(), marker, Words(comment=words), 0, now=self.now)

    def _answer(self, submission, marker, outcome, words):
        version = submission.versions.last()
        self._draft_grade(submission, marker, words)
        grading_actions.release(Grade.objects.get(version=version, marker=marker), outcome, by=marker, now=self.now)
        submission.refresh_from_db()

    # --- case work --------------------------------------------------------------------------------------------------
    def _casework(self):
        self.case = cases.open_case(self.enrolment, age_band="9-13", now=self.now)
        for giver in ("guardian", "child"):
            for purpose in ("service", "training"):
                known = {"relation": "grandparent"} if giver == "guardian" else {"words": canary("consent")}
                consent_actions.record_answer(
                    self.case, purpose=purpose, giver=giver, agreed=True, by=self.learner, now=self.now,
                    given_on=clock.today(), **known,
                )  # fmt: skip
        self.consent = self.case.consents.get(purpose="training", giver="guardian")
        self.record = cases.start_record(self.case, self.record_task, now=self.now)
        self._fill(self.record, SECTIONS, canary("record"))
        self._hand_in(self.record)
        self.case.refresh_from_db()
        markers.allocate(self.record, self.named, by=self.staff, now=self.now)
        self.new_case = cases.open_case(self.enrolment, age_band="6-8", now=self.now)
        self.time = time_actions.enter_time(
            self.enrolment, date=clock.today(), minutes=95, kind="visit", case=self.case, now=self.now
        )

    # --- leaving ----------------------------------------------------------------------------------------------------
    def _leaving(self):
        """Somebody whose work came back for revision, and who has left since."""
        who = self.people["who left"]
        self.left_submission = self._submission(self.essay, canary("left"), "left.pdf", author=who)
        self._answer(self.left_submission, self.named, "return", "again, please")
        enrolment_actions.withdraw(self.left_enrolment, by=who, reason="", now=self.now)

    # --- graduation -------------------------------------------------------------------------------------------------
    def _graduation(self):
        self.policy = Policy.objects.create(track=self.track)
        self.template = self.programme.letter_templates.get(kind="offer", language="zh-hans")
        self.template.subject = canary("template")
        self.template.save()
        required, extra = (factories.lesson(self.module, title) for title in ("必修课时", "可以代替的课时"))
        self.extra = factories.activity_of(extra)
        self.required = self.intake.required.create(
            activity=factories.activity_of(required), title=canary("required"), kind="lesson"
        )
        done = graduation.propose([self.graduated], "not_yet", reason="x", by=self.staff, now=self.now)
        Decision.objects.filter(pk=done[0].pk).update(outcome="graduate")
        for signer in (self.director, self.signatory):
            graduation.sign(done, by=signer, now=self.now)
        self.credential = self.graduate.credentials.get()
        reason = canary("decision")
        [self.decision] = graduation.propose([self.enrolment], "not_yet", reason=reason, by=self.staff, now=self.now)

    # --- messages ---------------------------------------------------------------------------------------------------
    def _messages(self):
        tell(Notice(self.learner, "test", 1, canary("message"), canary("message-text")), now=self.now)
        self.message = Message.objects.get(kind="test")
        Delivery.objects.filter(message=self.message).update(state=Delivery.State.FAILED)
        self.delivery = Delivery.objects.get(message=self.message)
