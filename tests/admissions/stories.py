"""What applicants, scorers and staff do, told in one line each. Everything goes through the real actions."""

from datetime import timedelta

from django.core.files.base import ContentFile

from lms import clock
from lms.admissions import applying, scoring, screening
from lms.admissions.models import ApplicationFile, Check, Choice
from media.models import PrivateFile

REASON = "我在社区做儿童服务，想学会按程序发现风险，把一个孩子跟到底。" * 8
SUMMARY = "暑期在儿童之家开了六次亲子阅读小组，请孩子念给家长听，后来家长坐到了前面。" * 10


def answers(user, **changes):
    """A complete form of this person; ``changes`` replace whole sections."""
    number = 10_000_000 + user.pk
    return {
        "person": {
            "name": user.name,
            "gender": "f",
            "birth_year": "1990",
            "phone": f"139{number}",
            "email": user.email,
            "employer": "示例社工服务中心",
            "post": "director",
            "town": "nansha",
        },
        "education": {"degree": "bachelor", "social_work": "assistant", "trainings": ["family"]},
        "experience": {
            "rows": [
                {
                    "since": "2022-03",
                    "until": "2024-06",
                    "organisation": "示例村儿童之家",
                    "town": "nansha",
                    "work": "入户走访，带儿童活动，跟进困境儿童。",
                }
            ]
        },
        "reasons": {"reason": REASON, "hours": "5"},
        "evidence": {
            "rows": [{"kind": "summary", "month": "2024-05", "role": "带领小组", "children": "14", "summary": SUMMARY}]
        },
        "statements": {
            "opinion": "upload",
            "true": "on",
            "deidentified": "on",
            "record_checked": "on",
            "record_month": "2024-05",
            "privacy": "on",
        },
        **changes,
    }


def evidence_file(application, name="活动总结.pdf", content=b"%PDF-1.7 canary"):
    """A stored file of the application, as if it had been uploaded."""
    file = PrivateFile(
        purpose="evidence",
        subject=application.number,
        owner=application.applicant,
        name=name,
        size=len(content),
        content_type="application/pdf",
        sha256="9a27f0c1" * 8,
        created_at=clock.now(),
    )
    file.file.save("evidence", ContentFile(content))
    ApplicationFile.objects.create(application=application, file=file)
    return file


def fill(user, *intakes, now=None, **changes):
    """A complete draft with these choices in order and one piece of evidence."""
    now = now or clock.now()
    application = applying.start(user, intakes[0].track.programme, intakes, now=now)
    for section, values in answers(user, **changes).items():
        application = applying.save_section(
            application, section, values, revision=application.revisions.get(section, 0), arrived_at=now
        )
    evidence_file(application)
    return application


def apply(user, *intakes, now=None, **changes):
    """A sent application; returns its first choice."""
    now = now or clock.now()
    application = fill(user, *intakes, now=now, **changes)
    applying.send(application, key=f"key-{application.pk}", arrived_at=now)
    return Choice.objects.get(application=application, intake=intakes[0])


def pass_screening(choice, staff, now=None):
    yes = dict.fromkeys(screening.CHECKS, (Check.Answer.YES, ""))
    return screening.screen(choice, yes, by=staff, now=now or clock.now())


POINTS = {"experience": 18, "need": 8, "method": 8, "result": 8, "qualification": 12, "motivation": 12}  # 66


def score(choice, scorer, now=None, **points):
    return scoring.save_sheet(choice, {**POINTS, **points}, remark="", scorer=scorer, now=now or clock.now(), send=True)


def admit_to_ranking(user, intake, staff, scorers, *, now=None, **points):
    """A sent, screened and twice scored choice."""
    choice = apply(user, intake, now=now)
    pass_screening(choice, staff)
    for scorer in scorers:
        score(choice, scorer, **points)
    choice.refresh_from_db()
    return choice


def later(now, **delta):
    return now + timedelta(**delta)
