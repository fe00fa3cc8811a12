"""The log's lines: one for each event, in UTC, and nothing in them that a stranger wrote to mislead or to keep."""

from __future__ import annotations

import logging
import re
import time
from copy import copy
from types import TracebackType

# What ends a line or moves the cursor, for a file, a terminal or a reader of JSON.
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")

_Error = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class OneLine(logging.Formatter):
    """`2026-11-23T10:30:00.000Z WARNING django.request Forbidden: /skrivebord by=person:… from=…`.

    Who asked stands there as a Ref, and from where as the hash that limits count by. Below what failed
    stands its traceback, each line after a bar. The secret of a personal link is never told.
    """

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")
        self.converter = time.gmtime
        self.default_time_format = "%Y-%m-%dT%H:%M:%S"
        self.default_msec_format = "%s.%03dZ"

    def format(self, record: logging.LogRecord) -> str:
        # Another handler may have written it down in its own way.
        record.exc_text = None
        text = super().format(_shortened(record))
        for secret in _secrets(record):
            text = text.replace(secret, "…")
        return text

    def formatMessage(self, record: logging.LogRecord) -> str:
        record.message = _escaped(record.message)
        return super().formatMessage(record) + _who(record)

    def formatException(self, ei: _Error) -> str:
        return "\n".join(f"| {_escaped(line)}" for line in super().formatException(ei).split("\n"))


def _shortened(record: logging.LogRecord) -> logging.LogRecord:
    """What is refused is told in its line alone: a stranger who knocks a thousand times fills no disk."""
    if record.levelno >= logging.ERROR and not record.name.startswith("django.security"):
        return record
    short = copy(record)
    short.exc_info = None
    return short


def _escaped(text: str) -> str:
    return _CONTROL.sub(lambda found: repr(found[0])[1:-1], text)


def _secrets(record: logging.LogRecord) -> list[str]:
    """What stands in the address as a secret (see `<str:secret>` among the routes)."""
    match = getattr(getattr(record, "request", None), "resolver_match", None)
    return [str(match.kwargs["secret"])] if match and match.kwargs.get("secret") else []


def _who(record: logging.LogRecord) -> str:
    viewer = getattr(getattr(record, "request", None), "viewer", None)
    return f" by={viewer.actor or '-'} from={viewer.network or '-'}" if viewer else ""
