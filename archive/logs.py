"""Log records -> lines, as people or as programs read them, each with the id of its request."""

from __future__ import annotations

import json
import logging
from contextvars import ContextVar
from datetime import UTC, datetime

FORMATS = ("plain", "json")

request_id: ContextVar[str] = ContextVar("request_id", default="")
"""The id of the request that this thread is answering; empty outside of requests."""


def set_up_logging(log_format: str) -> None:
    """Writes what the process logs to standard error, from INFO on.

    Args:
        log_format: one of FORMATS.
    """
    handler = logging.StreamHandler()
    handler.setFormatter(JsonFormatter() if log_format == "json" else PlainFormatter())
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)


class JsonFormatter(logging.Formatter):
    """One JSON object a line: time, level, logger, message; facts, request_id, exception if any."""

    def format(self, record: logging.LogRecord) -> str:
        """The line of a record."""
        line: dict[str, object] = {
            "time": _time(record),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if request_id.get():
            line["request_id"] = request_id.get()
        line.update(getattr(record, "facts", {}))
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


class PlainFormatter(logging.Formatter):
    """A line for people: time, level, logger, message, request; an exception below it."""

    def format(self, record: logging.LogRecord) -> str:
        """The line of a record; control characters in it are spelled out, so that it is one."""
        message = "".join(c if c.isprintable() else repr(c)[1:-1] for c in record.getMessage())
        parts = [_time(record), record.levelname, record.name, message]
        if request_id.get():
            parts.append(f"request_id={request_id.get()}")
        if record.exc_info:
            parts[-1] += "\n" + self.formatException(record.exc_info)
        return " ".join(parts)


def _time(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
