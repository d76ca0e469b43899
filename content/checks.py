"""Check-yourself items of a lesson: what is asked, and what an answer is told. Never sent to the browser as a whole."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Option:
    text: str
    correct: bool
    feedback: str


@dataclass(frozen=True)
class Answer:
    """``chosen``: positions of the options, in order. ``feedbacks``: (option text, correct, feedback) of each."""

    chosen: list
    correct: bool
    feedbacks: list


@dataclass(frozen=True)
class Check:
    """An item by its key, which is the same in every language; so is the order of its options."""

    key: str
    question: str
    required: bool
    multiple: bool
    options: tuple[Option, ...]

    def answer(self, response):
        """What the response (positions as the form sends them) is told; None when nothing was chosen."""
        chosen = self._chosen(response)
        if not chosen:
            return None
        right = [place for place, option in enumerate(self.options) if option.correct]
        told = [(option.text, option.correct, option.feedback) for option in (self.options[place] for place in chosen)]
        return Answer(chosen, chosen == right, told)

    def _chosen(self, response):
        values = response if isinstance(response, list | tuple) else [response]
        places = sorted({int(value) for value in values if str(value).isdecimal() and len(str(value)) < 4})
        places = [place for place in places if place < len(self.options)]
        return places if self.multiple else places[:1]


def checks_of(stream):
    """The items of a lesson body, in order."""
    return [_check(child) for child in stream if child.block_type == "check"]


def _check(child):
    value = child.value
    return Check(
        key=key_of(value, child.id),
        question=value["question"],
        required=value["required"],
        multiple=value["multiple"],
        options=tuple(Option(option["text"], option["correct"], option["feedback"]) for option in value["options"]),
    )


def key_of(value, block_id):
    """The key an author gave, else the block's id, which translations made by copying share."""
    return value["key"] or str(block_id)
