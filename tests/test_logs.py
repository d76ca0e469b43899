"""Log lines are for operators: where it broke and why, without the row that the database refused."""

import json
import logging
import sys

from lms.logs import JsonFormatter


def logged(error):
    try:
        try:
            raise ValueError("first")
        except ValueError:
            raise error
    except type(error):
        record = logging.LogRecord("lms", logging.ERROR, __file__, 1, "broken", (), sys.exc_info())
    return json.loads(JsonFormatter().format(record))["traceback"]


def test_a_traceback_tells_where_and_why_but_not_the_row():
    refused = 'new row violates check "minutes"\nDETAIL:  Failing row contains (7, 孩子说\n\n她怕回家).'
    told = logged(RuntimeError(refused))
    assert 'RuntimeError: new row violates check "minutes"' in told and "test_logs.py" in told
    assert told.index("ValueError: first") < told.index("led to:") < told.index("RuntimeError")
    assert "孩子" not in told and "回家" not in told
