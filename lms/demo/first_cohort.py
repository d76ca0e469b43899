"""Cohort 1 of the demo: admitted, taught, graduated; one certificate replaced, one record returned twice."""

from datetime import timedelta

from assessments.grading.models import Grade
from lms import clock
from lms.credentials import actions as credentials
from lms.credentials.models import Credential
from lms.demo.moments import begin, moment
from lms.demo.people import rename, supervisor_of
from lms.demo.study import FAIR, GOOD, WEAK
from lms.graduation import actions as graduation
from lms.graduation.freezing import freeze
from lms.graduation.models import Decision

GRADUATES = {"P": 4, "C": 3, "K": 4}  # besides the people with accounts


def admit(story):
    people, first = story.people, {}
    rename(people["changgeng"], "参常庚")
    first["xiaoyu"] = story.enrol(people["xiaoyu"], story.intakes[1, "K"], people["supervisor"])
    first["nanxing"] = story.enrol(people["nanxing"], story.intakes[1, "K"], people["supervisor"])
    first["changgeng"] = story.enrol(people["changgeng"], story.intakes[1, "C"], people["dudao1"])
    for code, count in GRADUATES.items():
        for number, person in enumerate(people.many(count, 100 + ord(code))):
            supervisor = people[f"dudao{1 + number % 4}"]
            first[person.username] = story.enrol(person, story.intakes[1, code], supervisor)
    story.first = first


def finish(story):
    intakes = [intake for (cohort, _code), intake in story.intakes.items() if cohort == 1]
    for intake in intakes:
        with clock.at(begin(intake)):
            freeze(intake, now=begin(intake))
    for username, enrolment in story.first.items():
        _study_all(story, enrolment)
        if username == "nanxing":
            _returned_twice(story, enrolment)
        else:
            _all_records(story, enrolment, GOOD if username == "xiaoyu" else FAIR)
    _graduate(story, [one for username, one in story.first.items() if username != "nanxing"])
    _correct_a_name(story)


def _study_all(story, enrolment):
    start, learner = begin(enrolment.intake), enrolment.learner
    story.study.lessons(learner, len(story.study.library.lessons), start=start, days=200)
    story.study.pass_quizzes(learner, enrolment, 3, start=start + timedelta(days=40), days=200)
    hours = {"P": 44, "C": 46, "K": 66}[enrolment.intake.track.code]
    story.study.hours(enrolment, supervisor_of(enrolment), hours, start=start + timedelta(days=30), days=250)
    submission = story.study.assignment(learner, at=start + timedelta(days=90))
    version = story.study.hand_in(submission, at=start + timedelta(days=91))
    story.study.grade(version, story.people["instructor"], at=start + timedelta(days=95), level=FAIR)


def _all_records(story, enrolment, level):
    needed = {"P": 2, "C": 2, "K": 3}[enrolment.intake.track.code]
    for number in range(needed):
        at = begin(enrolment.intake) + timedelta(days=60 + 60 * number)
        story.study.accepted_record(enrolment, supervisor_of(enrolment), at=at, level=level)


def _returned_twice(story, enrolment):
    supervisor, start = supervisor_of(enrolment), begin(enrolment.intake)
    story.study.accepted_record(enrolment, supervisor, at=start + timedelta(days=60))
    case = story.study.open_case(enrolment, at=start + timedelta(days=150))
    submission = story.study.record(case, at=start + timedelta(days=200))
    for turn in range(2):
        at = start + timedelta(days=210 + 40 * turn)
        version = story.study.hand_in(submission, at=at)
        story.study.grade(
            version,
            supervisor,
            at=at + timedelta(days=4),
            level=WEAK,
            outcome=Grade.Outcome.RETURN,
            comment="评估只有一个来源。请补上学校和孩子自己的看法，再说说你为什么这样判断风险。",
        )


def _graduate(story, enrolments):
    at = moment(enrolments[0].intake.cohort.ends_on - timedelta(days=5), 15)
    people = story.people
    with clock.at(at):
        decisions = graduation.propose(enrolments, Decision.Outcome.GRADUATE, by=people["staff"], now=at)
    for signer, days in (("director", 1), ("host", 2)):
        later = at + timedelta(days=days)
        with clock.at(later):
            graduation.sign(decisions, by=people[signer], now=later)


def _correct_a_name(story):
    """参长庚's name stood wrong on the certificate: revoked and replaced, both kept."""
    rename(story.people["changgeng"], "参长庚")
    credential = Credential.objects.get(holder=story.people["changgeng"])
    at = credential.issued_at + timedelta(days=20)
    with clock.at(at):
        credentials.replace(
            credential,
            name="参长庚",
            reason="证书上的姓名写成了同音字，已更正。",
            by=story.people["director"],
            now=at,
        )
