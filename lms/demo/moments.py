"""Moments of the demo's history."""

from datetime import datetime, time

from django.utils import timezone


def begin(intake):
    """Nine in the morning of the cohort's first day."""
    return moment(intake.cohort.starts_on, 9)


def moment(day, hour):
    return timezone.make_aware(datetime.combine(day, time(hour)))
