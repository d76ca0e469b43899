"""Numbers that come in forms and addresses: what is none, or fits no database, is left out instead of failing."""


def whole_number(text):
    """The number that plain digits spell; None for anything else."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else None


def whole_numbers(texts):
    """The numbers among these texts, in order."""
    return [number for text in texts if (number := whole_number(text)) is not None]
