"""What a selection adds up to is kept between questions: a change costs what it touches, and nothing comes out otherwise."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kompetanse.gap import Balance, DemandLine, Selection, SupplyLine, tally
from kompetanse.gap.columns import Rows
from kompetanse.gap.sums import CountedDemand, Units, count_demand
from tests.kompetanse.gap.making import AT, GROUPS, SKILLS, Step, asks, selections, steps
from tests.kompetanse.gap.slow import slow_gaps


@given(life=st.lists(steps(), max_size=12), selection=selections)
@settings(max_examples=150)
@pytest.mark.slow
def test_what_is_kept_between_questions_is_what_counting_anew_gives(life: list[Step], selection: Selection):
    """Whatever changes, whichever way the time goes, and however a voice moves from need to need."""
    balance, at = Balance(), AT
    demand: dict[str, list[DemandLine]] = {}
    supply: dict[str, list[SupplyLine]] = {}
    for step in life:
        if isinstance(step, datetime):
            at = step
        elif step[0].startswith("n"):
            demand[step[0]] = step[1]  # type: ignore[assignment]
            balance.replace_demand(*step)  # type: ignore[arg-type]
        else:
            supply[step[0]] = step[1]  # type: ignore[assignment]
            balance.replace_supply(*step)  # type: ignore[arg-type]
        asked, taught = (
            [line for own in demand.values() for line in own],
            [line for own in supply.values() for line in own],
        )
        anew = Balance(asked, taught)
        for groups in (None, GROUPS):
            slow = slow_gaps(asked, taught, selection, at=at, groups=groups)
            assert balance.gaps(selection, at=at, groups=groups) == slow
            keys = (*SKILLS, "craft", "industry")
            assert [one for key in keys if (one := balance.gap(key, selection, at=at, groups=groups))] == sorted(
                slow, key=lambda gap: keys.index(gap.key)
            )
        assert balance.totals(selection, at=at) == anew.totals(selection, at=at)
        for part in ("horizon", "sector", "municipality", "occupation_group"):
            assert balance.people_by(part, selection, at=at) == anew.people_by(part, selection, at=at)  # type: ignore[arg-type]


def test_one_change_among_many_touches_no_other_need(monkeypatch: pytest.MonkeyPatch):
    """What others have is not read again: that is what keeps the map as fast in a large forum as in a small one."""
    needs = [asks(need=f"n{number}", voice=f"v{number}") for number in range(500)]
    balance = Balance(needs)
    assert balance.gap("weld", at=AT) == slow_gaps(needs, [], at=AT)[0]
    read: list[int] = []
    count = count_demand

    def watched(units: Units, rows: Rows) -> CountedDemand:
        read.append(len(rows.column("need")))
        return count(units, rows)

    monkeypatch.setattr(tally, "count_demand", watched)
    balance.replace_demand("n7", [replace(needs[7], people=90)])
    later = AT + timedelta(minutes=20)
    assert (
        balance.gap("weld", at=later)
        == slow_gaps([*needs[:7], replace(needs[7], people=90), *needs[8:]], [], at=later)[0]
    )
    assert max(read) == 1


@pytest.mark.slow
def test_what_was_not_asked_about_for_very_long_is_counted_anew():
    needs = {f"n{number}": asks(need=f"n{number}", voice=f"v{number}") for number in range(50)}
    balance = Balance(needs.values())
    assert balance.gaps(at=AT)[0].asked == 200
    for turn in range(10_000):
        need = f"n{turn % 50}"
        needs[need] = replace(needs[need], people=turn % 11)
        balance.replace_demand(need, [needs[need]])
    assert balance.gaps(at=AT) == slow_gaps(needs.values(), [], at=AT)
