"""What is logged: one line an event, as JSON for machines or as text for people.

What happens over and over, as while the database is away, is said once in ten seconds with how
often it was. Faults have their trace; a request that is refused has none.
"""

import json
import logging
import time
from collections.abc import Callable
from contextvars import ContextVar
from datetime import UTC, datetime
from threading import Lock
from typing import Any

request_id: ContextVar[str] = ContextVar("request_id", default="")
"""What the answer under way is known by, in the log and to whoever asked for it."""

PAUSE = 10
"""Seconds in which the same is said once."""
ALWAYS = ("axes", "jobzone.audit")
"""Loggers of which each record counts: sign-ins and rights."""
REFUSED = "django.security"
"""Requests that are refused: what they are is known, and they come by the thousand."""
MOST_KINDS = 500


class Json(logging.Formatter):
    """A record as one line of JSON: time in UTC, level, logger, message, request, fault."""

    def format(self, record: logging.LogRecord) -> str:
        """Leave out what a record does not have."""
        said = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            "request_id": getattr(record, "request_id", ""),
            "status": getattr(record, "status_code", None),
            "repeated": getattr(record, "repeated", 0),
            "trace": self.formatException(record.exc_info) if record.exc_info else "",
        }
        return json.dumps({name: it for name, it in said.items() if it}, ensure_ascii=False)


class NamesRequest(logging.Filter):
    """Adds by what the request is known, and takes the trace from what was refused."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record pass."""
        record.request_id = request_id.get()
        if record.name.startswith(REFUSED):
            record.exc_info = record.exc_text = None
        return True


class SaysOnce(logging.Filter):
    """Lets the same pass once in a while; the next time it says how often it was kept back."""

    def __init__(self, pause: float = PAUSE, now: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._pause, self._now, self._lock = pause, now, Lock()
        self._said: dict[Any, tuple[float, int]] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether this record is to be written."""
        if record.name.startswith(ALWAYS):
            return True
        now, kind = self._now(), _kind(record)
        with self._lock:
            at, kept_back = self._said.get(kind, (-self._pause, 0))
            if now - at < self._pause:
                self._said[kind] = at, kept_back + 1
                return False
            if len(self._said) >= MOST_KINDS:
                self._said.clear()
            self._said[kind] = now, 0
        record.repeated = kept_back
        return True


def _kind(record: logging.LogRecord) -> tuple[Any, ...]:
    """What makes two records the same: not the address that was asked for, but the fault."""
    error, trace = (record.exc_info or (None, None, None))[1:]
    while trace and trace.tb_next:
        trace = trace.tb_next
    place = (trace.tb_frame.f_code, trace.tb_lineno) if trace else None
    status = getattr(record, "status_code", None)
    return record.name, record.levelno, str(record.msg), status, type(error), place


def configuration(*, as_json: bool) -> dict[str, Any]:
    """The configuration of Python's logging, for Django and gunicorn alike.

    Everything goes to the console, where containers and `make run` look for it. Addresses that
    do not exist are no events; every failed sign-in is.
    """
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {
            "request": {"()": "jobzone.logs.NamesRequest"},
            "once": {"()": "jobzone.logs.SaysOnce"},
        },
        "formatters": {
            "json": {"()": "jobzone.logs.Json"},
            "text": {"format": "%(levelname)s %(name)s: %(message)s"},
        },
        "handlers": {
            "console": {
                "class": "logging.StreamHandler",
                "formatter": "json" if as_json else "text",
                "filters": ["request", "once"],
            }
        },
        "root": {"handlers": ["console"], "level": "WARNING"},
        "loggers": {
            "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
            "django.request": {"level": "ERROR"},
            "gunicorn.error": {"handlers": ["console"], "level": "WARNING", "propagate": False},
            "jobzone.audit": {"level": "INFO"},
        },
    }
