"""Writes: the lines of the gap map follow the needs, offers and links they come from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Generic, TypeVar

from django.db import transaction

from kompetanse.refs import Ref
from kompetanseforum.core import clock
from kompetanseforum.core.refs import new_public_id
from kompetanseforum.gapmap.models import DemandLine, Revision, SupplyLine
from kompetanseforum.gapmap.queries.wanted import Wanted, wanted_demand, wanted_supply
from kompetanseforum.needs.models import Need
from kompetanseforum.offers.models import Offer

AT_ONCE = 200

LineT = TypeVar("LineT", DemandLine, SupplyLine)


def refresh_need(public_id: str) -> int:
    """Bring the need's lines up to date; what no longer holds is ended. Returns how many lines were written."""
    return _refresh_needs([public_id])


def refresh_offer(public_id: str) -> int:
    """Bring the offer's lines up to date; what no longer holds is ended. Returns how many lines were written."""
    return _refresh_offers([public_id])


def refresh_whole(whole: Ref) -> int:
    """The need or the offer that something was said of."""
    if whole.kind == "need":
        return refresh_need(whole.id)
    return refresh_offer(whole.id) if whole.kind == "offer" else 0


def rebuild() -> int:
    """Every need and offer once more, history kept. Returns how many lines were written: none when all was well."""
    needs = {*Need.objects.values_list("public_id", flat=True), *DemandLine.objects.values_list("need_id", flat=True)}
    offers = {
        *Offer.objects.values_list("public_id", flat=True),
        *SupplyLine.objects.values_list("offer_id", flat=True),
    }
    written = sum(_refresh_needs(some) for some in _portions(needs))
    return written + sum(_refresh_offers(some) for some in _portions(offers))


def _portions(ids: Iterable[str]) -> Iterator[list[str]]:
    ordered = sorted(ids)
    yield from (ordered[start : start + AT_ONCE] for start in range(0, len(ordered), AT_ONCE))


def _refresh_needs(ids: Sequence[str]) -> int:
    with transaction.atomic():
        revision = _hold_revision()
        existing = list(DemandLine.objects.filter(need_id__in=ids))
        changes = _changes(existing, wanted_demand(ids))
        if changes.count:
            _next(revision)
            DemandLine.objects.bulk_update(_stamped(changes.ended, revision), ["until", "revision"], batch_size=100)
            DemandLine.objects.bulk_create(_stamped(changes.begun, revision))
    return changes.count


def _refresh_offers(ids: Sequence[str]) -> int:
    with transaction.atomic():
        revision = _hold_revision()
        existing = list(SupplyLine.objects.filter(offer_id__in=ids))
        changes = _changes(existing, wanted_supply(ids))
        if changes.count:
            _next(revision)
            SupplyLine.objects.bulk_update(_stamped(changes.ended, revision), ["until", "revision"], batch_size=100)
            SupplyLine.objects.bulk_create(_stamped(changes.begun, revision))
    return changes.count


def _hold_revision() -> Revision:
    """Nobody else writes lines until the transaction ends; a plain read would see half of another's change."""
    Revision.objects.get_or_create(pk=1, defaults={"token": new_public_id(), "changed_at": clock.now()})
    return Revision.objects.select_for_update().get(pk=1)


def _next(revision: Revision) -> None:
    revision.number += 1
    revision.changed_at = clock.now()
    revision.save()


def _stamped(lines: list[LineT], revision: Revision) -> list[LineT]:
    for line in lines:
        line.revision = revision.number
    return lines


@dataclass(slots=True)
class _Changes(Generic[LineT]):
    """Rows to end and rows to begin."""

    ended: list[LineT] = field(default_factory=list)
    begun: list[LineT] = field(default_factory=list)

    @property
    def count(self) -> int:
        return len(self.ended) + len(self.begun)


def _changes(existing: Sequence[LineT], wanted: Wanted[LineT]) -> _Changes[LineT]:
    """What makes the rows that exist say what is wanted. A line that says something else now is ended and begun anew.

    A voice or an offer that nothing is written of begins when it was said; what people add to a known one begins now.
    What the machine hears in old words was said when they were, and what it does not hear any more was never said: a
    new hearing is no change in what is asked for.
    """
    # Not before anything that is written: clocks of two machines differ.
    now = max([clock.now(), *(line.since for line in existing), *(line.until for line in existing if line.until)])
    known = {wanted.speaker(line) for line in existing}
    open_lines = {wanted.about(line): line for line in existing if line.until is None}
    subjects = {wanted.about(line)[1] for line in existing}
    stood = {wanted.about(line) for line in existing if line.until and line.until > line.since}
    changes: _Changes[LineT] = _Changes()
    heard: list[LineT] = []
    for line in wanted.lines:
        about = wanted.about(line)
        row = open_lines.pop(about, None)
        if line.until is not None:
            # It stopped with its need or offer. Where nothing was written while it held, its history is written now.
            if row is not None:
                changes.ended.append(_end(row, at=line.until))
            elif wanted.speaker(line) not in known and line.since < line.until:
                changes.begun.append(line)
        elif row is None and wanted.is_heard(line) and about[1] in subjects and about not in stood:
            heard.append(line)
        elif row is None or wanted.says(row) != wanted.says(line):
            changes.ended += [_end(row, at=now)] if row is not None else []
            line.since = now if wanted.speaker(line) in known else line.since
            changes.begun.append(line)
    gone = open_lines.values()
    changes.ended += [
        _end(row, at=wanted.ended_at.get(wanted.speaker(row), row.since if wanted.is_heard(row) else now))
        for row in gone
    ]
    changes.begun += [_begin(line, after=existing, wanted=wanted) for line in heard]
    return changes


def _begin(line: LineT, *, after: Sequence[LineT], wanted: Wanted[LineT]) -> LineT:
    """When it was said, but not while its speaker's lines said something else."""
    speaker = wanted.speaker(line)
    ends: list[datetime] = [
        row.until for row in after if wanted.speaker(row) == speaker and row.until and row.until > row.since
    ]
    line.since = max([line.since, *ends])
    return line


def _end(line: LineT, *, at: datetime) -> LineT:
    line.until = max(line.since, at)
    return line
