"""How the demo's learners study, do casework, hand in, are graded and graduate: by the same actions as the screens."""

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from assessments.grading import actions as grading_actions
from assessments.grading.models import Grade
from assessments.quizzes import actions as quiz_actions
from assessments.submissions import actions as submission_actions
from assessments.submissions.models import Submission
from content.checks import checks_of
from content.models import Activity, CoursePage, LessonPage
from lms import clock
from lms.casework import actions as casework
from lms.casework import consent_actions, time_actions
from lms.casework.models import Consent
from lms.demo.answers import answers_of
from lms.demo.courses import read
from lms.progress import actions as progress

TEXTS = read("texts.toml")
RECORD = TEXTS["records"][0]
AGE_BANDS = ["9-13", "6-8", "14-17", "0-5"]
GOOD, FAIR, WEAK = 4, 3, 2


@dataclass
class Lesson:
    activity: Activity
    keys: list
    right: dict = field(default_factory=dict)


class Library:
    """The activities of the courses in order, read once."""

    def __init__(self, courses):
        self.lessons, self.quizzes, self.assignments = [], [], {}
        for course in courses:
            self._read(course)

    def _read(self, course: CoursePage):
        activities = {one.uuid: one for one in Activity.objects.filter(course=course.translation_key)}
        for module in course.get_children():
            for page in module.get_children():
                self._sort(page, activities[page.translation_key])

    def _sort(self, page, activity):
        if activity.kind == "lesson":
            checks = checks_of(LessonPage.objects.get(pk=page.pk).body)
            right = {c.key: [n for n, option in enumerate(c.options) if option.correct] for c in checks}
            self.lessons.append(Lesson(activity, [c.key for c in checks if c.required], right))
        elif activity.kind == "quiz":
            self.quizzes.append(activity)
        else:
            self.assignments[page.slug] = activity


