"""How the demo's people apply and are admitted: by the same actions as the screens."""

import random
from datetime import timedelta

import typst
from django.core.files.uploadedfile import SimpleUploadedFile

from assessments.quizzes import actions as quiz_actions
from lms import clock
from lms.admissions import actions, applying, scoring, screening
from lms.demo.answers import answers_of
from lms.demo.courses import read
from media.actions import receive

TEXTS = read("texts.toml")
TOWNS = ["nansha", "huangge", "hengli", "wanqingsha", "zhujiang", "dongchong", "dagang", "lanhe"]
POSTS = ["director", "social_worker", "teacher", "community", "supervisor"]
EMPLOYERS = ["示例社区居委会", "示例村村委会", "示例社工服务中心", "示例小学", "示例儿童之家"]
STATEMENTS = {
    "opinion": "contact",
    "contact": "办公室",
    "contact_phone": "020-00000000",
    "true": "on",
    "deidentified": "on",
    "record_checked": "on",
    "privacy": "on",
}


def evidence_pdf():
    """A page of text as a PDF: the file that applicants add."""
    return typst.compile(f"= Service case\n{'Without names or places. ' * 20}".encode(), format="pdf")


class Admission:
    """Drives applications. ``rng`` makes people differ, the same way at every loading."""

    def __init__(self, programme, staff, scorers, seed=2026):
        self.programme = programme
        self.staff = staff
        self.scorers = scorers
        self.rng = random.Random(seed)
        self.evidence = evidence_pdf()
        self.count = 0

    def fill(self, person, intakes, *, at, degree="bachelor", sections=6):
        """An application as a draft, with so many of its sections filled in."""
        self.count += 1
        with clock.at(at):
            application = applying.start(person, self.programme, intakes, now=at)
            for key, values in list(self._answers(person, at, degree).items())[:sections]:
                applying.save_section(
                    application, key, values, revision=application.revisions.get(key, 0), arrived_at=at
                )
            if sections == 6:
                file = SimpleUploadedFile("服务案例.pdf", self.evidence, "application/pdf")
                receive(file, "evidence", application.number, person, at)
        application.refresh_from_db()
        return application

    def apply(self, person, intakes, *, at, **options):
        """A sent application; its choices in order of preference."""
        application = self.fill(person, intakes, at=at, **options)
        with clock.at(at):
            applying.send(application, key=f"demo-{application.number}", arrived_at=at)
        application.refresh_from_db()
        return application

    def take_baseline(self, application, *, at, share=None):
        """The baseline assessment, with this share of right answers."""
        activity = scoring.baseline_activity(application)
        person = application.applicant
        share = self.rng.uniform(0.55, 0.95) if share is None else share
        with clock.at(at):
            attempt = quiz_actions.start(activity, person, scope=scoring.scope(application), now=at)
            quiz_actions.submit(
                attempt,
                answers=answers_of(attempt, share, self.rng),
                now=at + timedelta(minutes=self.rng.randint(18, 38)),
            )

    def screen(self, choice, *, at, but=None):
        """Yes to every check, but for those given as {key: (answer, reason)}."""
        answers = dict.fromkeys(screening.CHECKS, ("yes", "")) | (but or {})
        with clock.at(at):
            screening.screen(choice, answers, by=self.staff, now=at)

    def score(self, choice, *, at, quality=None, gap=0):
        """Two scorers' sheets around this quality (0 to 1), so many points apart."""
        quality = self.rng.uniform(0.72, 0.97) if quality is None else quality
        with clock.at(at):
            for number, scorer in enumerate(self.scorers[:2]):
                points = {item.key: round(item.most * quality) for item in scoring.ITEMS}
                if number:
                    points["experience"] = max(0, points["experience"] - gap)
                scoring.save_sheet(choice, points, remark="", scorer=scorer, now=at, send=True)

    def admit(self, choice, *, at):
        """Offer a seat, and the applicant confirms the next day."""
        with clock.at(at):
            actions.offer(choice, by=self.staff, now=at)
        later = at + timedelta(days=1)
        with clock.at(later):
            actions.confirm(choice, now=later)
        return choice.application.applicant.enrolments.get(intake=choice.intake)

    def through(self, person, intake, *, at):
        """Everything from the form to the seat."""
        application = self.apply(person, [intake], at=at)
        self.take_baseline(application, at=at + timedelta(hours=1))
        choice = application.choices.get()
        self.screen(choice, at=intake.closes_at + timedelta(days=1))
        self.score(choice, at=intake.closes_at + timedelta(days=2))
        choice.refresh_from_db()
        return self.admit(choice, at=intake.closes_at + timedelta(days=4))

    def _answers(self, person, at, degree):
        town = TOWNS[self.count % len(TOWNS)]
        return {
            "person": self._person(person, town),
            "education": self._education(degree),
            "experience": {"rows": [self._period(at, town)]},
            "reasons": {"reason": TEXTS["reasons"][self.count % 3].strip(), "hours": str(4 + self.count % 5)},
            "evidence": {"rows": [self._case(at)]},
            "statements": STATEMENTS | {"record_month": f"{at.year - 1}-12"},
        }

    def _person(self, person, town):
        return {
            "name": person.name,
            "gender": "",
            "birth_year": str(1975 + self.count % 25),
            "phone": person.phone.removeprefix("+86"),
            "email": person.email,
            "employer": EMPLOYERS[self.count % len(EMPLOYERS)],
            "post": POSTS[self.count % len(POSTS)],
            "town": town,
        }

    def _education(self, degree):
        return {
            "degree": degree,
            "subject": ("社会工作", "教育学", "心理学", "法学")[self.count % 4],
            "school": "示例大学",
            "social_work": ("worker", "assistant", "none")[self.count % 3],
            "certificate_number": "",
            "certificate_month": "",
            "trainings": ["child"] if self.count % 2 else [],
        }

    def _period(self, at, town):
        return {
            "since": f"{at.year - 2 - self.count % 6}-{1 + self.count % 9:02d}",
            "until": "",
            "organisation": EMPLOYERS[self.count % len(EMPLOYERS)],
            "town": town,
            "work": TEXTS["works"][self.count % 3],
        }

    def _case(self, at):
        return {
            "kind": ("record", "summary", "summary")[self.count % 3],
            "month": f"{at.year - 1}-{1 + self.count % 12:02d}",
            "role": "主要负责人",
            "children": str(1 + self.count % 12),
            "summary": TEXTS["summaries"][self.count % 3].strip(),
        }
