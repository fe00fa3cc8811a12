"""The way back to an earlier version, whatever has been done since."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from kompetanse.board import Item, ItemKind, way_back
from kompetanse.board.items import changed

IDS = ("a", "b", "c", "d")
places = st.sampled_from(["", "k", "l"])


@st.composite
def items(draw: st.DrawFn) -> dict[str, Item]:
    chosen = draw(st.sets(st.sampled_from(IDS)))
    return {
        key: Item(
            id=key,
            kind=ItemKind.NOTE,
            text=draw(st.sampled_from(["En", "To"])),
            inside=draw(places),
            rank=draw(st.sampled_from(["1", "2"])),
            revealed_seq=draw(st.sampled_from([0, 5])),
            is_deleted=draw(st.booleans()),
            is_held=draw(st.booleans()),
            is_erased=draw(st.booleans()),
            merged_into=draw(st.sampled_from(["", "a"])),
        )
        for key in sorted(chosen)
    }


def stands_free(item: Item) -> bool:
    return bool(item.revealed_seq) and not (item.is_held or item.is_erased)


@given(now=items(), then=items())
def test_what_may_be_changed_is_as_it_was_and_the_rest_is_left_alone(now: dict[str, Item], then: dict[str, Item]):
    # What was there once is there still, if only as something deleted or erased.
    now = {**{key: replace(item, is_deleted=True) for key, item in then.items()}, **now}
    after = now | {key: changed(now[key], key, values) for key, values in way_back(now, then).items()}
    assert after.keys() == now.keys()
    for key, item in after.items():
        if not stands_free(now[key]):
            assert item == now[key]
        elif key in then:
            was = then[key]
            kept = replace(item, revealed_seq=was.revealed_seq, is_held=was.is_held, is_erased=was.is_erased)
            assert kept == was
        else:
            assert item == replace(now[key], is_deleted=True)


@given(now=items())
def test_to_where_it_is_there_is_no_way(now: dict[str, Item]):
    assert way_back(now, now) == {}


def test_a_column_stays_while_a_hidden_note_lies_in_it():
    column = Item(id="k", kind=ItemKind.COLUMN, text="Ny", revealed_seq=1)
    hidden = Item(id="a", kind=ItemKind.NOTE, text="Hemmelig", inside="k", author="guest:x")
    assert way_back({"k": column, "a": hidden}, {}) == {}
    assert way_back({"k": column, "a": replace(hidden, is_deleted=True)}, {}) == {"k": {"is_deleted": True}}
