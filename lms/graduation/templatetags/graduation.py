"""Dates as verdicts keep them, for pages."""

from datetime import date

from django import template

from lms.templatetags.lx import day

register = template.Library()


@register.filter
def iso_day(value):
    """An ISO date as people write it: 2 Nov, with the year when it is not this one."""
    return day(date.fromisoformat(value)) if value else ""
