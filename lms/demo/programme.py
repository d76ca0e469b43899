"""The programme of the demo: fictional organisations, three tracks, three cohorts, their intakes and policies."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from lms.graduation.models import Policy, PolicyLine
from lms.people.models import Organisation
from lms.programmes.models import Cohort, Intake, Programme, ProgrammeOrganisation, Track

ORGANISATIONS = [
    ("示例区民政局", "Civil Affairs Office of Example District", "authority", "guide"),
    ("示例大学儿童福利研究院", "Child Welfare Institute, Example University", "academic", "academic"),
    ("示例慈幼儿童服务中心", "Example Centre for Children's Services", "social", "host"),
    ("示例法泽社区基金会", "Example Community Foundation", "social", "host"),
    ("示例社工服务中心", "Example Social Work Centre", "social", "joint"),
    ("示例家庭教育促进会", "Example Society for Family Education", "social", "joint"),
]

PROGRAMME = {
    "slug": "liangxing",
    "name": "亮星计划：基层儿童实务人才培养",
    "name_en": "Liangxing: training grassroots child-welfare workers",
    "region": "NS",
    "waived_fee": 9500,
    "incentive_cap": 4100,
    "summary": (
        "用一年时间，陪社区和村里做儿童工作的人，把政策、危机干预和个案服务做扎实。线上学习、线下研讨、督导带着做真实个案；"
        "课程费全免，达到结业标准的学员得到可以公开核验的证书。"
    ),
    "summary_en": (
        "One year with the people who work for children in villages and neighbourhoods: policy, crisis intervention and "
        "casework. Lessons online, seminars, real cases under supervision; no fees; a certificate that anyone can verify."
    ),
    "contact": "项目办公室 020-0000 0000 · office@example.org",
}

TRACKS = [
    {
        "code": "P",
        "slug": "parent-guide",
        "name": "正向教养家长引导师",
        "name_en": "Positive-parenting guide for parents",
        "summary": "带家长小组，教家长不打不骂也能管好孩子。",
        "summary_en": "Lead parent groups and teach discipline without hitting or shaming.",
        "suits": "社区工作者、家庭教育指导者、社工。有和家长打交道的经验更好。",
        "suits_en": "Community workers, family educators and social workers with experience of parents.",
    },
    {
        "code": "C",
        "slug": "child-guide",
        "name": "正向教养儿童引导师",
        "name_en": "Positive-parenting guide for children",
        "summary": "设计和带领儿童小组，让孩子学会表达、合作和求助。",
        "summary_en": "Design and lead children's groups in which they learn to speak, to share and to ask for help.",
        "suits": "教师、儿童之家工作人员、社工。",
        "suits_en": "Teachers, staff of children's homes, social workers.",
    },
    {
        "code": "K",
        "slug": "casework",
        "name": "儿童保护个案服务者",
        "name_en": "Child-protection caseworker",
        "summary": "发现风险，评估家庭，订计划、做服务、写记录，陪一个孩子走过最难的一段。",
        "summary_en": "See risk, assess families, plan, serve and record: walk with one child through the hardest stretch.",
        "suits": "儿童主任、儿童督导员、社工。正在服务困境儿童的优先。",
        "suits_en": "Village child-welfare directors, township supervisors and social workers who serve children now.",
    },
]

RECORDS = {"P": 2, "C": 2, "K": 3}
HOURS = {"P": 40, "C": 40, "K": 60}


def make_programme():
    """The programme with its organisations and tracks."""
    programme = Programme.objects.create(**PROGRAMME)
    for name, name_en, kind, role in ORGANISATIONS:
        organisation = Organisation.objects.create(name=name, name_en=name_en, kind=kind)
        ProgrammeOrganisation.objects.create(programme=programme, organisation=organisation, role=role)
    for fields in TRACKS:
        make_policy(Track.objects.create(programme=programme, **fields))
    return programme


def make_policy(track):
    """What the track asks for, as in the programme's rules."""
    lines = [
        ("required_lessons", {}),
        ("quizzes_passed", {}),
        ("accepted_records", {"minimum": RECORDS[track.code]}),
        ("average_grade", {"minimum": 70}),
        ("service_hours", {"minimum": HOURS[track.code], "direct": 70}),
    ]
    policy = Policy(track=track)
    policy.lines = [PolicyLine(key=key, settings=settings, sort_order=n) for n, (key, settings) in enumerate(lines)]
    policy.save()
    return policy


def moment(day, hour=18, minute=0):
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


def make_cohorts(programme, today):
    """Cohort 1: the announced dates, archived. Cohort 2: month 8 of 12. Cohort 3: recruiting. With their intakes."""
    first = Cohort.objects.create(programme=programme, number=1, starts_on=date(2025, 3, 31), ends_on=date(2026, 3, 20))
    second = Cohort.objects.create(
        programme=programme, number=2, starts_on=today - timedelta(days=240), ends_on=today + timedelta(days=125)
    )
    third = Cohort.objects.create(
        programme=programme, number=3, starts_on=today + timedelta(days=40), ends_on=today + timedelta(days=405)
    )
    closings = {
        first: {"P": date(2025, 3, 23), "C": date(2025, 3, 30), "K": date(2025, 3, 30)},
        second: dict.fromkeys("PCK", today - timedelta(days=255)),
        third: {"P": today - timedelta(days=10), "C": today - timedelta(days=1), "K": today + timedelta(days=9)},
    }
    tracks = {track.code: track for track in programme.tracks.all()}
    return {
        (cohort.number, code): Intake.objects.create(
            cohort=cohort,
            track=tracks[code],
            seats=30,
            opens_at=moment(closes - timedelta(days=30), 9),
            closes_at=moment(closes),
        )
        for cohort, days in closings.items()
        for code, closes in days.items()
    }
