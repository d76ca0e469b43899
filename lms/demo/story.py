"""The demo's history, told through the product's own actions: letters, logs, receipts and certificates are real.

Cohort 1 is over, cohort 2 is in its eighth month, cohort 3 is being admitted. The same at every loading, relative to
today. All or nothing: an interrupted loading leaves an empty database.
"""

import random
from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils import timezone
from wagtail.models import Site

from assessments.grading.models import Grade
from lms import clock
from lms.admissions import actions as admissions
from lms.credentials import actions as credentials
from lms.credentials.models import Credential
from lms.demo.admission import Admission
from lms.demo.courses import CourseLoader, long_ago
from lms.demo.people import grant_roles, make_people
from lms.demo.programme import make_cohorts, make_programme
from lms.demo.study import FAIR, GOOD, WEAK, Library, Study
from lms.enrolment.actions import assign_supervisor
from lms.graduation import actions as graduation
from lms.graduation.freezing import freeze
from lms.graduation.models import Decision
from lms.notifications.models import Delivery
from lms.programmes.models import Programme

GRADUATES = {"P": 4, "C": 3, "K": 4}  # of cohort 1, besides the people with accounts
LEARNERS = {"P": 29, "C": 29, "K": 29}  # of cohort 2, besides them
APPLICANTS = {"P": 36, "C": 24, "K": 11}  # of cohort 3


def is_loaded():
    return Programme.objects.filter(slug="liangxing").exists()


def load(progress):
    """Load everything. ``progress(done, total, what)`` is told before each step and at the end."""
    with transaction.atomic():
        story = Story()
        for number, (what, step) in enumerate(story.steps()):
            progress(number, len(story.steps()), what)
            step()
        Delivery.objects.update(state=Delivery.State.SENT, sent_at=story.now)  # history's mail has long arrived
    progress(len(story.steps()), len(story.steps()), "done")


