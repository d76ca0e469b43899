"""Answers to a quiz: right in a given share of its questions, wrong in a believable way in the others."""

from assessments.models import AttemptItem
from assessments.quizzes.paper import Answer


def answers_of(attempt, share, rng):
    """An answer to every question of the attempt; about this share of them is right."""
    items = AttemptItem.objects.filter(attempt=attempt).select_related("version")
    return [Answer(item.position, _response(item.version, rng.random() < share), item.revision) for item in items]


def _response(version, right):
    return RESPONSES[version.type](version.data, right)


def _single(data, right):
    return next(row["key"] for row in data["options"] if row.get("correct", False) == right)


def _multiple(data, right):
    keys = sorted(row["key"] for row in data["options"] if row.get("correct", False))
    return keys if right else keys[:1]


def _true_false(data, right):
    return "true" if data["correct"] == right else "false"


def _short_answer(data, right):
    return data["accepted"][0] if right else "不知道"


def _ordering(data, right):
    keys = [row["key"] for row in data["items"]]
    return keys if right else [keys[-1], *keys[:-1]]


def _matching(data, right):
    pairs = {row["key"]: row["match"] for row in data["pairs"]}
    return pairs if right else dict(zip(pairs, [*list(pairs.values())[1:], None], strict=True))


RESPONSES = {
    "single": _single,
    "multiple": _multiple,
    "true_false": _true_false,
    "short_answer": _short_answer,
    "ordering": _ordering,
    "matching": _matching,
}
