"""One line of JSON for each thing that is logged, with its time in UTC.

A line break or an escape in what somebody sent stays inside its text (ASVS 5.0 V16.4.1), and a
program that gathers logs reads all of them alike.
"""

import json
import logging
from datetime import UTC, datetime
from typing import Final

SERVER_ERROR: Final = 500


class JsonFormatter(logging.Formatter):
    """Write a record as one JSON object: ``at``, ``level``, ``from``, ``text``, ``error``.

    Examples
    --------
    >>> record = logging.LogRecord("a", 30, "", 0, "line %s", ("one",), None)
    >>> record.created = 0.0
    >>> JsonFormatter().format(record)
    '{"at": "1970-01-01T00:00:00.000+00:00", "level": "WARNING", "from": "a", "text": "line one"}'
    """

    def format(self, record: logging.LogRecord) -> str:
        """Return the line; of what Django knows of a request only the status goes along."""
        told = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "from": record.name,
            "text": record.getMessage(),
        }
        status = getattr(record, "status_code", None)
        if status is not None:
            told["status"] = str(status)
        # A refusal is an answer: where in the program it was given helps nobody.
        if record.exc_info and (status is None or status >= SERVER_ERROR):
            told["error"] = self.formatException(record.exc_info)
        return json.dumps(told, ensure_ascii=True)
