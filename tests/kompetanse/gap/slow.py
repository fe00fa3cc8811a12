"""The gap map once more, as a person would count it: no columns, no numpy. The tests and the bench compare with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from kompetanse.gap import EVERYTHING, DemandLine, Gap, Groups, Selection, SupplyLine, month_before

Line = DemandLine | SupplyLine


def _holds(line: Line, at: datetime) -> bool:
    return line.since <= at and (line.until is None or at < line.until)


def _is_asked(line: DemandLine, selection: Selection) -> bool:
    return (
        (not selection.horizons or line.horizon in selection.horizons)
        and (not selection.sectors or line.sector in selection.sectors)
        and (not selection.municipalities or line.municipality in selection.municipalities)
        and (
            not selection.occupation_groups
            or any(line.occupation_group.startswith(code) for code in selection.occupation_groups)
        )
    )


def _is_taught(line: SupplyLine, selection: Selection) -> bool:
    return not selection.municipalities or line.municipality in selection.municipalities


def _keys(line: Line, groups: Groups | None) -> Iterable[str]:
    return [line.skill] if groups is None else set(groups.get(line.skill, ()))


def _by_key(lines: Iterable[Line], groups: Groups | None) -> dict[str, list[Line]]:
    found: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        for key in _keys(line, groups):
            found[key].append(line)
    return found


def _figures(
    demand: Iterable[DemandLine],
    supply: Iterable[SupplyLine],
    selection: Selection,
    at: datetime,
    groups: Groups | None,
) -> dict[str, Gap]:
    asked = _by_key((line for line in demand if _holds(line, at) and _is_asked(line, selection)), groups)
    taught = _by_key((line for line in supply if _holds(line, at) and _is_taught(line, selection)), groups)
    return {key: _gap(key, asked.get(key, []), taught.get(key, [])) for key in {*asked, *taught}}


def _gap(key: str, asked: list[Line], taught: list[Line]) -> Gap:
    people = {line.voice: line.people for line in asked if isinstance(line, DemandLine)}
    confirmed = {line.voice for line in asked if isinstance(line, DemandLine) and line.is_confirmed}
    linked = {line.voice for line in asked if isinstance(line, DemandLine) and line.is_link_confirmed}
    places = {line.offer: line.places for line in taught if isinstance(line, SupplyLine)}
    return Gap(
        key=key,
        confirmed=sum(people[voice] for voice in confirmed),
        unconfirmed=sum(people[voice] for voice in people.keys() - confirmed),
        machine_linked=sum(people[voice] for voice in people.keys() - linked),
        voices=len(people),
        needs=len({line.need for line in asked if isinstance(line, DemandLine)}),
        places=sum(number for number in places.values() if number is not None),
        offers=len(places),
        offers_without_places=sum(number is None for number in places.values()),
        change=0,
    )


def slow_gaps(
    demand: Iterable[DemandLine],
    supply: Iterable[SupplyLine],
    selection: Selection = EVERYTHING,
    *,
    at: datetime,
    groups: Groups | None = None,
) -> list[Gap]:
    demand, supply = list(demand), list(supply)
    now = _figures(demand, supply, selection, at, groups)
    before = _figures(demand, supply, selection, month_before(at), groups)
    gaps = [
        Gap(
            key=gap.key, confirmed=gap.confirmed, unconfirmed=gap.unconfirmed, machine_linked=gap.machine_linked,
            voices=gap.voices, needs=gap.needs, places=gap.places, offers=gap.offers,
            offers_without_places=gap.offers_without_places,
            change=gap.unmet - (before[key].unmet if key in before else 0),
        )
        for key, gap in now.items()
    ]  # fmt: skip
    return sorted(gaps, key=lambda gap: (-gap.unmet, -gap.asked, -gap.voices, gap.key))
