"""Lines as the tests of the gap make them: one by one, and any that keep the contract."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from kompetanse.gap import DemandLine, Selection, SupplyLine

AT = datetime(2026, 11, 23, 10, 30, tzinfo=UTC)
LONG_AGO = AT - timedelta(days=365)
SKILLS = ("weld", "drive", "cook")
GROUPS = {"weld": ("craft", "industry"), "drive": ("industry",)}


def asks(skill: str = "weld", voice: str = "v1", **more: object) -> DemandLine:
    line = DemandLine(
        skill=skill, need="n1", voice=voice, people=4, horizon="now", sector="business", municipality="3107",
        occupation_group="7212", is_confirmed=True, is_link_confirmed=True, since=LONG_AGO,
    )  # fmt: skip
    return replace(line, **more)  # type: ignore[arg-type]


def teaches(skill: str = "weld", outcome: str = "l1", **more: object) -> SupplyLine:
    line = SupplyLine(
        skill=skill, offer="o1", outcome=outcome, places=10, municipality="3107", is_confirmed=True, since=LONG_AGO
    )
    return replace(line, **more)  # type: ignore[arg-type]


# A need or an offer has other lines from now on, or it is another moment.
Step = tuple[str, list[DemandLine]] | tuple[str, list[SupplyLine]] | datetime

moments = st.integers(-70, 5).map(lambda days: AT + timedelta(days=days))


@st.composite
def periods(draw: st.DrawFn) -> list[tuple[datetime, datetime | None]]:
    """One period, or two that follow each other."""
    cuts = sorted(draw(st.lists(moments, min_size=1, max_size=3)))
    return [(since, until) for since, until in zip(cuts, [*cuts[1:], None], strict=True)][: draw(st.integers(1, 3))]


@st.composite
def need_lines(draw: st.DrawFn, need: str, *, moved: bool = False) -> list[DemandLine]:
    """Where voices may have moved, one of them has lines in each need; it says the same everywhere."""
    lines: list[DemandLine] = []
    if moved and draw(st.booleans()):
        lines += [asks(draw(st.sampled_from(SKILLS)), "moved", need=need, since=draw(moments))]
    for number in range(draw(st.integers(0, 3))):
        sector, municipality = (
            draw(st.sampled_from(["business", "public", ""])),
            draw(st.sampled_from(["3107", "3110", ""])),
        )
        people, group = draw(st.integers(0, 9)), draw(st.sampled_from(["7212", "2221", ""]))
        for skill in draw(st.sets(st.sampled_from(SKILLS), min_size=1)):
            is_linked = draw(st.booleans())
            lines += [
                DemandLine(
                    skill=skill, need=need, voice=f"{need}v{number}", people=people, horizon=draw(st.just("now")),
                    sector=sector, municipality=municipality, occupation_group=group,
                    is_confirmed=is_linked and draw(st.booleans()), is_link_confirmed=is_linked, since=since, until=until,
                )
                for since, until in draw(periods())
            ]  # fmt: skip
    return lines


@st.composite
def offer_lines(draw: st.DrawFn, offer: str) -> list[SupplyLine]:
    places, municipality = draw(st.one_of(st.none(), st.integers(0, 20))), draw(st.sampled_from(["3107", "3110", ""]))
    return [
        SupplyLine(
            skill=skill, offer=offer, outcome=f"{offer}l{number}", places=places, municipality=municipality,
            is_confirmed=draw(st.booleans()), since=since, until=until,
        )
        for number in range(draw(st.integers(0, 3)))
        for skill in draw(st.sets(st.sampled_from(SKILLS), min_size=1))
        for since, until in draw(periods())
    ]  # fmt: skip


@st.composite
def worlds(draw: st.DrawFn) -> tuple[list[DemandLine], list[SupplyLine]]:
    demand = [line for number in range(3) for line in draw(need_lines(f"n{number}"))]
    return demand, [line for number in range(3) for line in draw(offer_lines(f"o{number}"))]


def steps() -> st.SearchStrategy[Step]:
    return st.one_of(
        st.integers(0, 2).flatmap(lambda n: need_lines(f"n{n}", moved=True).map(lambda own: (f"n{n}", own))),
        st.integers(0, 2).flatmap(lambda n: offer_lines(f"o{n}").map(lambda own: (f"o{n}", own))),
        moments,
    )


def some(values: Sequence[str]) -> st.SearchStrategy[frozenset[str]]:
    return st.frozensets(st.sampled_from(values), max_size=2)


selections = st.builds(
    Selection,
    horizons=some(["now", "later"]),
    sectors=some(["business", "public"]),
    municipalities=some(["3107", "3110", ""]),
    occupation_groups=some(["7", "2221"]),
)
groupings = st.sampled_from([None, GROUPS])
World = tuple[list[DemandLine], list[SupplyLine]]
