"""When to try again: after 1, 5, 25 minutes, 2 and 10 hours; then it is for a person."""

from datetime import timedelta

TRIES = 6
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=10)
LEASE = timedelta(minutes=20)  # longer than a whole batch of messages to a mail server that does not answer


def wait_after(tries):
    """How long to wait after so many failed tries; None: give up."""
    if tries >= TRIES:
        return None
    return min(FIRST_WAIT * 5 ** (tries - 1), LONGEST_WAIT)
