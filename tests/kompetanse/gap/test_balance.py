"""The gap map's promises: counted once, the same however one comes there, and every figure can be opened."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kompetanse.gap import (
    EVERYTHING,
    Balance,
    CountedOutcome,
    CountedVoice,
    DemandLine,
    Doubt,
    Gap,
    Selection,
    SupplyLine,
    Verdict,
    month_before,
)
from tests.kompetanse.gap.making import (
    AT,
    GROUPS,
    World,
    asks,
    groupings,
    selections,
    teaches,
    worlds,
)
from tests.kompetanse.gap.slow import slow_gaps


def test_a_gap_has_people_beside_places():
    lines = [asks(), asks(voice="v2", people=20, is_confirmed=False)]
    assert Balance(lines, [teaches()]).gaps(at=AT) == [
        Gap(
            key="weld", confirmed=4, unconfirmed=20, machine_linked=0, voices=2, needs=1, places=10, offers=1,
            offers_without_places=0, change=0,
        )
    ]  # fmt: skip


def test_an_offer_that_teaches_a_skill_twice_has_its_places_once():
    [gap] = Balance([], [teaches(), teaches(outcome="l2")]).gaps(at=AT)
    assert (gap.places, gap.offers, gap.unmet) == (10, 1, 0)


def test_a_voice_counts_once_in_a_group_of_the_skills_it_names():
    [craft, industry] = Balance([asks(), asks("drive")]).gaps(at=AT, groups=GROUPS)
    assert [(gap.key, gap.asked, gap.voices) for gap in (craft, industry)] == [("craft", 4, 1), ("industry", 4, 1)]


def test_places_that_are_not_known_are_told_and_not_guessed():
    [gap] = Balance([asks()], [teaches(places=None)]).gaps(at=AT)
    assert (gap.unmet, gap.offers, gap.offers_without_places, gap.verdict) == (4, 1, 1, None)


def test_more_places_than_people_leaves_nothing_unmet():
    [gap] = Balance([asks()], [teaches()]).gaps(at=AT)
    assert gap.unmet == 0


def test_change_is_counted_from_the_same_day_a_month_ago():
    three_weeks_ago = AT - timedelta(days=21)
    lines = [
        asks(),
        asks(voice="v2", people=6, since=three_weeks_ago),
        asks(voice="v3", people=1, until=three_weeks_ago),
    ]
    [gap] = Balance(lines).gaps(at=AT)
    assert (gap.unmet, gap.change) == (10, 5)


@pytest.mark.parametrize(("at", "before"), [((2026, 3, 31), (2026, 2, 28)), ((2026, 1, 15), (2025, 12, 15))])
def test_a_month_before_is_the_same_day_or_the_last(at: tuple[int, int, int], before: tuple[int, int, int]):
    assert month_before(datetime(*at, tzinfo=UTC)) == datetime(*before, tzinfo=UTC)


def test_verdicts_tell_what_only_one_side_has():
    gaps = Balance([asks()], [teaches("cook")]).gaps(at=AT)
    assert {gap.key: gap.verdict for gap in gaps} == {
        "weld": Verdict.ASKED_BUT_NOT_TAUGHT,
        "cook": Verdict.TAUGHT_BUT_NOT_ASKED,
    }


def test_doubts_are_told():
    sure = [asks(voice=f"v{number}") for number in range(3)]
    machine = [replace(line, is_confirmed=False, is_link_confirmed=False) for line in sure]
    unconfirmed = [replace(line, is_confirmed=False) for line in sure]
    doubts = [Balance(lines).gaps(at=AT)[0].doubts for lines in (sure, sure[:1], machine, unconfirmed)]
    assert doubts == [(), (Doubt.FEW_VOICES,), (Doubt.MOSTLY_MACHINE_LINKED,), (Doubt.MOSTLY_UNCONFIRMED,)]


def test_an_occupation_group_takes_in_all_below_it():
    balance = Balance([asks(), asks(voice="v2", occupation_group="2221"), asks(voice="v3", occupation_group="")])
    [gap] = balance.gaps(Selection(occupation_groups=frozenset({"7"})), at=AT)
    assert (gap.voices, gap.asked) == (1, 4)


def test_behind_a_gap_stand_its_voices_and_outcomes():
    balance = Balance(
        [asks(), asks(voice="v2", is_confirmed=False), asks("drive", "v3")],
        [teaches(), teaches(outcome="l2", is_confirmed=False)],
    )
    behind = balance.behind("weld", at=AT)
    assert behind.voices == (
        CountedVoice(voice="v1", need="n1", people=4, is_confirmed=True, is_link_confirmed=True),
        CountedVoice(voice="v2", need="n1", people=4, is_confirmed=False, is_link_confirmed=True),
    )
    assert behind.outcomes == (
        CountedOutcome(outcome="l1", offer="o1", places=10, is_confirmed=True),
        CountedOutcome(outcome="l2", offer="o1", places=10, is_confirmed=False),
    )


@pytest.mark.parametrize(
    "lines",
    [
        [asks(), asks(until=AT)],
        [asks(), asks("drive", people=5)],
        [asks(), asks("drive", municipality="3110")],
        [asks(is_link_confirmed=False)],
        [asks(people=-1)],
    ],
)
def test_demand_that_contradicts_itself_is_refused(lines: list[DemandLine]):
    with pytest.raises(ValueError, match=r"voice|two"):
        Balance(lines)


@pytest.mark.parametrize(
    "lines", [[teaches(), teaches(places=11, outcome="l2")], [teaches(), teaches(since=AT)], [teaches(places=-1)]]
)
def test_supply_that_contradicts_itself_is_refused(lines: list[SupplyLine]):
    with pytest.raises(ValueError, match=r"offer|two|o1"):
        Balance([], lines)


def test_a_line_may_follow_another_of_the_same_voice():
    [gap] = Balance([asks(until=AT), asks(people=9, since=AT)]).gaps(at=AT)
    assert (gap.asked, gap.voices, gap.change) == (9, 1, 5)


# What must hold for any lines


@given(world=worlds(), selection=selections, groups=groupings)
@pytest.mark.slow
def test_it_counts_as_a_person_would(world: World, selection: Selection, groups: dict[str, tuple[str, ...]] | None):
    demand, supply = world
    assert Balance(demand, supply).gaps(selection, at=AT, groups=groups) == slow_gaps(
        demand, supply, selection, at=AT, groups=groups
    )


@given(first=worlds(), then=worlds(), selection=selections)
@settings(max_examples=60)
@pytest.mark.slow
def test_change_by_change_comes_to_the_same_as_from_scratch(first: World, then: World, selection: Selection):
    balance = Balance(*first)
    demand, supply = then
    for number in (2, 0, 1):
        balance.replace_demand(f"n{number}", [line for line in demand if line.need == f"n{number}"])
        balance.replace_supply(f"o{number}", [line for line in supply if line.offer == f"o{number}"])
    assert balance.gaps(selection, at=AT) == Balance(demand, supply).gaps(selection, at=AT)
    assert balance.totals(selection, at=AT) == Balance(demand, supply).totals(selection, at=AT)


@given(world=worlds(), selection=selections, groups=groupings, most=st.integers(1, 4))
@pytest.mark.slow
def test_page_by_page_stand_the_same_voices_most_people_first(
    world: World, selection: Selection, groups: dict[str, tuple[str, ...]] | None, most: int
):
    balance = Balance(*world)
    for gap in balance.gaps(selection, at=AT, groups=groups):
        everyone = balance.behind(gap.key, selection, at=AT, groups=groups).voices
        assert [one.people for one in everyone] == sorted((one.people for one in everyone), reverse=True)
        paged = [
            balance.behind(gap.key, selection, at=AT, groups=groups, first=first, most=most).voices
            for first in range(0, len(everyone) + most, most)
        ]
        assert tuple(voice for page in paged for voice in page) == everyone


@given(world=worlds(), selection=selections, groups=groupings)
@pytest.mark.slow
def test_what_stands_behind_adds_up(world: World, selection: Selection, groups: dict[str, tuple[str, ...]] | None):
    """Counted from the ids alone, on the lines themselves."""
    demand, supply = world
    balance = Balance(demand, supply)
    people = {line.voice: line.people for line in demand}
    places = {line.outcome: (line.offer, line.places) for line in supply}
    for gap in balance.gaps(selection, at=AT, groups=groups):
        behind = balance.behind(gap.key, selection, at=AT, groups=groups)
        offers = dict(places[one.outcome] for one in behind.outcomes)
        assert (gap.asked, gap.voices) == (sum(people[one.voice] for one in behind.voices), len(behind.voices))
        assert gap.confirmed == sum(people[one.voice] for one in behind.voices if one.is_confirmed)
        assert gap.machine_linked == sum(people[one.voice] for one in behind.voices if not one.is_link_confirmed)
        assert gap.needs == len({one.need for one in behind.voices})
        assert (gap.offers, gap.places) == (len(offers), sum(number or 0 for number in offers.values()))
        assert gap.offers_without_places == sum(number is None for number in offers.values())


@given(world=worlds())
@pytest.mark.slow
def test_municipalities_add_up_to_the_whole(world: World):
    balance = Balance(*world)
    parts = [Selection(municipalities=frozenset({code})) for code in ("3107", "3110", "")]
    whole, sums = balance.totals(at=AT), [balance.totals(part, at=AT) for part in parts]
    assert (whole.people, whole.voices, whole.places, whole.offers) == (
        sum(one.people for one in sums),
        sum(one.voices for one in sums),
        sum(one.places for one in sums),
        sum(one.offers for one in sums),
    )
    assert sum(balance.people_by("municipality", at=AT).values()) == whole.people
    for gap in balance.gaps(at=AT):
        there = [found for part in parts if (found := balance.gap(gap.key, part, at=AT))]
        assert (gap.asked, gap.places) == (sum(one.asked for one in there), sum(one.places for one in there))


@given(world=worlds(), selection=selections, rng=st.randoms(use_true_random=False))
@pytest.mark.slow
def test_the_order_is_the_same_however_the_lines_come(world: World, selection: Selection, rng: object):
    demand, supply = list(world[0]), list(world[1])
    before = Balance(demand, supply).gaps(selection, at=AT)
    rng.shuffle(demand)  # type: ignore[attr-defined]
    rng.shuffle(supply)  # type: ignore[attr-defined]
    after = Balance(demand, supply).gaps(selection, at=AT)
    assert after == before
    ranks = [(-gap.unmet, -gap.asked, -gap.voices, gap.key) for gap in after]
    assert ranks == sorted(set(ranks))


def test_nothing_is_asked_of_an_empty_forum():
    balance = Balance()
    assert (balance.gaps(EVERYTHING, at=AT), balance.gap("weld", at=AT), balance.behind("weld", at=AT).voices) == (
        [],
        None,
        (),
    )
    assert balance.people_by("municipality", at=AT) == {}
    assert balance.totals(at=AT).people == 0
