"""Cohort 2 of the demo: in its eighth month."""

from datetime import timedelta

from assessments.grading.models import Grade
from lms import clock
from lms.admissions import actions as admissions
from lms.demo.moments import begin
from lms.demo.people import supervisor_of
from lms.demo.study import FAIR, GOOD, WEAK
from lms.graduation.freezing import freeze

LEARNERS = {"P": 29, "C": 29, "K": 29}  # besides the people with accounts


def admit(story):
    people, second = story.people, {}
    known = {"learner": "K", "yifan": "C", "mingyue": "P"}
    for username, code in known.items():
        supervisor = people["supervisor" if code != "P" else "dudao2"]
        second[username] = story.enrol(people[username], story.intakes[2, code], supervisor)
    for code, count in LEARNERS.items():
        for number, person in enumerate(people.many(count, 200 + ord(code))):
            supervisor = people["supervisor" if code == "K" and number < 4 else f"dudao{1 + number % 4}"]
            second[person.username] = story.enrol(person, story.intakes[2, code], supervisor)
    story.second = second
    _seats_full(story)


def _seats_full(story):
    """牛小溪 came after the thirtieth seat."""
    intake = story.intakes[2, "C"]
    application = story.admission.apply(story.people["xiaoxi"], [intake], at=story.applied_at(intake))
    story.admission.take_baseline(application, at=application.submitted_at + timedelta(hours=1), share=0.6)
    choice = application.choices.get()
    story.admission.screen(choice, at=intake.closes_at + timedelta(days=1))
    story.admission.score(choice, at=intake.closes_at + timedelta(days=2), quality=0.75)
    at = intake.closes_at + timedelta(days=8)
    with clock.at(at):
        admissions.decline(choice, reason="名额已满：30 个名额，你排在第 31 位。", by=story.people["staff"], now=at)


def study_lessons(story):
    for (cohort, _code), intake in story.intakes.items():
        if cohort == 2:
            with clock.at(begin(intake)):
                freeze(intake, now=begin(intake))
    shares = {"learner": 12, "yifan": 11, "mingyue": 4}
    for number, (username, enrolment) in enumerate(story.second.items()):
        count = shares.get(username, 0 if number == 20 else story.rng.randint(5, 16))
        start = begin(enrolment.intake)
        story.study.lessons(enrolment.learner, count, start=start, days=225)
        quizzes = {"learner": 2, "yifan": 1, "mingyue": 0}.get(username, count // 6)
        story.study.pass_quizzes(enrolment.learner, enrolment, quizzes, start=start + timedelta(days=60), days=150)
    yifan = story.second["yifan"]
    story.study.begin_quiz(yifan.learner, yifan, story.study.library.quizzes[1], at=story.now - timedelta(minutes=5))


def practise(story):
    _my_learner(story)
    for number, (username, enrolment) in enumerate(story.second.items()):
        if username == "learner" or number == 20:
            continue
        supervisor, start = supervisor_of(enrolment), begin(enrolment.intake)
        hours = 8 + number * 7 % 30
        story.study.hours(enrolment, supervisor, hours, start=start + timedelta(days=40), days=170)
        if enrolment.intake.track.code == "K" and number % 3 == 0:
            story.study.accepted_record(enrolment, supervisor, at=start + timedelta(days=70))
    _waiting_for(story, story.people["supervisor"])
    _waiting_for_instructor(story)


def _my_learner(story):
    """翼晓棠: one record accepted, one returned, one case just begun, hours waiting."""
    enrolment, supervisor = story.second["learner"], story.people["supervisor"]
    start = begin(enrolment.intake)
    case = story.study.accepted_record(enrolment, supervisor, at=start + timedelta(days=50), level=GOOD)
    story.study.hours(enrolment, supervisor, 24, start=start + timedelta(days=40), days=170, case=case)
    story.study.hours(enrolment, supervisor, 6, start=story.now - timedelta(days=9), days=6, confirmed=False)
    returned = story.study.open_case(enrolment, at=story.now - timedelta(days=60))
    submission = story.study.record(returned, at=story.now - timedelta(days=8))
    version = story.study.hand_in(submission, at=story.now - timedelta(days=6))
    story.study.grade(
        version,
        supervisor,
        at=story.now - timedelta(days=1),
        level=WEAK,
        outcome=Grade.Outcome.RETURN,
        comment="服务过程写得真实。请补两处：第二次接触之后的风险有没有变化；结案以后谁来跟进。",
        remarks={
            "work": "第二次接触写得清楚。请接着写一句：这之后孩子的风险高了、低了，还是没变？从哪里看出来的？",
            "ending": "结案以后谁去看孩子、多久去一次，请写到岗位，例如“村儿童主任每月一次”。",
        },
    )
    fresh = story.study.open_case(enrolment, at=story.now - timedelta(days=5), consented=False)
    assert fresh.submission is None
    story.study.open_case(enrolment, at=story.now - timedelta(days=4), simulated=True)


def _waiting_for(story, supervisor):
    """Four records on the supervisor's desk, and a few hours."""
    mine = [one for one in story.second.values() if supervisor_of(one) == supervisor][1:]
    for number, enrolment in enumerate(mine[:4]):
        case = story.study.open_case(enrolment, at=story.now - timedelta(days=50 + number))
        submission = story.study.record(case, at=story.now - timedelta(days=7 + number))
        version = story.study.hand_in(submission, at=story.now - timedelta(days=2 + 2 * number))
        if number == 3:
            at = story.now - timedelta(hours=5)
            with clock.at(at):
                story.study.draft_grade(version, supervisor, at=at, level=FAIR, comment="先看到第四部分。")
        story.study.hours(enrolment, supervisor, 4, start=story.now - timedelta(days=6), days=4, confirmed=False)


def _waiting_for_instructor(story):
    for number, enrolment in enumerate(list(story.second.values())[3:9]):
        submission = story.study.assignment(enrolment.learner, at=story.now - timedelta(days=12), variant=number)
        version = story.study.hand_in(submission, at=story.now - timedelta(days=10 - number))
        if number < 2:
            at = story.now - timedelta(days=3)
            story.study.grade(version, story.people["instructor"], at=at, level=GOOD)
