"""Transcripts as authors type them: one line per passage, with or without the time before it."""

import re

TIMED = re.compile(r"^\s*\[?(\d{1,2}(?::\d{2}){1,2})\]?\s+(.*)$")


def lines_of(text):
    """(time, words) of every line; the time is empty where none was typed."""
    lines = (line.strip() for line in (text or "").splitlines())
    return [TIMED.match(line).groups() if TIMED.match(line) else ("", line) for line in lines if line]
