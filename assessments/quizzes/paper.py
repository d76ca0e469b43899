"""The paper: the questions of an attempt as this reader sees them, and what came back in a form."""

from dataclasses import dataclass

from django import forms

from assessments.questions import QuestionType
from assessments.quizzes.attempts import Attempt, AttemptItem
from content.language import reading_language


@dataclass(frozen=True)
class Answer:
    """One response as it was sent: on which position, and which revision the sender had seen."""

    position: int
    response: object
    base_revision: int


@dataclass
class Line:
    """One question on the paper. ``question`` is None when its type is not installed."""

    item: object
    question: QuestionType | None
    form: forms.Form | None
    conflict: str = ""

    @property
    def number(self):
        return self.item.position

    @property
    def prefix(self):
        return prefix(self.item)

    @property
    def templates(self):
        """Where the type draws its controls; plainly, when it has no template of its own."""
        return [f"questions/{self.item.version.type}.html", "questions/plain.html"]

    @property
    def is_answered(self):
        return self.item.response is not None

    @property
    def response(self):
        """What the form holds: the response, None when nothing was answered. Only for a valid form."""
        return self.form.cleaned_data["answer"] or None


def prefix(item):
    return f"q{item.position}"


def line(item, data=None):
    """One question, filled in with what is stored, or with what was sent."""
    question = item.asked(reading_language())
    if question is None:
        return Line(item, None, None)
    return Line(item, question, question.form(data, prefix=prefix(item), initial={"answer": item.response}))


def paper(attempt, data=None):
    """Every question of the attempt in order. One query."""
    lines = []
    for item in attempt.items.select_related("version"):
        item.attempt = attempt
        lines.append(line(item, data if _was_sent(item, data) else None))
    return lines


def preview(rows, *, shuffle):
    """The questions of a quiz as an attempt would show them, for its authors; nothing is stored."""
    sample = Attempt(seed=1, shuffled=shuffle)
    asked = [(row.question.version, row.points) for row in rows if row.question.version]
    return [
        line(AttemptItem(attempt=sample, position=place, version=version, points=points))
        for place, (version, points) in enumerate(asked, start=1)
    ]


def answers(lines, data):
    """The responses of a sent page that can be kept; questions the page did not carry are left alone."""
    sent = [one for one in lines if one.form and _was_sent(one.item, data)]
    return [answer(one, data) for one in sent if one.form.is_valid()]


def answer(one, data):
    """The response of one valid line with the revision its sender had seen."""
    return Answer(one.item.position, one.response, revision(data, one.item))


def revision(data, item):
    try:
        return int(data.get(f"{prefix(item)}-revision", ""))
    except ValueError:
        return -1  # a revision that no stored answer has


def _was_sent(item, data):
    return data is not None and f"{prefix(item)}-revision" in data
