"""Dates as verdicts keep them, for pages: ``{{ one.on|iso_date|day }}``."""

from datetime import date

from django import template

register = template.Library()


@register.filter
def iso_date(value):
    """The date of an ISO text; None for none."""
    return date.fromisoformat(value) if value else None
