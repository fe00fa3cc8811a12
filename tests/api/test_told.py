"""What may be told of counts: no part of the region is told closer than five workplaces, however one asks."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import product

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from kompetanse.gap import Balance, DemandLine, SupplyLine
from kompetanseforum.api.queries.told import is_listed, rank, told
from kompetanseforum.gapmap.queries.cut import ALL_HORIZONS, Cut
from tests.gapmap.conftest import WELDING_SLUG, Speak, Teach

NOW = datetime(2026, 11, 23, tzinfo=UTC)
PLACES, SECTORS, FIELDS, HORIZONS = ("3107", "3110", ""), ("business", "research", ""), ("7", "2", ""), ("now", "soon")
SKILLS = ("weld", "cook")


@st.composite
def voices(draw: st.DrawFn) -> list[DemandLine]:
    """A small region: some twenty firms that each ask for one skill, unevenly spread."""
    rows = draw(
        st.lists(
            st.tuples(
                st.sampled_from(SKILLS),
                st.sampled_from(PLACES),
                st.sampled_from(SECTORS),
                st.sampled_from(FIELDS),
                st.sampled_from(HORIZONS),
                st.integers(1, 12),
            ),
            max_size=24,
        )
    )
    return [
        DemandLine(skill, f"need{n}", f"voice{n}", people, horizon, sector, place, group, True, True, NOW, None)
        for n, (skill, place, sector, group, horizon, people) in enumerate(rows)
    ]


taught = st.sets(st.sampled_from(SKILLS)).map(
    lambda skills: [SupplyLine(skill, "offer", f"goal {skill}", 8, "3107", True, NOW, None) for skill in sorted(skills)]
)


def _cuts() -> Iterator[Cut]:
    """All that can be asked for."""
    for place, sector, field, horizon in product(
        (*PLACES[:-1], None), (*SECTORS[:-1], None), (*FIELDS[:-1], None), (*HORIZONS, ALL_HORIZONS)
    ):
        yield _cut(place, sector, field, horizon)


def _cut(place: str | None, sector: str | None, field: str | None, horizon: str) -> Cut:
    return Cut(
        horizon=horizon,
        municipalities=(place,) if place else (),
        sectors=(sector,) if sector else (),
        occupation_groups=(field,) if field else (),
    )


def _answer(balance: Balance, cut: Cut) -> list[tuple[str, int | None, int | None]]:
    """As the list gives it: skill, people, what is unmet."""
    found = balance.gaps(cut.selection, at=NOW)
    listed = rank((gap for gap in found if is_listed(gap, cut)), cut)
    return [(gap.key, (figures := told(gap, cut)).people, figures.unmet) for gap in listed]


def _behind(lines: Sequence[DemandLine], cut: Cut, skill: str) -> list[DemandLine]:
    """Reckoned here, apart from the library."""
    return [
        line
        for line in lines
        if line.skill == skill
        and cut.horizon in (line.horizon, ALL_HORIZONS)
        and (not cut.municipalities or line.municipality in cut.municipalities)
        and (not cut.sectors or line.sector in cut.sectors)
        and (not cut.occupation_groups or line.occupation_group in cut.occupation_groups)
    ]


def _is_part(cut: Cut) -> bool:
    return bool(cut.municipalities or cut.sectors or cut.occupation_groups)


@given(voices(), taught)
@pytest.mark.slow
def test_a_part_is_told_only_of_five_and_in_steps_of_five(lines: list[DemandLine], supply: list[SupplyLine]):
    balance = Balance(lines, supply)
    for cut in _cuts():
        for skill, people, _unmet in _answer(balance, cut):
            behind = _behind(lines, cut, skill)
            truth = sum(line.people for line in behind)
            if not _is_part(cut):
                assert people == truth
            elif len(behind) < 5:
                assert people is None
            else:
                assert people is not None and people % 5 == 0 and 0 <= truth - people < 5


@pytest.mark.slow
@given(voices(), taught, st.data())
def test_fewer_than_five_look_like_none(lines: list[DemandLine], supply: list[SupplyLine], data: st.DataObject):
    cut = data.draw(st.sampled_from([cut for cut in _cuts() if _is_part(cut)]))
    few = [line for skill in SKILLS if len(found := _behind(lines, cut, skill)) < 5 for line in found]
    without = [line for line in lines if line not in few]
    assert _answer(Balance(lines, supply), cut) == _answer(Balance(without, supply), cut)


Interval = tuple[float, float]


def _known(balance: Balance, cut: Cut, skill: str) -> Interval:
    """What an answer says of the people in it."""
    people = next((people for key, people, _unmet in _answer(balance, cut) if key == skill), None)
    if not _is_part(cut):
        return (people or 0, people or 0)
    return (0, math.inf) if people is None else (people, people + 4)


@pytest.mark.slow
@given(voices(), taught)
def test_no_difference_of_answers_comes_closer(lines: list[DemandLine], supply: list[SupplyLine]):
    """Take the parts that are told from a whole that is told: what is left is never known within less than five."""
    balance = Balance(lines, supply)
    for skill, axis in product(SKILLS, range(4)):
        values: list[tuple[str | None, ...]] = [PLACES, SECTORS, FIELDS, HORIZONS]
        others = [
            (None, *each[:1]) if n < 3 else (ALL_HORIZONS, *each[:1]) for n, each in enumerate(values) if n != axis
        ]
        for rest in product(*others):
            whole = _known(balance, _cut(*_with(rest, axis, ALL_HORIZONS if axis == 3 else None)), skill)
            # One cannot ask for what has no value: it is a part that is never told.
            parts = {
                value: _known(balance, _cut(*_with(rest, axis, value)), skill) if value else (0.0, math.inf)
                for value in values[axis]
            }
            for value, (_low, high) in parts.items():
                if high < math.inf or not value:
                    continue
                siblings = [known for other, known in parts.items() if other != value]
                most = whole[1] - sum(known[0] for known in siblings)
                least = max(0.0, whole[0] - sum(known[1] for known in siblings))
                assert least == 0 or most - least >= 4


def _with(rest: tuple[str | None, ...], axis: int, value: str | None) -> list[str]:
    return [*rest[:axis], value, *rest[axis:]]  # type: ignore[list-item]


# By the API


def _firms(speak: Speak, number: int, **at: str) -> None:
    for one in range(number):
        speak("Sveise aluminium", by=f"Firma {one} {at}", people=3, **at)


def _welders(client: Client, query: str) -> int | None:
    rows = client.get(f"/api/v1/gaps?{query}").json()["items"]
    return next((row["people"] for row in rows if row["id"] == WELDING_SLUG), None)


@pytest.mark.slow
def test_the_map_is_told_with_its_filters(speak: Speak, teach: Teach, client: Client, counted):
    _firms(speak, 6, municipality="3107", sector="business")
    _firms(speak, 4, municipality="3110", sector="research")
    teach("sveise aluminium", places=12)
    counted()
    assert [_welders(client, query) for query in ("", "municipality=3107", "sector=business", "municipality=3107&sector=business")] == [30, 15, 15, 15]  # fmt: skip
    assert [_welders(client, query) for query in ("municipality=3110", "sector=research", "municipality=3103")] == [None] * 3  # fmt: skip
    one = client.get(f"/api/v1/gaps/{WELDING_SLUG}?municipality=3107").json()
    assert (one["people"], one["voices"], one["confirmed"], one["places"], one["unmet"]) == (15, None, None, 0, 15)
    whole = client.get(f"/api/v1/gaps/{WELDING_SLUG}").json()
    assert (whole["people"], whole["voices"], whole["places"], whole["unmet"]) == (30, 10, 12, 18)


def test_where_four_ask_and_it_is_taught_one_sees_only_what_is_taught(
    speak: Speak, teach: Teach, client: Client, counted
):
    _firms(speak, 4, municipality="3110")
    teach("sveise aluminium", "lage kjøttkaker", municipality="3110", places=9)
    counted()
    rows = client.get("/api/v1/gaps?municipality=3110").json()["items"]
    assert {(row["people"], row["unmet"], row["verdict"], row["places"]) for row in rows} == {(None, None, None, 9)}
    assert client.get("/api/v1/gaps/nothing").status_code == 404


@pytest.mark.slow
def test_two_values_of_a_filter_cannot_be_asked_for(speak: Speak, client: Client, counted):
    """The last one counts: parts that overlap cannot be had."""
    _firms(speak, 5, municipality="3107")
    _firms(speak, 1, municipality="3110")
    counted()
    assert _welders(client, "municipality=3107&municipality=3110") is None


@pytest.mark.parametrize(
    ("by", "told"), [("municipality", {"3107": 5}), ("sector", {"business": 5}), ("size", {"5-19": 10})]
)
@pytest.mark.slow
def test_workplaces_are_counted_and_never_named(by: str, told: dict[str, int], speak: Speak, client: Client):
    _firms(speak, 7, municipality="3107", sector="business")
    _firms(speak, 4, municipality="3110", sector="research")
    answer = client.get(f"/api/v1/organisations?by={by}")
    assert {row["code"]: row["workplaces"] for row in answer.json()["items"] if row["workplaces"]} == told
    assert "Firma" not in answer.content.decode()