class Study:
    """Drives learners. ``rng`` makes people differ, the same way at every loading."""

    def __init__(self, library, seed=7):
        self.library = library
        self.rng = random.Random(seed)
        self.cases = 0

    def lessons(self, learner, count, *, start: datetime, days):
        """The first ``count`` lessons, spread over so many days."""
        for number, lesson in enumerate(self.library.lessons[:count]):
            at = start + timedelta(days=days * (number + 1) / (count + 1), minutes=self.rng.randint(0, 300))
            self.lesson(learner, lesson, at=at)

    def lesson(self, learner, lesson, *, at):
        with clock.at(at):
            progress.visit(learner, lesson.activity.pk, last_at=None, now=at)
            for key, right in lesson.right.items():
                progress.answer_check(lesson.activity, learner, key, right, True, now=at)
            end = at + timedelta(minutes=lesson.activity.minutes)
            progress.finish_lesson(lesson.activity, learner, required=lesson.keys, now=end)

    def quiz(self, learner, enrolment, activity, *, at, share):
        """One attempt, handed in after some minutes."""
        with clock.at(at):
            attempt = quiz_actions.start(activity, learner, scope=f"intake:{enrolment.intake_id}", now=at)
            answers = answers_of(attempt, share, self.rng)
            return quiz_actions.submit(attempt, answers=answers, now=at + timedelta(minutes=self.rng.randint(6, 18)))

    def pass_quizzes(self, learner, enrolment, count, *, start, days):
        for number, activity in enumerate(self.library.quizzes[:count]):
            at = start + timedelta(days=days * (number + 1) / (count + 1))
            for tries, share in enumerate((0.9, 1.0)):
                if self.quiz(learner, enrolment, activity, at=at + timedelta(days=tries), share=share).passed:
                    break

    def begin_quiz(self, learner, enrolment, activity, *, at):
        """An attempt whose first half is answered and saved, and not handed in yet."""
        with clock.at(at):
            attempt = quiz_actions.start(activity, learner, scope=f"intake:{enrolment.intake_id}", now=at)
            answers = answers_of(attempt, 0.8, self.rng)
            for number, answer in enumerate(answers[: len(answers) // 2], 1):
                later = at + timedelta(seconds=30 * number)
                quiz_actions.save_response(attempt, answer.position, answer.response, answer.base_revision, now=later)

    def hours(self, enrolment, supervisor, hours, *, start, days, confirmed=True, case=None):
        """Service time in visits, groups and records, direct in its larger part, confirmed by the supervisor."""
        kinds = ["visit", "interview", "group", "visit", "record", "phone", "visit", "group", "meeting", "visit"]
        entries = max(1, round(hours / 2))
        rows = []
        for number in range(entries):
            at = start + timedelta(days=days * number / entries, hours=2)
            with clock.at(at):
                rows.append(
                    time_actions.enter_time(
                        enrolment, date=at.date(), minutes=120, kind=kinds[number % len(kinds)], now=at, case=case
                    )
                )
        end = start + timedelta(days=days)
        if confirmed:
            with clock.at(end):
                time_actions.confirm_times(rows, by=supervisor, now=end)
        return rows

    def open_case(self, enrolment, *, at, simulated=False, consented=True):
        """A case with the consents it needs; the age bands take turns."""
        self.cases += 1
        learner = enrolment.learner
        with clock.at(at):
            case = casework.open_case(enrolment, age_band=AGE_BANDS[self.cases % 4], now=at, simulated=simulated)
            if consented and not simulated:
                self._consents(case, learner, at)
        return case

    def _consents(self, case, learner, at):
        for purpose in (Consent.Purpose.SERVICE, Consent.Purpose.TRAINING):
            for giver, relation, words in (
                (Consent.Giver.GUARDIAN, "grandparent", ""),
                (Consent.Giver.CHILD, "", "可以写，不要写我的名字。"),
            ):
                consent_actions.record_answer(
                    case,
                    purpose=purpose,
                    giver=giver,
                    agreed=True,
                    by=learner,
                    now=at,
                    given_on=at.date(),
                    relation=relation,
                    words=words,
                )

    def record(self, case, *, at, sections=7):
        """The case record as a draft with so many sections; returns the submission."""
        with clock.at(at):
            submission = casework.start_record(case, self.library.assignments["case-record"], now=at)
            self._write(submission, record_values(at), at, sections)
        return submission

    def assignment(self, learner, *, at, variant=0):
        """The letter of referral as a draft."""
        activity = self.library.assignments["referral"]
        with clock.at(at):
            submission = submission_actions.start(activity, learner, now=at)
            form = submission_actions.form_of(submission.form)
            section = form.sections()[0]
            text = TEXTS["assignments"][variant % 2].strip()
            self._write(submission, {section.key: {section.fields[0].key: text}}, at, 1)
        return submission

    def _write(self, submission, values, at, sections):
        for key, section in list(values.items())[:sections]:
            submission.refresh_from_db()
            submission_actions.save_section(submission, key, section, submission.revision_of(key), now=at)

    def hand_in(self, submission, *, at):
        submission = Submission.objects.get(pk=submission.pk)
        with clock.at(at):
            checked = submission_actions.check(submission, now=at)
            return submission_actions.submit(
                submission,
                key=f"demo-{submission.pk}-{submission.versions.count() + 1}",
                seen=checked.sha256,
                confirmed=[finding.id for finding in checked.findings],
                now=at,
            )

    def grade(
        self,
        version,
        marker,
        *,
        at,
        level=FAIR,
        outcome=Grade.Outcome.ACCEPT,
        comment="事实清楚，反思真诚。",
        remarks=None,
    ):
        """A released grade: this level in every criterion, one above in the first; remarks by section."""
        with clock.at(at):
            grade = self.draft_grade(version, marker, at=at, level=level, comment=comment, remarks=remarks)
            return grading_actions.release(grade, outcome, by=marker, now=at)

    def draft_grade(self, version, marker, *, at, level, comment, remarks=None):
        criteria = grading_actions.criteria_of(grading_actions.rubric_of(version.submission))
        points = {one.pk: min(4, level + (number == 0)) for number, one in enumerate(criteria)}
        words = grading_actions.Words(points=points, comment=comment, remarks=remarks or {})
        grading_actions.save_grade(version, marker, words, 0, now=at)
        return Grade.objects.get(version=version, marker=marker)

    def accepted_record(self, enrolment, supervisor, *, at, level=FAIR):
        """A case from the consents to the accepted record."""
        case = self.open_case(enrolment, at=at)
        submission = self.record(case, at=at + timedelta(days=40))
        version = self.hand_in(submission, at=at + timedelta(days=42))
        self.grade(version, supervisor, at=at + timedelta(days=45), level=level)
        return case


def record_values(at):
    """The sections of a case record, with dates before ``at``."""
    day = (at - timedelta(days=38)).date().isoformat()
    until = (at - timedelta(days=10)).date().isoformat()
    closed = (at - timedelta(days=1)).date().isoformat()
    goals = [{"goal": goal, "owner": "学员和祖母", "until": until} for goal in RECORD["goals"]]
    contacts = [
        {
            "week": str(1 + 2 * number),
            "place": ("home", "school", "other", "home")[number],
            "minutes": str(60 + 15 * number),
            "who": "孩子A、祖母",
            "done": RECORD["done"][number],
            "reaction": RECORD["reaction"][number],
            "next": RECORD["next"][number],
        }
        for number in range(4)
    ]
    return {
        "intake": {
            "source": "committee",
            "since": day,
            "need": RECORD["need"],
            "urgency": "week",
            "consents": RECORD["consents"],
            "referral": RECORD["referral"],
        },
        "assessment": {
            **{key: RECORD[key] for key in ("child", "carers", "family", "school", "environment", "strengths")},
            "risk": "medium",
        },
        "plan": {"goals": goals, "methods": RECORD["methods"]},
        "work": {"contacts": contacts},
        "outcome": {"attainment": RECORD["attainment"], "voices": RECORD["voices"]},
        "ending": {"closing": "reached", "closed_on": closed, "follow_up": RECORD["follow_up"]},
        "reflection": {key: RECORD[key] for key in ("otherwise", "theory", "ethics")},
    }
