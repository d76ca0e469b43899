"""What a certificate says, in both of its languages, worked out once and then frozen with the credential."""

from django.utils import timezone

TITLE = {"zh": "结业证书", "en": "Certificate of Completion"}
MONTHS = ["January", "February", "March", "April", "May", "June"]
MONTHS += ["July", "August", "September", "October", "November", "December"]


def printed(decision, *, name, now, hosts):
    """Everything that is printed except number, code and QR: as plain values, dates as ISO text.

    The hours are those of the decision's own verdicts. ``hosts``: organisations that issue, in order.
    """
    intake = decision.enrolment.intake
    programme, track, cohort = intake.cohort.programme, intake.track, intake.cohort
    issued_on = timezone.localdate(now)
    values = {
        "title_zh": TITLE["zh"],
        "title_en": TITLE["en"],
        "name": name,
        "programme_zh": programme.name,
        "programme_en": programme.name_en or programme.name,
        "track_zh": track.name,
        "track_en": track.name_en or track.name,
        "start": cohort.starts_on.isoformat(),
        "end": min(cohort.ends_on, issued_on).isoformat(),
        "course_hours": _hours(decision, "required_lessons"),
        "service_hours": _hours(decision, "service_hours"),
        "issued_on": issued_on.isoformat(),
        "issuers": [{"zh": one.name, "en": one.name_en} for one in hosts],
    }
    return values | statements(values)


def _hours(decision, key):
    """Hours of a criterion's verdict with at most one decimal; None when the policy did not ask for them."""
    minutes = next((row["facts"].get("minutes") for row in decision.verdicts if row["key"] == key), None)
    if not minutes:
        return None
    tenths = minutes // 6
    return tenths // 10 if tenths % 10 == 0 else tenths / 10


def statements(values):
    """The sentence in Chinese and in English."""
    return {"statement_zh": _statement_zh(values), "statement_en": _statement_en(values)}


def _statement_zh(values):
    done = [
        f"{what} {values[key]} {unit}"
        for key, what, unit in (("course_hours", "课程", "学时"), ("service_hours", "实践服务", "小时"))
        if values[key]
    ]
    return (
        f"兹证明{values['name']}于 {date_zh(values['start'])}至 {date_zh(values['end'])}"
        f"参加{values['programme_zh']}{values['track_zh']}方向培养"
        + (f"，完成{'、'.join(done)}" if done else "")
        + "，经综合评定合格，准予结业。"
    )


def _statement_en(values):
    done = [
        f"{values[key]} hours of {what}"
        for key, what in (("course_hours", "coursework"), ("service_hours", "practice"))
        if values[key]
    ]
    return (
        f"This is to certify that {values['name']} took part in {values['programme_en']}, {values['track_en']} track, "
        f"from {date_en(values['start'])} to {date_en(values['end'])}"
        + (f", completed {' and '.join(done)}" if done else "")
        + " and, having met the requirements in overall assessment, is awarded this certificate."
    )


def date_zh(iso):
    year, month, day = (int(part) for part in iso.split("-"))
    return f"{year} 年 {month} 月 {day} 日"


def date_en(iso):
    year, month, day = (int(part) for part in iso.split("-"))
    return f"{day} {MONTHS[month - 1]} {year}"
