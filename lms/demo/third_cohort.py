"""Cohort 3 of the demo: being admitted, each track at another stage."""

from datetime import timedelta

from lms import clock
from lms.admissions import actions as admissions

APPLICANTS = {"P": 36, "C": 24, "K": 11}  # besides the people with accounts


def apply(story):
    people, at = story.people, story.applied_at
    third = {code: story.intakes[3, code] for code in "PCK"}
    story.applications = {code: [] for code in "PCK"}
    zhixia = story.admission.apply(people["zhixia"], list(third.values()), at=_before_all(story, third))
    story.admission.take_baseline(zhixia, at=zhixia.submitted_at + timedelta(hours=2), share=0.85)
    story.zhixia = {choice.intake.track.code: choice for choice in zhixia.choices.select_related("intake__track")}
    ruogu = story.admission.apply(people["ruogu"], [third["C"]], at=at(third["C"]), degree="college")
    story.admission.take_baseline(ruogu, at=ruogu.submitted_at + timedelta(hours=2), share=0.75)
    story.ruogu = ruogu.choices.get()
    for code, count in APPLICANTS.items():
        for number, person in enumerate(people.many(count, 300 + ord(code))):
            sent = _sent_at(story, third[code], number)
            application = story.admission.apply(person, [third[code]], at=sent)
            if number % 8 != 7:
                story.admission.take_baseline(application, at=min(sent + timedelta(hours=3), _just_now(story)))
            story.applications[code].append(application.choices.get())
    story.admission.fill(people["newcomer"], [third["K"]], at=story.now - timedelta(days=1), sections=3)


def _before_all(story, intakes):
    return min(intake.closes_at for intake in intakes.values()) - timedelta(days=2, hours=3)


def _sent_at(story, intake, number):
    latest = min(intake.closes_at, story.now)
    return latest - timedelta(days=1 + number % 12, hours=1 + number % 7, minutes=number)


def _just_now(story):
    return story.now - timedelta(hours=1)


def decide(story):
    _decide_parents(story)
    _score_children(story)
    for choice in story.applications["K"][:4]:
        story.admission.screen(choice, at=_just_now(story))


def _decide_parents(story):
    """Thirty seats, thirty-seven applications: offered, confirmed, waiting, declined."""
    intake = story.intakes[3, "P"]
    choices = [story.zhixia["P"], *story.applications["P"]]
    day = intake.closes_at
    for choice in choices:
        story.admission.screen(choice, at=day + timedelta(days=1))
        story.admission.score(choice, at=day + timedelta(days=2), gap=4)
    ranked = sorted(choices, key=lambda one: -_score_of(story, one))
    offered = story.now - timedelta(days=1, hours=2)
    for place, choice in enumerate(ranked):
        with clock.at(offered):
            if place < intake.seats:
                admissions.offer(choice, by=story.people["staff"], now=offered)
            elif place < intake.seats + 5:
                admissions.waitlist(choice, by=story.people["staff"], now=offered)
            else:
                reason = "名额已满，候补名单也已排满。"
                admissions.decline(choice, reason=reason, by=story.people["staff"], now=offered)
    for choice in [one for one in ranked[:20] if one != story.zhixia["P"]]:
        at = offered + timedelta(hours=3)
        with clock.at(at):
            admissions.confirm(choice, now=at)
    at = offered + timedelta(hours=5)
    leaver = ranked[intake.seats - 1]
    with clock.at(at):
        admissions.withdraw(leaver, by=leaver.application.applicant, now=at)


def _score_of(story, choice):
    choice.refresh_from_db()
    return choice.score or 0


def _score_children(story):
    """Scoring is under way: one pair of sheets far apart, one application short of its evidence."""
    at = _just_now(story)
    story.admission.screen(story.zhixia["C"], at=at)
    story.admission.score(story.zhixia["C"], at=at, quality=0.9, gap=18)
    story.admission.screen(
        story.ruogu,
        at=at,
        but={"identifiers": ("ask", "附件第二页写了孩子的姓名。"), "degree": ("ask", "大专，有九年经验。")},
    )
    with clock.at(at):
        admissions.ask(story.ruogu, items="请去掉附件第 2 页孩子的姓名后重新上传。", by=story.people["staff"], now=at)
    for choice in story.applications["C"][:14]:
        story.admission.screen(choice, at=at)
    for choice in story.applications["C"][:9]:
        story.admission.score(choice, at=at, gap=6)
