"""Marks of an attempt, and what they add up to."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Result:
    """Points of the items that have a mark. ``percent`` is None when none has."""

    points: float
    possible: float
    percent: float | None


def mark_items(items):
    """Write each item's mark: 0 to 1, or None when a person must mark it or its question type is not installed."""
    for item in items:
        question = item.version.marking()
        mark = question.mark(item.response) if question else None
        item.mark = None if mark is None else mark.share


def result_of(items):
    """What the marked items add up to; items without a mark count neither for nor against."""
    marked = [item for item in items if item.mark is not None]
    possible = sum(item.points for item in marked)
    points = sum(item.points * item.mark for item in marked)
    return Result(points, possible, round(100 * points / possible, 2) if possible else None)
