"""Log lines as JSON for operators: what happened, where, without personal data."""

import json
import logging
import traceback

_STANDARD = set(vars(logging.makeLogRecord({}))) | {"message", "asctime", "request"}


class JsonFormatter(logging.Formatter):
    """One JSON object a line: time, level, logger, message, the ``extra`` fields, and the traceback if any."""

    def format(self, record):
        line = {
            "time": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            **{key: value for key, value in vars(record).items() if key not in _STANDARD},
        }
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)

    def formatException(self, exc_info):
        """The frames and kinds of the exception and of what led to it; of each message the first line only.

        After it PostgreSQL writes the whole row that it refused, words about a child included.
        """
        told, error = [], exc_info[1]
        while error is not None:
            message = str(error).partition("\n")[0][:200]
            told.append("".join(traceback.format_tb(error.__traceback__)) + f"{type(error).__name__}: {message}")
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return "\nled to:\n".join(reversed(told))