class Story:
    def __init__(self):
        self.now = clock.now().replace(second=0, microsecond=0)
        self.today = clock.today()
        self.rng = random.Random(1989)

    def steps(self):
        return [
            ("programme and people", self.set_up),
            ("courses, quizzes, pictures", self.write_courses),
            ("cohort 1: admission", self.admit_first),
            ("cohort 1: study and graduation", self.finish_first),
            ("cohort 2: admission", self.admit_second),
            ("cohort 2: lessons and quizzes", self.study_second),
            ("cohort 2: cases, records, hours", self.practise_second),
            ("cohort 3: applications", self.apply_third),
            ("cohort 3: decisions", self.decide_third),
        ]

    # --- beginnings -------------------------------------------------------------------------------------------------
    def set_up(self):
        Site.objects.update(site_name="亮星学堂")
        self.programme = make_programme()
        self.people = make_people()
        self.intakes = make_cohorts(self.programme, self.today)
        self.tracks = {track.code: track for track in self.programme.tracks.all()}

    def write_courses(self):
        then = long_ago(self.now)
        with clock.at(then):
            loader = CourseLoader(self.tracks, by=self.people["admin"], now=then)
            courses = loader.load()
            loader.add_assignments(courses)
            baseline = loader.add_baseline()
            grant_roles(self.people, self.programme, courses, now=then)
        for intake in self.intakes.values():
            intake.baseline = baseline
            intake.save(update_fields=["baseline"])
        self.study = Study(Library(courses.values()))
        staff = self.people["staff"]
        self.admission = Admission(self.programme, staff, [self.people["scorer"], staff])

    def _applied_at(self, intake):
        """Some moment while the intake was open."""
        return intake.closes_at - timedelta(days=self.rng.randint(2, 20), minutes=self.rng.randint(0, 600))

    def _enrol(self, person, intake, supervisor):
        enrolment = self.admission.through(person, intake, at=self._applied_at(intake))
        start = begin(intake)
        with clock.at(start):
            assign_supervisor(enrolment, supervisor, by=self.people["staff"], now=start)
        return enrolment

    # --- cohort 1 ---------------------------------------------------------------------------------------------------
    def admit_first(self):
        people, first = self.people, {}
        rename(people["changgeng"], "参常庚")
        first["xiaoyu"] = self._enrol(people["xiaoyu"], self.intakes[1, "K"], people["supervisor"])
        first["nanxing"] = self._enrol(people["nanxing"], self.intakes[1, "K"], people["supervisor"])
        first["changgeng"] = self._enrol(people["changgeng"], self.intakes[1, "C"], people["dudao1"])
        for code, count in GRADUATES.items():
            for number, person in enumerate(people.many(count, 100 + ord(code))):
                supervisor = people[f"dudao{1 + number % 4}"]
                first[person.username] = self._enrol(person, self.intakes[1, code], supervisor)
        self.first = first

    def finish_first(self):
        intakes = [intake for (cohort, _code), intake in self.intakes.items() if cohort == 1]
        for intake in intakes:
            with clock.at(begin(intake)):
                freeze(intake, now=begin(intake))
        for username, enrolment in self.first.items():
            self._study_all(enrolment)
            if username == "nanxing":
                self._returned_twice(enrolment)
            else:
                self._all_records(enrolment, GOOD if username == "xiaoyu" else FAIR)
        self._graduate([one for username, one in self.first.items() if username != "nanxing"])
        self._correct_a_name()

    def _study_all(self, enrolment):
        start, learner = begin(enrolment.intake), enrolment.learner
        self.study.lessons(learner, len(self.study.library.lessons), start=start, days=200)
        self.study.pass_quizzes(learner, enrolment, 3, start=start + timedelta(days=40), days=200)
        hours = {"P": 44, "C": 46, "K": 66}[enrolment.intake.track.code]
        self.study.hours(enrolment, supervisor_of(enrolment), hours, start=start + timedelta(days=30), days=250)
        submission = self.study.assignment(learner, at=start + timedelta(days=90))
        version = self.study.hand_in(submission, at=start + timedelta(days=91))
        self.study.grade(version, self.people["instructor"], at=start + timedelta(days=95), level=FAIR)

    def _all_records(self, enrolment, level):
        needed = {"P": 2, "C": 2, "K": 3}[enrolment.intake.track.code]
        for number in range(needed):
            at = begin(enrolment.intake) + timedelta(days=60 + 60 * number)
            self.study.accepted_record(enrolment, supervisor_of(enrolment), at=at, level=level)

    def _returned_twice(self, enrolment):
        supervisor, start = supervisor_of(enrolment), begin(enrolment.intake)
        self.study.accepted_record(enrolment, supervisor, at=start + timedelta(days=60))
        case = self.study.open_case(enrolment, at=start + timedelta(days=150))
        submission = self.study.record(case, at=start + timedelta(days=200))
        for turn in range(2):
            at = start + timedelta(days=210 + 40 * turn)
            version = self.study.hand_in(submission, at=at)
            self.study.grade(
                version,
                supervisor,
                at=at + timedelta(days=4),
                level=WEAK,
                outcome=Grade.Outcome.RETURN,
                comment="评估只有一个来源。请补上学校和孩子自己的看法，再说说你为什么这样判断风险。",
            )

    def _graduate(self, enrolments):
        at = moment(enrolments[0].intake.cohort.ends_on - timedelta(days=5), 15)
        people = self.people
        with clock.at(at):
            decisions = graduation.propose(enrolments, Decision.Outcome.GRADUATE, by=people["staff"], now=at)
        for signer, days in (("director", 1), ("host", 2)):
            later = at + timedelta(days=days)
            with clock.at(later):
                graduation.sign(decisions, by=people[signer], now=later)

    def _correct_a_name(self):
        """参长庚's name stood wrong on the certificate: revoked and replaced, both kept."""
        rename(self.people["changgeng"], "参长庚")
        credential = Credential.objects.get(holder=self.people["changgeng"])
        at = credential.issued_at + timedelta(days=20)
        with clock.at(at):
            credentials.replace(
                credential,
                name="参长庚",
                reason="证书上的姓名写成了同音字，已更正。",
                by=self.people["director"],
                now=at,
            )

    # --- cohort 2 ---------------------------------------------------------------------------------------------------
    def admit_second(self):
        people, second = self.people, {}
        known = {"learner": "K", "yifan": "C", "mingyue": "P"}
        for username, code in known.items():
            supervisor = people["supervisor" if code != "P" else "dudao2"]
            second[username] = self._enrol(people[username], self.intakes[2, code], supervisor)
        for code, count in LEARNERS.items():
            for number, person in enumerate(people.many(count, 200 + ord(code))):
                supervisor = people["supervisor" if code == "K" and number < 4 else f"dudao{1 + number % 4}"]
                second[person.username] = self._enrol(person, self.intakes[2, code], supervisor)
        self.second = second
        self._seats_full()

    def _seats_full(self):
        """牛小溪 came after the thirtieth seat."""
        intake = self.intakes[2, "C"]
        application = self.admission.apply(self.people["xiaoxi"], [intake], at=self._applied_at(intake))
        self.admission.take_baseline(application, at=application.submitted_at + timedelta(hours=1), share=0.6)
        choice = application.choices.get()
        self.admission.screen(choice, at=intake.closes_at + timedelta(days=1))
        self.admission.score(choice, at=intake.closes_at + timedelta(days=2), quality=0.75)
        at = intake.closes_at + timedelta(days=8)
        with clock.at(at):
            admissions.decline(choice, reason="名额已满：30 个名额，你排在第 31 位。", by=self.people["staff"], now=at)

    def study_second(self):
        for (cohort, _code), intake in self.intakes.items():
            if cohort == 2:
                with clock.at(begin(intake)):
                    freeze(intake, now=begin(intake))
        shares = {"learner": 12, "yifan": 11, "mingyue": 4}
        for number, (username, enrolment) in enumerate(self.second.items()):
            count = shares.get(username, 0 if number == 20 else self.rng.randint(5, 16))
            start = begin(enrolment.intake)
            self.study.lessons(enrolment.learner, count, start=start, days=225)
            quizzes = {"learner": 2, "yifan": 1, "mingyue": 0}.get(username, count // 6)
            self.study.pass_quizzes(enrolment.learner, enrolment, quizzes, start=start + timedelta(days=60), days=150)

    def practise_second(self):
        self._my_learner()
        for number, (username, enrolment) in enumerate(self.second.items()):
            if username == "learner" or number == 20:
                continue
            supervisor, start = supervisor_of(enrolment), begin(enrolment.intake)
            hours = 8 + number * 7 % 30
            self.study.hours(enrolment, supervisor, hours, start=start + timedelta(days=40), days=170)
            if enrolment.intake.track.code == "K" and number % 3 == 0:
                self.study.accepted_record(enrolment, supervisor, at=start + timedelta(days=70))
        self._waiting_for(self.people["supervisor"])
        self._waiting_for_instructor()

    def _my_learner(self):
        """翼晓棠: one record accepted, one returned, one case just begun, hours waiting."""
        enrolment, supervisor = self.second["learner"], self.people["supervisor"]
        start = begin(enrolment.intake)
        case = self.study.accepted_record(enrolment, supervisor, at=start + timedelta(days=50), level=GOOD)
        self.study.hours(enrolment, supervisor, 24, start=start + timedelta(days=40), days=170, case=case)
        self.study.hours(enrolment, supervisor, 6, start=self.now - timedelta(days=9), days=6, confirmed=False)
        returned = self.study.open_case(enrolment, at=self.now - timedelta(days=60))
        submission = self.study.record(returned, at=self.now - timedelta(days=8))
        version = self.study.hand_in(submission, at=self.now - timedelta(days=6))
        self.study.grade(
            version,
            supervisor,
            at=self.now - timedelta(days=1),
            level=WEAK,
            outcome=Grade.Outcome.RETURN,
            comment="服务过程写得真实。请补两处：第二次接触之后的风险有没有变化；结案以后谁来跟进。",
        )
        fresh = self.study.open_case(enrolment, at=self.now - timedelta(days=5), consented=False)
        assert fresh.submission is None
        self.study.open_case(enrolment, at=self.now - timedelta(days=4), simulated=True)

    def _waiting_for(self, supervisor):
        """Four records on the supervisor's desk, and a few hours."""
        mine = [one for one in self.second.values() if supervisor_of(one) == supervisor][1:]
        for number, enrolment in enumerate(mine[:4]):
            case = self.study.open_case(enrolment, at=self.now - timedelta(days=50 + number))
            submission = self.study.record(case, at=self.now - timedelta(days=7 + number))
            version = self.study.hand_in(submission, at=self.now - timedelta(days=2 + 2 * number))
            if number == 3:
                at = self.now - timedelta(hours=5)
                with clock.at(at):
                    self.study.draft_grade(version, supervisor, at=at, level=FAIR, comment="先看到第四部分。")
            self.study.hours(enrolment, supervisor, 4, start=self.now - timedelta(days=6), days=4, confirmed=False)

    def _waiting_for_instructor(self):
        for number, enrolment in enumerate(list(self.second.values())[3:9]):
            submission = self.study.assignment(enrolment.learner, at=self.now - timedelta(days=12), variant=number)
            version = self.study.hand_in(submission, at=self.now - timedelta(days=10 - number))
            if number < 2:
                at = self.now - timedelta(days=3)
                self.study.grade(version, self.people["instructor"], at=at, level=GOOD)

    # --- cohort 3 ---------------------------------------------------------------------------------------------------
    def apply_third(self):
        people, at = self.people, self._applied_at
        third = {code: self.intakes[3, code] for code in "PCK"}
        self.applications = {code: [] for code in "PCK"}
        zhixia = self.admission.apply(people["zhixia"], list(third.values()), at=self._before_all(third))
        self.admission.take_baseline(zhixia, at=zhixia.submitted_at + timedelta(hours=2), share=0.85)
        self.zhixia = {choice.intake.track.code: choice for choice in zhixia.choices.select_related("intake__track")}
        ruogu = self.admission.apply(people["ruogu"], [third["C"]], at=at(third["C"]), degree="college")
        self.admission.take_baseline(ruogu, at=ruogu.submitted_at + timedelta(hours=2), share=0.75)
        self.ruogu = ruogu.choices.get()
        for code, count in APPLICANTS.items():
            for number, person in enumerate(people.many(count, 300 + ord(code))):
                sent = self._sent_at(third[code], number)
                application = self.admission.apply(person, [third[code]], at=sent)
                if number % 8 != 7:
                    self.admission.take_baseline(application, at=min(sent + timedelta(hours=3), self._just_now()))
                self.applications[code].append(application.choices.get())
        self.admission.fill(people["newcomer"], [third["K"]], at=self.now - timedelta(days=1), sections=3)

    def _before_all(self, intakes):
        return min(intake.closes_at for intake in intakes.values()) - timedelta(days=2, hours=3)

    def _sent_at(self, intake, number):
        latest = min(intake.closes_at, self.now)
        return latest - timedelta(days=1 + number % 12, hours=1 + number % 7, minutes=number)

    def _just_now(self):
        return self.now - timedelta(hours=1)

    def decide_third(self):
        self._decide_parents()
        self._score_children()
        for choice in self.applications["K"][:4]:
            self.admission.screen(choice, at=self._just_now())

    def _decide_parents(self):
        """Thirty seats, thirty-seven applications: offered, confirmed, waiting, declined."""
        intake = self.intakes[3, "P"]
        choices = [self.zhixia["P"], *self.applications["P"]]
        day = intake.closes_at
        for choice in choices:
            self.admission.screen(choice, at=day + timedelta(days=1))
            self.admission.score(choice, at=day + timedelta(days=2), gap=4)
        ranked = sorted(choices, key=lambda one: -self._score_of(one))
        offered = self.now - timedelta(days=1, hours=2)
        for place, choice in enumerate(ranked):
            with clock.at(offered):
                if place < intake.seats:
                    admissions.offer(choice, by=self.people["staff"], now=offered)
                elif place < intake.seats + 5:
                    admissions.waitlist(choice, by=self.people["staff"], now=offered)
                else:
                    reason = "名额已满，候补名单也已排满。"
                    admissions.decline(choice, reason=reason, by=self.people["staff"], now=offered)
        for choice in [one for one in ranked[:20] if one != self.zhixia["P"]]:
            at = offered + timedelta(hours=3)
            with clock.at(at):
                admissions.confirm(choice, now=at)
        at = offered + timedelta(hours=5)
        leaver = ranked[intake.seats - 1]
        with clock.at(at):
            admissions.withdraw(leaver, by=leaver.application.applicant, now=at)

    def _score_of(self, choice):
        choice.refresh_from_db()
        return choice.score or 0

    def _score_children(self):
        """Scoring is under way: one pair of sheets far apart, one application short of its evidence."""
        at = self._just_now()
        self.admission.screen(self.zhixia["C"], at=at)
        self.admission.score(self.zhixia["C"], at=at, quality=0.9, gap=18)
        self.admission.screen(
            self.ruogu,
            at=at,
            but={"identifiers": ("ask", "附件第二页写了孩子的姓名。"), "degree": ("ask", "大专，有九年经验。")},
        )
        with clock.at(at):
            admissions.ask(self.ruogu, items="请去掉附件第 2 页孩子的姓名后重新上传。", by=self.people["staff"], now=at)
        for choice in self.applications["C"][:14]:
            self.admission.screen(choice, at=at)
        for choice in self.applications["C"][:9]:
            self.admission.score(choice, at=at, gap=6)


def rename(user, name):
    user.name = name
    user.save(update_fields=["name"])


def begin(intake):
    """Nine in the morning of the cohort's first day."""
    return moment(intake.cohort.starts_on, 9)


def moment(day, hour):
    return timezone.make_aware(datetime.combine(day, time(hour)))


def supervisor_of(enrolment):
    return enrolment.supervisions.order_by("-starts_at").first().supervisor
