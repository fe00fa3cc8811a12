"""Reads: statistics that are here from a source, and what may be undone of them."""

from __future__ import annotations

from collections.abc import Sequence

from kompetanseforum.core.bringing import Item, Outcome, Undoing
from kompetanseforum.needs.models import Shortage


def known_shortages(*, source: str, county: str) -> dict[tuple[int, str], int]:
    """(year, occupation) → people."""
    rows = Shortage.objects.filter(source=source, county=county)
    return {(year, code): people for year, code, people in rows.values_list("year", "occupation_code", "people")}


def shortage_of(item: Item) -> tuple[str, int, str]:
    """County, year and occupation of the thing that was brought in."""
    county, year, code = item.thing.id.rsplit("-", 2)
    return county, int(year), code


def undoable_shortages(items: Sequence[Item]) -> Undoing:
    """A number that a later file has changed stays."""
    counties = {shortage_of(item)[0] for item in items}
    rows = Shortage.objects.filter(county__in=counties).values_list("county", "year", "occupation_code", "people")
    now = {(county, year, code): people for county, year, code, people in rows}
    same = [item for item in items if now.get(shortage_of(item)) == item.version]
    return Undoing(
        gone=tuple(item.thing for item in same if item.outcome == Outcome.NEW),
        set_back=tuple(item.thing for item in same if item.outcome == Outcome.CHANGED),
        stays=tuple(item.thing for item in items if shortage_of(item) in now and item not in same),
    )


def shortage_titles(ids: Sequence[tuple[str, int, str]]) -> list[str]:
    """`Sykepleiere, 2017: 425` of each that is here."""
    rows = Shortage.objects.filter(county__in={county for county, _year, _code in ids})
    values = rows.values_list("county", "year", "occupation_code", "occupation_name", "people")
    names = {(county, year, code): f"{name}, {year}: {people}" for county, year, code, name, people in values}
    return [names[one] for one in ids if one in names]
