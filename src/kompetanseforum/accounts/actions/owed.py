"""Writes: a letter that a row owes to an address goes out once, unless the one with the address wants none.

The row has `attempts` and `told_at`. A try is counted before it is made, so that a worker that dies of it is not caught in it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from enum import Enum, auto
from typing import Any

from django.db.models import F, QuerySet
from django.utils import translation

from kompetanseforum.accounts.models import Notices
from kompetanseforum.accounts.queries import notices_wanted_by
from kompetanseforum.core import clock
from kompetanseforum.core.letters import LetterNotSent, send_letter

log = logging.getLogger(__name__)
# A letter that failed this often waits for a person.
MOST_ATTEMPTS = 8


class Owed(Enum):
    SENT = auto()
    NOT_WANTED = auto()
    FAILED = auto()


# Any: rows of whatever owes a letter.
def send_owed(
    row: QuerySet[Any],
    *,
    to: str,
    language: str,
    template: str,
    subject: Callable[[], str],
    context: Mapping[str, object],
) -> Owed:
    """`row` is that one row; `subject` is asked in the reader's language. What failed is owed still."""
    row.update(attempts=F("attempts") + 1)
    if notices_wanted_by(to) == Notices.NEVER:
        row.update(told_at=clock.now())
        return Owed.NOT_WANTED
    with translation.override(language):
        about = subject()
    try:
        send_letter(to=to, subject=about, template=template, context=dict(context), language=language)
    except LetterNotSent:
        log.exception("a letter was not sent: %s", template)
        return Owed.FAILED
    row.update(told_at=clock.now())
    return Owed.SENT
