"""Marks of an attempt, and what they add up to."""

from dataclasses import dataclass

from content.language import reading_language


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


@dataclass(frozen=True)
class Marked:
    """A question with the learner's response, what it earned and the right answer: only for those who may see it."""

    item: object
    question: object
    said: str
    answer: str

    @property
    def standing(self):
        """right, partly, wrong or unmarked."""
        if self.item.mark is None:
            return "unmarked"
        return {0: "wrong", 1: "right"}.get(self.item.mark, "partly")

    @property
    def points(self):
        return None if self.item.mark is None else self.item.mark * self.item.points


def lines_of(attempt):
    """Every question of a handed-in attempt with its answer, in the reader's language. One query."""
    language, lines = reading_language(), []
    for item in attempt.items.select_related("version"):
        question = item.version.asked(language)
        said, answer = (question.said(item.response), question.answer()) if question else ("", "")
        lines.append(Marked(item, question, said, answer))
    return lines
