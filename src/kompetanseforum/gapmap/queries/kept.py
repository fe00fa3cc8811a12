"""The map in memory: one for each process, brought up to date by what the revision says is new."""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

from django.db import DatabaseError, connection

from kompetanse.gap import DemandLine, SupplyLine
from kompetanseforum.core import clock
from kompetanseforum.core.memory import keep_for_good, late
from kompetanseforum.gapmap.models import DemandLine as DemandRow
from kompetanseforum.gapmap.models import Revision
from kompetanseforum.gapmap.models import SupplyLine as SupplyRow

if TYPE_CHECKING:
    from kompetanse.gap import Balance

log = logging.getLogger(__name__)

_balance: Callable[..., Balance] = late("kompetanse.gap", "Balance")

# Answers are kept until something changes, or time has moved so far that "a month ago" is another moment.
SECONDS_KEPT = 600
_MOST_KEPT = 64

_DEMAND = (
    "skill__uri", "need_id", "voice_id", "people", "horizon", "sector", "municipality_code", "occupation_group",
    "is_confirmed", "is_link_confirmed", "since", "until", "skill_id",
)  # fmt: skip
_SUPPLY = (
    "skill__uri", "offer_id", "outcome_id", "places", "municipality_code", "is_confirmed", "since", "until", "skill_id",
)  # fmt: skip

AnswerT = TypeVar("AnswerT")


@dataclass(slots=True)
class Kept:
    """The balance at a revision. `at` is the moment that its answers are for."""

    token: str
    number: int
    fresh_at: datetime | None
    balance: Balance
    # URI → row, of every skill that has a line.
    concept_ids: dict[str, int]
    at: datetime = field(default_factory=clock.now)
    _answers: OrderedDict[Hashable, object] = field(default_factory=OrderedDict)

    def answer(self, question: Hashable, ask: Callable[[Balance, datetime], AnswerT]) -> AnswerT:
        """What `ask` gives, from memory when the same was asked a moment ago and nothing has changed."""
        key = (self.number, int(self.at.timestamp()) // SECONDS_KEPT, question)
        if key not in self._answers:
            self._answers[key] = ask(self.balance, self.at)
            if len(self._answers) > _MOST_KEPT:
                self._answers.popitem(last=False)
        found: AnswerT = self._answers[key]  # type: ignore[assignment] # put there by the same question
        return found


_lock = threading.RLock()
_kept: Kept | None = None


@contextmanager
def kept_map() -> Iterator[Kept]:
    """The map as the tables stand now; nobody else touches it inside the block.

    Inside a transaction it is made for the occasion: what is not yet kept for good must not stay in memory.
    """
    global _kept  # noqa: PLW0603 - the one map of this process
    with _lock:
        fresh = _up_to_date(None if connection.in_atomic_block else _kept)
        if not connection.in_atomic_block:
            _kept = fresh
        fresh.at = clock.now()
        yield fresh


def keep_map_ready() -> None:
    """Read the map now, off the requests' way. For a server, once, at its start."""
    threading.Thread(target=_read_at_start, name="gap map", daemon=True).start()


def _read_at_start() -> None:
    try:
        with kept_map():
            pass
    except DatabaseError:  # the first who asks for it reads it then
        log.exception("the map could not be read at the start")
    finally:
        connection.close()
    keep_for_good()


def forget_kept_map() -> None:
    """As in a process that has just begun."""
    global _kept  # noqa: PLW0603 - the one map of this process
    with _lock:
        _kept = None


def _up_to_date(kept: Kept | None) -> Kept:
    revision = Revision.objects.filter(pk=1).first()
    token, number = (revision.token, revision.number) if revision else ("", 0)
    fresh_at = revision.changed_at if revision else None
    if kept is None or kept.token != token or kept.number > number:
        kept = Kept(token=token, number=number, fresh_at=fresh_at, balance=_balance(), concept_ids={})
        kept.balance = _balance(_demand(kept, since=None), _supply(kept, since=None)) if number else _balance()
    elif kept.number < number:
        _catch_up(kept)
        kept.number, kept.fresh_at = number, fresh_at
    return kept


def _catch_up(kept: Kept) -> None:
    """Take in every need and offer that has a line written after the kept revision."""
    needs: dict[str, list[DemandLine]] = {}
    for line in _demand(kept, since=kept.number):
        needs.setdefault(line.need, []).append(line)
    offers: dict[str, list[SupplyLine]] = {}
    for given in _supply(kept, since=kept.number):
        offers.setdefault(given.offer, []).append(given)
    for need, lines in needs.items():
        kept.balance.replace_demand(need, lines)
    for offer, taught in offers.items():
        kept.balance.replace_supply(offer, taught)


def _demand(kept: Kept, *, since: int | None) -> Iterator[DemandLine]:
    rows = DemandRow.objects.all()
    if since is not None:
        rows = rows.filter(need_id__in=DemandRow.objects.filter(revision__gt=since).values("need_id"))
    for uri, *values, skill_id in rows.values_list(*_DEMAND).iterator(chunk_size=5000):
        kept.concept_ids[uri] = skill_id
        yield DemandLine(uri, *values)


def _supply(kept: Kept, *, since: int | None) -> Iterator[SupplyLine]:
    rows = SupplyRow.objects.all()
    if since is not None:
        rows = rows.filter(offer_id__in=SupplyRow.objects.filter(revision__gt=since).values("offer_id"))
    for uri, *values, skill_id in rows.values_list(*_SUPPLY).iterator(chunk_size=5000):
        kept.concept_ids[uri] = skill_id
        yield SupplyLine(uri, *values)
