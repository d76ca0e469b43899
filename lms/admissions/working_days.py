"""Working days in mainland China: week days, less the public holidays, plus the days worked in exchange.

The two tables follow the yearly notices of the State Council's general office; add the next year's when it is out.
Beyond them, week days count.
"""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

OFFICE_CLOSES = time(18, 0)

HOLIDAYS = (  # first day, last day
    (date(2025, 1, 1), date(2025, 1, 1)),
    (date(2025, 1, 28), date(2025, 2, 4)),
    (date(2025, 4, 4), date(2025, 4, 6)),
    (date(2025, 5, 1), date(2025, 5, 5)),
    (date(2025, 5, 31), date(2025, 6, 2)),
    (date(2025, 10, 1), date(2025, 10, 8)),
    (date(2026, 1, 1), date(2026, 1, 3)),
    (date(2026, 2, 15), date(2026, 2, 23)),
    (date(2026, 4, 4), date(2026, 4, 6)),
    (date(2026, 5, 1), date(2026, 5, 5)),
    (date(2026, 6, 19), date(2026, 6, 21)),
    (date(2026, 9, 25), date(2026, 9, 27)),
    (date(2026, 10, 1), date(2026, 10, 7)),
)
WORKED_IN_EXCHANGE = {
    date(2025, 1, 26),
    date(2025, 2, 8),
    date(2025, 4, 27),
    date(2025, 9, 28),
    date(2025, 10, 11),
    date(2026, 1, 4),
    date(2026, 2, 14),
    date(2026, 2, 28),
    date(2026, 5, 9),
    date(2026, 9, 20),
    date(2026, 10, 10),
}


def is_working_day(day):
    if day in WORKED_IN_EXCHANGE:
        return True
    return day.weekday() < 5 and not any(first <= day <= last for first, last in HOLIDAYS)


def add_working_days(day, count):
    """The date so many working days after ``day``; the day itself does not count."""
    while count:
        day += timedelta(days=1)
        count -= is_working_day(day)
    return day


def office_hours_end(day):
    """The moment the programme office closes on that date, in the programme's time zone."""
    return timezone.make_aware(datetime.combine(day, OFFICE_CLOSES))
